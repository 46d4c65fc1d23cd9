import type { Clock } from '../../../ports.ts';
import { readArmFailure } from '../errors/arm-failure.ts';
import { isOutage } from '../errors/index.ts';

/** What works in Azure goes on while nobody can ask for it; after so long the wait ends, and the run can be continued. */
const LONGEST_OUTAGE = 3_600_000;

export interface OutageOptions {
  readonly clock: Clock;
  /** Pause before the next try. */
  readonly pollMilliseconds: number;
  /** Told when an outage begins and when it is over, once each, however many wait. */
  readonly tell?: ((text: string) => void) | undefined;
}

/** The answer to a question that can be repeated; while Azure does not answer (no connection, 408, 429, 5xx) it is asked again, for up to an hour. */
export type Outlast = <Answer>(signal: AbortSignal | undefined, ask: () => Promise<Answer>) => Promise<Answer>;

/** For looks at work that goes on by itself; whoever asks a first question wants to be told at once. Rethrows the last failure. */
export function createOutlast({ clock, pollMilliseconds, tell }: OutageOptions): Outlast {
  const now = () => clock.now().getTime();
  let waiting = 0;
  // Whoever outlasts on behalf of somebody who does too: an hour is an hour.
  const givenUp = new WeakSet<object>();
  const isOver = (error: unknown, since: number | undefined) => {
    if (wasGivenUp(error, givenUp)) return true;
    if (since === undefined || now() - since < LONGEST_OUTAGE) return false;
    if (error instanceof Error) givenUp.add(error);
    return true;
  };
  return async (signal, ask) => {
    let since: number | undefined;
    const answered = () => {
      if (since !== undefined && waiting === 1) tell?.('Azure answers again');
    };
    try {
      for (;;) {
        try {
          const answer = await ask();
          answered();
          return answer;
        } catch (error) {
          if (!isOutage(error)) answered();
          if (signal?.aborted || !isOutage(error) || isOver(error, since)) throw error;
          if (since === undefined) {
            since = now();
            waiting += 1;
            if (waiting === 1) tell?.(outage(since, error));
          }
        }
        await clock.sleep(pollMilliseconds, signal);
      }
    } finally {
      if (since !== undefined) waiting -= 1;
    }
  };
}

function wasGivenUp(error: unknown, givenUp: WeakSet<object>): boolean {
  return error instanceof Error && (givenUp.has(error) || wasGivenUp(error.cause, givenUp));
}

function outage(since: number, error: unknown): string {
  const { status, code } = readArmFailure(error);
  const time = (at: number) => `${new Date(at).toISOString().slice(11, 19)}Z`;
  return `Azure does not answer since ${time(since)} (${status ?? code ?? 'no connection'}): what works there goes on, and is asked for again until ${time(since + LONGEST_OUTAGE)}`;
}
