import { posix } from 'node:path';
import type { BuildPlan, FolderFile, Provisioner } from '../model/index.ts';
import type { Phase } from '../model/phase.ts';
import { type GuestFile, guestPath, inGuestFolder } from './folder.ts';
import { elsewhere, linesOf } from './steps/index.ts';
import { words } from './steps/linux-lines.ts';
import type { Lines } from './steps/step.ts';
import { runScript } from './steps/windows-lines.ts';

/** The texts that the plan's provisioners name by path: `own` relative to the installation, `user` relative to the manifest. */
export interface GuestTexts {
  readonly own: ReadonlyMap<string, string>;
  readonly user: ReadonlyMap<string, string>;
  /** Files of the user's folders, by the folder. */
  readonly folders: ReadonlyMap<string, readonly FolderFile[]>;
}

interface Named {
  readonly id: string;
  readonly title: string;
  readonly phase: Phase;
}

/**
 * One thing the build VM does, in words that both engines know. `run` and `generalize` hold lines of the guest's shell (POSIX sh or PowerShell),
 * each one command, for root or an administrator, who finds the guest folder in place.
 */
export type BuildStep =
  | ({ readonly kind: 'run'; readonly lines: readonly string[] } & Named)
  | ({ readonly kind: 'restart' } & Named)
  | ({ readonly kind: 'windows-updates' } & Named)
  | ({ readonly kind: 'generalize'; readonly lines: readonly string[] } & Named);

/** What goes into the guest and what happens there. */
export interface GuestWork {
  readonly files: readonly GuestFile[];
  readonly steps: readonly BuildStep[];
}

/** The plan's provisioners as files for the guest folder and steps in order. Steps of the user's own get their text as files, so that it is never quoted. */
export function guestWork(plan: BuildPlan, texts: GuestTexts): GuestWork {
  const works = plan.provisioners.map((provisioner, index) => ({ provisioner, lines: carryOut(plan, provisioner, index, texts) }));
  return {
    files: sorted([
      ...[...texts.own].map(([path, content]) => scriptFile(path, content)),
      ...[...plan.guestFiles, ...works.flatMap(({ lines }) => lines?.files ?? [])].map(withByteOrderMark),
    ]),
    steps: works.flatMap(({ provisioner, lines }) => stepOf(plan, provisioner, lines)),
  };
}

/** A script of regild's own, by its path in the installation, as it lies in the guest folder. */
export function scriptFile(path: string, content: string): GuestFile {
  return withByteOrderMark({ path: inGuestFolder(path), content });
}

/** What a provisioner brings along and does; undefined where the engine does it, or nobody can, which is a loss. */
function carryOut({ os, build }: BuildPlan, provisioner: Provisioner, index: number, { user, folders }: GuestTexts): Lines | undefined {
  if (provisioner.kind === 'guest') return { lines: startScript(os.family, posix.basename(provisioner.script), provisioner.arguments) };
  return linesOf(provisioner, os.family, {
    file: stepFile(index, provisioner),
    identity: build.identity,
    text: (path) => user.get(path) ?? '',
    folder: (path) => folders.get(path) ?? [],
  });
}

function startScript(system: 'linux' | 'windows', script: string, values: readonly string[]): readonly string[] {
  return system === 'windows' ? runScript(script, values) : [words('sh', guestPath('linux', script), ...values)];
}

function stepOf({ os }: BuildPlan, { kind, id, title, phase }: Provisioner, done: Lines | undefined): readonly BuildStep[] {
  const named = { id, title, phase };
  const by = elsewhere({ kind }, os.family)?.by;
  if (by === 'restart' || by === 'windows-updates') return [{ kind: by, ...named }];
  if (!done) return [];
  return [{ kind: kind === 'guest' && phase === 'generalize' ? 'generalize' : 'run', ...named, lines: done.lines }];
}

/** Where a step's own file lies in the guest folder, without extension: numbered, and plain enough to need no quoting. */
function stepFile(index: number, { id }: Provisioner): string {
  return `steps/${String(index + 1).padStart(2, '0')}-${id.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40)}`;
}

function sorted(files: readonly GuestFile[]): readonly GuestFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Windows PowerShell 5.1 reads a script without a byte order mark in the machine's ANSI code page. */
function withByteOrderMark({ path, content }: GuestFile): GuestFile {
  const needed = path.endsWith('.ps1') && /[^\0-\x7f]/.test(content) && !content.startsWith('\uFEFF');
  return { path, content: needed ? `\uFEFF${content}` : content };
}
