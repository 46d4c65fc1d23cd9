import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import type { Operator } from '../../ports.ts';

export interface AskOptions {
  /** Standard input, opened when something is asked. */
  readonly input: () => AsyncIterable<Uint8Array>;
  /** Where the question is written. */
  readonly stream: NodeJS.WriteStream;
  /** What is drawn there otherwise: it must stand still while a person types. */
  readonly view: { readonly pause: () => void; readonly resume: () => void };
  readonly signal: AbortSignal;
}

/** Asks on a terminal, one question after the other; what is not a yes is a no. Nobody answers where the input ends or the run is cancelled. */
export function askOnTerminal({ input, stream, view, signal }: AskOptions): Operator {
  let before: Promise<unknown> = Promise.resolve();
  return {
    confirm: (question) => {
      const answer = before.then(() => ask(question));
      before = answer;
      return answer;
    },
  };

  async function ask(question: string): Promise<boolean | undefined> {
    if (signal.aborted) return undefined;
    view.pause();
    const source = input();
    // Not as a terminal: in raw mode Ctrl-C would be a character instead of a signal.
    const terminal = createInterface({
      input: source instanceof Readable ? source : Readable.from(source),
      output: stream,
      terminal: false,
    });
    try {
      return await firstAnswer(terminal, `${question} [y/N] `, signal);
    } finally {
      terminal.close();
      view.resume();
    }
  }
}

async function firstAnswer(
  terminal: ReturnType<typeof createInterface>,
  question: string,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const closed = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), closed]);
    return answer === undefined ? undefined : /^y(?:es)?$/i.test(answer.trim());
  } catch {
    return undefined;
  }
}

/** For runs that nobody watches. */
export const NOBODY: Operator = { confirm: async () => undefined };
