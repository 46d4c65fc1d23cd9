import { ExitCode } from '../model/index.ts';
import type { Io } from './command.ts';
import { asksForJson, failureJson, printFailure } from './failure.ts';
import { hidingSecrets } from './hide-secrets.ts';
import { calledVerbs, createProgram } from './program.ts';

/** Runs one command line, says what failed, and returns its exit code; nothing is thrown, and nothing that the environment keeps secret is shown. */
export async function runWords(words: readonly string[], given: Io): Promise<ExitCode> {
  const io = hidingSecrets(given);
  let exitCode: ExitCode = ExitCode.ok;
  let isAnswered = false;
  const answering: Io = {
    ...io,
    out: (text) => {
      isAnswered = true;
      io.out(text);
    },
    tell: (text) => {
      isAnswered = true;
      io.tell(text);
    },
  };
  const run = async (work: (io: Io) => Promise<ExitCode>) => {
    exitCode = await work(answering);
  };
  try {
    const program = await createProgram({ verbs: calledVerbs(words), io: answering, run });
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (asksForJson(words) && !isAnswered) io.out(failureJson(error));
    return printFailure(error, io, words.includes('-v') || words.includes('--verbose'));
  }
}
