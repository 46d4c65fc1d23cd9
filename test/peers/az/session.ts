import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What az answers to one command. */
export interface Answer {
  readonly code: number;
  /** What it printed, as JSON; null when nothing. */
  readonly body: unknown;
  /** Its standard error. */
  readonly said: string;
}

/** az, asked again and again in one process. */
export interface Az {
  readonly answer: (words: readonly string[]) => Promise<Answer>;
  /** The answer's body. Throws what az says when it refuses. */
  readonly ask: (...words: readonly string[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Where run.sh installed az. */
export const AZ_PROGRAMS = join(process.env.REGILD_PEERS ?? '', 'az/bin');

/** Starts az with these variables, of which one names the folder with its login. */
export function startedAz(environment: Readonly<Record<string, string>>): Az {
  const child = spawn(join(AZ_PROGRAMS, 'python'), [join(import.meta.dirname, 'invoke.py')], {
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (words: readonly string[]): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(words)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`az ended at: ${words.join(' ')}`);
    return JSON.parse(line.value);
  };
  return {
    answer,
    ask: async (...words) => {
      const { code, body, said } = await answer(words);
      if (code === 0) return body;
      throw new Error(`az ${words.join(' ')} ended with ${code}: ${said}`);
    },
    close: async () => {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
