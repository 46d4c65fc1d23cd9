import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import { imagesOf } from '../manifest/index.ts';
import { ExitCode } from '../model/index.ts';
import type { Io, Verb } from './command.ts';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import { powershellCompletion } from './completion/powershell.ts';
import { type CompletedVerb, completedVerbs } from './completion/table.ts';
import { zshCompletion } from './completion/zsh.ts';
import { readText } from './files.ts';

const SHELLS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} as const satisfies Record<string, (verbs: readonly CompletedVerb[]) => string>;

/** Prints what makes a shell complete verbs, options, their values and image names; `images` is what that asks for the names. */
export const completionVerb: Verb = (program, run) =>
  program
    .addArgument(
      new Argument('<shell>', 'the shell, or `images` for the names in the manifest').choices([...Object.keys(SHELLS), 'images']),
    )
    .addOption(new Option('-f, --manifest <file>', 'the manifest').default('images.yaml').env('REGILD_MANIFEST'))
    .action((shell: keyof typeof SHELLS | 'images', { manifest }: { readonly manifest: string }) =>
      run(async (io) => {
        io.out(shell === 'images' ? await imageNames(manifest, io) : SHELLS[shell](completedVerbs(program.parent ?? program)), 'exact');
        return ExitCode.ok;
      }),
    );

/** One name a line. A manifest that is missing or broken has none to offer: who presses a key is told nothing. */
async function imageNames(file: string, io: Io): Promise<string> {
  const text = await readText(resolve(io.folder, file)).catch(() => undefined);
  if (text === undefined) return '';
  return imagesOf(text)
    .map((name) => `${name}\n`)
    .join('');
}
