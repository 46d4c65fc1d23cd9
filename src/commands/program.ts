import { Command as Program } from 'commander';
import { didYouMean } from '../manifest/suggest.ts';
import type { ExitCode } from '../model/index.ts';
import type { Io } from './command.ts';
import { environmentText } from './environment.ts';
import { EXAMPLES, exampleText } from './examples.ts';
import { version } from './installation.ts';
import { heedSwallowedFlags, refuseSwallowedFlags } from './swallowed-flags.ts';
import { VERBS } from './verbs.ts';

/** The command line as commander reads it, and what is done with the work that a verb is asked for. */
export interface ProgramOptions {
  /** Names of the verbs to define in full; the others have their name and summary only, since importing everything costs a second. */
  readonly verbs: readonly string[];
  readonly io: Pick<Io, 'out' | 'diagnostics' | 'environment'>;
  readonly run: (work: (io: Io) => Promise<ExitCode>) => Promise<void>;
}

/** The whole command line. Parsing it throws CommanderError for wrong use, and for help once that is printed. */
export async function createProgram({ verbs, io, run }: ProgramOptions): Promise<Program> {
  const program = new Program('regild')
    .description('Takes an AWS AMI and produces the image that does the same job in an Azure Compute Gallery.')
    .version(version)
    // Behind a verb `--version` is the verb's own.
    .enablePositionalOptions()
    .showHelpAfterError('(--help lists the verbs and options)')
    .showSuggestionAfterError()
    .configureOutput({ writeOut: (text) => io.out(text, 'text'), writeErr: (text) => void io.diagnostics.write(text) })
    .addHelpText(
      'after',
      '\n`regild help <verb>` has its options and examples, `regild help environment` the variables that are read; without an account, start with `regild plan --sandbox`.',
    )
    .helpCommand(false)
    .hook('preSubcommand', (_, called) => refuseSwallowedFlags(called, io))
    .hook('preAction', (_, called) => heedSwallowedFlags(called, io))
    .exitOverride();
  for (const { name, summary, load } of VERBS) {
    const subprogram = program.command(name).description(summary);
    if (!verbs.includes(name)) continue;
    const define = await load();
    define(subprogram, run);
    subprogram.addHelpText('after', `\n${exampleText(EXAMPLES[name])}`);
  }
  return withHelp(program, io);
}

/** `help [verb]` and `help environment`: commander's own prints every verb for one that does not exist, without a word about it. */
function withHelp(program: Program, io: Pick<Io, 'out'>): Program {
  program
    .command('help')
    .description('show the options and examples of a verb, or with `environment` the variables that are read')
    .argument('[verb]')
    .action((name: string | undefined) => {
      if (name === 'environment') return io.out(environmentText(), 'text');
      const found = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (found) found.help();
      const near = didYouMean(
        name ?? '',
        VERBS.map((verb) => verb.name),
      );
      program.error(`error: unknown command '${name}'${near === undefined ? '' : `\n(${near})`}`);
    });
  return program;
}

/** Names of the verbs that words need in full: the one that they call, also by way of `help`, or all where a shell is told of all. */
export function calledVerbs(words: readonly string[]): readonly string[] {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  if (first === 'completion' && second !== 'images') return VERBS.map(({ name }) => name);
  return [first === 'help' ? second : first].filter((name) => name !== undefined);
}
