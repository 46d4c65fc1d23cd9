import * as z from 'zod';
import { list, record } from '../../model/schema.ts';
import { GUEST_FOLDER } from '../folder.ts';
import { SecretEntry, SecretUrls } from './secrets.ts';
import type { FoundFiles, NamedFiles, Planning, Spot, System } from './step.ts';
import { path } from './texts.ts';

/** Inline lines, or a mapping that says more: lines or a script file beside the manifest, and the secrets they find in their environment. */
const Script = z.union([
  z.array(z.string()).min(1, 'write at least one line').readonly(),
  record({
    lines: z
      .array(z.string())
      .min(1, 'write at least one line')
      .readonly()
      .describe('Lines to run, where `secrets` stand beside them.')
      .optional(),
    script: path('Script file, relative to this file.').optional(),
    secrets: SecretEntry.describe(
      'Environment variables for this step alone, each with the URL of a Key Vault secret: read inside the guest with `build.identity` while the image is built.',
    ).optional(),
  }).refine(({ lines, script }) => (lines === undefined) !== (script === undefined), {
    error: 'a step runs either lines or a script file',
    params: { hint: 'keep one of `lines` and `script`' },
  }),
]);

interface ScriptStep {
  readonly lines?: readonly string[] | undefined;
  readonly script?: string | undefined;
  readonly secrets?: SecretUrls | undefined;
}

interface RunLines {
  readonly lines: readonly string[];
  readonly secrets?: SecretUrls | undefined;
}

/** What the steps that run a user's own script have in common, whichever shell reads it: everything but the shell. */
export const scriptStep = {
  entry: (shell: string) => Script.describe(`${shell} lines, or a script file, run as ${shell === 'Shell' ? 'root' : 'administrator'}.`),
  says: { lines: list(z.string()).optional(), script: z.string().optional(), secrets: SecretUrls.optional() },
  read: (entry: z.output<typeof Script>): ScriptStep => ('length' in entry ? { lines: entry } : entry),
  reads: ({ script }: ScriptStep): NamedFiles => ({ texts: script === undefined ? [] : [script] }),
  keeps: { lines: list(z.string()), secrets: SecretUrls.optional() },
} as const;

/** Lines run as they are; a script file is copied into the guest and run there by `start`, so that its own `#!` line counts. */
export function planScript(
  kind: string,
  { lines = [], script, secrets }: ScriptStep,
  { texts }: FoundFiles,
  { number, system }: Spot,
  start: (path: string) => readonly string[],
): Planning<RunLines> {
  if (!script) return { title: `${kind}: ${lines[0] ?? ''}`.slice(0, 80), keeps: { lines, secrets } };
  const content = texts.get(script);
  if (content === undefined) return { missing: script };
  const to = placeOf(system, number, script);
  return {
    title: `run ${script}`,
    keeps: { lines: start(to), secrets },
    first: { title: `copy ${script}`, from: script, to, content },
  };
}

/** A path that needs no quoting in either shell: only letters, digits, dot, dash and underscore of the file's name survive. */
function placeOf(system: System, number: number, script: string): string {
  const name = (script.split(/[\\/]/).at(-1) ?? 'step').replace(/[^A-Za-z0-9._-]/g, '_');
  return system === 'windows' ? `${GUEST_FOLDER.windows}\\step-${number}-${name}` : `${GUEST_FOLDER.linux}/step-${number}-${name}`;
}
