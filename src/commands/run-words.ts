import { ExitCode } from '../model/index.ts';
import { forgetSecrets, knowSecrets } from '../model/redact.ts';
import { secretsOfEnvironment } from '../model/secret-shapes.ts';
import type { Io } from './command.ts';
import { asksForJson, failureJson, printFailure } from './failure.ts';
import { calledVerbs, createProgram } from './program.ts';
import { redactedIo } from './redacted-io.ts';

/** Runs one command line, says what failed, and returns its exit code; nothing is thrown, and nothing that is known to be secret, or looks like it, is shown. */
export async function runWords(words: readonly string[], given: Io): Promise<ExitCode> {
  knowSecrets(secretsOfEnvironment(given.environment));
  const { io, end } = redactedIo(given);
  let exitCode: ExitCode = ExitCode.ok;
  let isAnswered = false;
  const answering: Io = {
    ...io,
    out: (text, content) => {
      isAnswered = true;
      io.out(text, content);
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
    if (asksForJson(words) && !isAnswered) io.out(failureJson(error), 'json');
    return printFailure(error, io, words.includes('-v') || words.includes('--verbose'));
  } finally {
    end();
    forgetSecrets();
  }
}
