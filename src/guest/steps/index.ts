import * as z from 'zod';
import { Phase } from '../../model/phase.ts';
import { list, record } from '../../model/schema.ts';
import { scriptPath } from '../scripts.ts';
import { ansible } from './ansible.ts';
import { chef } from './chef.ts';
import { download } from './download.ts';
import { file, withHash } from './file.ts';
import { packages } from './packages.ts';
import { powershell } from './powershell.ts';
import { puppet } from './puppet.ts';
import { restart } from './restart.ts';
import { salt } from './salt.ts';
import { shell } from './shell.ts';
import type { Copied, Elsewhere, FoundFiles, Lines, NamedFiles, PlannedTexts, Site, Spot, System } from './step.ts';
import { updates } from './updates.ts';

/** Every kind of step. The schema of images.yaml, `Step`, `Provisioner`, what a plan reads, what an engine runs and what it cannot follow from it. */
export const STEPS = [packages, shell, powershell, file, download, ansible, chef, puppet, salt, updates, restart] as const;

const entries = Object.fromEntries(STEPS.map(({ kind, entry }) => [kind, entry.optional()]));

/** An item of `customize:` in images.yaml: exactly one key says what it does. */
export const CustomizeStep = record(entries)
  .refine((step) => Object.values(step).filter((value) => value !== undefined).length === 1, {
    error: 'a step does exactly one thing',
    params: { hint: `start a list item for each of ${Object.keys(entries).join(', ')}` },
  })
  .meta({ minProperties: 1, maxProperties: 1 });

const [first, ...rest] = STEPS;

/** A customisation step in the user's order. Paths are relative to the manifest. */
export const Step = z.discriminatedUnion('kind', [first.step, ...rest.map(({ step }) => step)]);
export type Step = z.infer<typeof Step>;

/** A run of a script of regild's own: path below the installation, arguments, and the hash (hexadecimal) of its text. */
const GuestScript = record({
  kind: z.literal('guest'),
  id: z.string(),
  title: z.string(),
  phase: Phase,
  script: z.string(),
  arguments: list(z.string()),
  sha256: z.string(),
});

/** One thing done inside the build VM, in order. `guest` runs a script of regild's own; the others are the user's steps. */
export const Provisioner = z.discriminatedUnion('kind', [GuestScript, first.provisioner, ...rest.map(({ provisioner }) => provisioner)]);
export type Provisioner = z.infer<typeof Provisioner>;

/** A copied file by name: its length in bytes beside the hash. */
const NamedFile = file.provisioner.unwrap().omit({ content: true, encoding: true }).extend({ bytes: z.number().int() }).readonly();

const OTHERS = STEPS.filter((one) => one.kind !== 'file');

/** A provisioner as a report holds it: the contents of a copied file are left out. */
export const ReportedProvisioner = z.discriminatedUnion('kind', [GuestScript, NamedFile, ...OTHERS.map(({ provisioner }) => provisioner)]);
export type ReportedProvisioner = z.infer<typeof ReportedProvisioner>;

export function reportedProvisioner(provisioner: Provisioner): ReportedProvisioner {
  if (provisioner.kind !== 'file') return provisioner;
  const { content, encoding = 'utf8', ...rest } = provisioner;
  return { ...rest, bytes: Buffer.byteLength(content, encoding) };
}

interface Kinded {
  readonly kind: string;
}

/** The step that the one key of an item of images.yaml stands for; none for an item without keys. The item has passed `CustomizeStep`. */
export function toStep(item: Readonly<Record<string, unknown>>): readonly Step[] {
  return STEPS.flatMap((one): readonly Step[] => (item[one.kind] === undefined ? [] : [one.read(item[one.kind])]));
}

/** Every file and folder beside the manifest that steps name. */
export function filesOf(steps: readonly Step[]): Required<NamedFiles> {
  const named = steps.flatMap((step) => STEPS.map((one) => one.reads(step)));
  return {
    texts: named.flatMap(({ texts = [] }) => texts),
    copies: named.flatMap(({ copies = [] }) => copies),
    folders: named.flatMap(({ folders = [] }) => folders),
  };
}

/** The scripts of regild's own that steps need in the guest, by their path below the installation. */
export function scriptsFor(steps: readonly Step[], system: System): readonly string[] {
  const names = steps.flatMap((step) => STEPS.flatMap((one) => one.needs(step, system)));
  return [...new Set(names)].map((name) => scriptPath(system, name));
}

/** The user's texts and folders that have to be read again, unchanged, when a plan is rendered. */
export function textsOf(provisioners: readonly Provisioner[]): Required<PlannedTexts> {
  const named = provisioners.flatMap((provisioner) => STEPS.map((one) => one.rereads(provisioner)));
  return { texts: named.flatMap(({ texts = [] }) => texts), folders: named.flatMap(({ folders = [] }) => folders) };
}

/** What a step becomes in a plan, or why it cannot be planned: a file that does not exist, or the one system that it is written for. */
export type Planned = { readonly provisioners: readonly Provisioner[] } | { readonly missing: string } | { readonly only: System };

/** A step as provisioners of the plan, a file that it needs first among them. */
export function planStep(step: Step, found: FoundFiles, spot: Spot): Planned {
  const only = STEPS.find(({ kind }) => kind === step.kind)?.only;
  if (only !== undefined && only !== spot.system) return { only };
  for (const one of STEPS) {
    const planned = one.plan(step, found, spot);
    if (planned === undefined) continue;
    if ('missing' in planned) return planned;
    const { first: copied, provisioner } = planned;
    return { provisioners: [...(copied ? [copyOf(copied, provisioner.id)] : []), provisioner] };
  }
  return { provisioners: [] };
}

function copyOf({ title, from, to, ...content }: Copied & { readonly title: string }, id: string): Provisioner {
  return { kind: 'file', id: `${id}-copy`, phase: 'customize', title, from, to, ...withHash(content) };
}

/** What carries a provisioner out on a system where no lines of its own do; undefined for a script of regild's own. */
export function elsewhere({ kind }: Kinded, system: System): Elsewhere | undefined {
  return STEPS.find((one) => one.kind === kind)?.elsewhere(system);
}

/** What the user may not expect of a step that runs inside the guest. */
export function warningOf({ kind }: Kinded): string | undefined {
  return STEPS.find((one) => one.kind === kind)?.warns;
}

/** The lines by which a system carries a step of the user's out, with the files that they name; undefined where no lines do. */
export function linesOf(provisioner: Provisioner, system: System, site: Site): Lines | undefined {
  return STEPS.map((one) => one.lines(provisioner, system, site)).find((lines) => lines !== undefined);
}

/** Bytes of the user's files that travel with a provisioner. */
export function bytesOf(provisioner: Provisioner): number {
  return STEPS.reduce((sum, one) => sum + one.bytes(provisioner), 0);
}
