import * as z from 'zod';
import { Phase } from '../../model/phase.ts';
import { record } from '../../model/schema.ts';
import type { FolderFile, PlannedFile, UserFile } from '../../model/user-file.ts';
import type { GuestFile } from '../folder.ts';
import type { PlannedText } from '../planned-text.ts';

export type System = 'linux' | 'windows';

/** Files beside the manifest that a step names, by path: texts that become part of a program, files that are only copied, folders. */
export interface NamedFiles {
  readonly texts?: readonly string[];
  readonly copies?: readonly string[];
  readonly folders?: readonly string[];
}

/** What was found of them, by path; what is absent does not exist. */
export interface FoundFiles {
  readonly texts: ReadonlyMap<string, string>;
  readonly copies: ReadonlyMap<string, UserFile>;
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

/** The same files once more, when the plan is rendered: they have to be the planned ones. */
export interface PlannedTexts {
  readonly texts?: readonly PlannedText[];
  readonly folders?: readonly { readonly path: string; readonly files: readonly PlannedFile[] }[];
}

/** A file of the user's that lies in the guest before the step runs, at an absolute path there. */
export interface Copied extends UserFile {
  readonly from: string;
  readonly to: string;
}

/** A step in a plan: what people read, what the plan keeps of it, and a file that has to be there first; or the path of a file that does not exist. */
export type Planning<Kept> =
  | { readonly title: string; readonly keeps: Kept; readonly first?: Copied & { readonly title: string } }
  | { readonly missing: string };

/** Where a step stands in the plan. */
export interface Spot {
  /** Its number among the user's steps, from 1. */
  readonly number: number;
  readonly system: System;
}

/** Where a step is carried out. */
export interface Site {
  /** The step's own place in the guest folder, relative with `/` and without extension. */
  readonly file: string;
  /** Resource id of the identity that the build VM runs as. */
  readonly identity: string | undefined;
  /** Contents of the user's texts and folders, by path; empty where the plan names none. */
  readonly text: (path: string) => string;
  readonly folder: (path: string) => readonly FolderFile[];
}

/** What a step brings along, and the lines that root or an administrator runs. */
export interface Lines {
  readonly files?: readonly GuestFile[];
  readonly lines: readonly string[];
}

/**
 * A step that no lines carry out: the engine does it itself, perhaps with scripts of regild's own (by name below `scripts/<system>/`), or nobody can, with
 * what to use instead.
 */
export type Elsewhere =
  | { readonly by: 'restart' | 'windows-updates'; readonly needs?: readonly string[] }
  | { readonly by: 'nothing'; readonly instead: string };

/** How a system carries a step out. */
export type Way<Kept> = ((kept: Kept, site: Site) => Lines) | Elsewhere;

/** The step cannot be carried out on that system. */
export function impossible(instead: string): Elsewhere {
  return { by: 'nothing', instead };
}

type Fields<Shape extends z.ZodRawShape> = z.output<ReturnType<typeof record<Shape>>>;

/** Everything that is known of one kind of step. */
export interface StepDefinition<Kind extends string, Entry, Said extends z.ZodRawShape, Kept extends z.ZodRawShape> {
  /** The key in images.yaml, and the name everywhere else. */
  readonly kind: Kind;
  /** What stands under the key. */
  readonly entry: z.ZodType<Entry>;
  /** What the step says, every default filled in. */
  readonly says: Said;
  readonly read: (entry: Entry) => Fields<Said>;
  readonly reads?: (step: Fields<Said>) => NamedFiles;
  /** Scripts of regild's own that have to lie in the guest for it, by name below `scripts/<system>/`. */
  readonly needs?: (step: Fields<Said>) => readonly string[];
  /** What a plan keeps of it beside id, title and phase. */
  readonly keeps: Kept;
  readonly plan: (step: Fields<Said>, found: FoundFiles, spot: Spot) => Planning<Fields<Kept>>;
  /** The one system that it is written for; absent = it is planned for both. */
  readonly only?: System;
  readonly rereads?: (kept: Fields<Kept>) => PlannedTexts;
  /** Bytes that travel into the guest with it. */
  readonly bytes?: (kept: Fields<Kept>) => number;
  readonly linux: Way<Fields<Kept>>;
  readonly windows: Way<Fields<Kept>>;
  /** What a user may not expect where it runs inside the guest, for a warning. */
  readonly warns?: string;
}

export interface Kinded {
  readonly kind: string;
}

/** A definition with the schemas that follow from it, and its functions open to steps of every kind: those of another get nothing. */
export function defineStep<const Kind extends string, Entry, Said extends z.ZodRawShape, Kept extends z.ZodRawShape>(
  definition: StepDefinition<Kind, Entry, Said, Kept>,
) {
  const { kind, entry, only, warns } = definition;
  const says = (one: Kinded): one is Kinded & Fields<Said> => one.kind === kind;
  const keeps = (one: Kinded): one is Kinded & Fields<Kept> => one.kind === kind;
  return {
    kind,
    entry,
    only,
    warns,
    step: record({ kind: z.literal(kind), ...definition.says }),
    provisioner: record({ kind: z.literal(kind), id: z.string(), title: z.string(), phase: Phase, ...definition.keeps }),
    read: (value: unknown) => ({ kind, ...definition.read(entry.parse(value)) }),
    needs(step: Kinded, system: System): readonly string[] {
      if (!says(step)) return [];
      const way = definition[system];
      if (typeof way === 'function') return definition.needs?.(step) ?? [];
      return way.by === 'nothing' ? [] : (way.needs ?? []);
    },
    reads: (step: Kinded): NamedFiles => (says(step) ? (definition.reads?.(step) ?? {}) : {}),
    plan(step: Kinded, found: FoundFiles, spot: Spot) {
      if (!says(step)) return undefined;
      const planning = definition.plan(step, found, spot);
      if ('missing' in planning) return planning;
      const id = `customize-${spot.number}-${kind}`;
      return { first: planning.first, provisioner: { kind, id, phase: 'customize' as const, title: planning.title, ...planning.keeps } };
    },
    rereads: (planned: Kinded): PlannedTexts => (keeps(planned) ? (definition.rereads?.(planned) ?? {}) : {}),
    bytes: (planned: Kinded): number => (keeps(planned) ? (definition.bytes?.(planned) ?? 0) : 0),
    /** What carries the step out on a system, where its lines do not. */
    elsewhere(system: System): Elsewhere | undefined {
      const way = definition[system];
      return typeof way === 'function' ? undefined : way;
    },
    lines(planned: Kinded, system: System, site: Site): Lines | undefined {
      const way = definition[system];
      return typeof way === 'function' && keeps(planned) ? way(planned, site) : undefined;
    },
  };
}
