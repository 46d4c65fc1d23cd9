import { RegildError } from './errors.ts';
import type { Context, Ports } from './ports.ts';

/** Why nobody waits for the time any more; an abort without a reason would record where it happened, for every stage of every image. */
const OVER = 'the work is done';

/** An end for work that may wait: after so many milliseconds it is told to stop, and has failed with `passed`. */
export interface TimeLimit {
  readonly milliseconds: number;
  /** TIMED_OUT, in words that say what took too long. */
  readonly passed: () => RegildError;
}

/**
 * Runs work whose signal also aborts when its time has passed. Throws what `passed` gives then, whatever the work made of the abort; an abort of the run itself
 * goes first.
 */
export async function withTimeLimit<Result, Port extends keyof Ports>(
  { milliseconds, passed }: TimeLimit,
  { ports, run }: Pick<Context<Port | 'clock'>, 'ports' | 'run'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [limit, finished] = [new AbortController(), new AbortController()];
  void ports.clock.sleep(milliseconds, finished.signal).then(
    () => limit.abort(passed()),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([run.signal, limit.signal]));
  } catch (error) {
    throw limit.signal.aborted && !run.signal.aborted ? limit.signal.reason : error;
  } finally {
    finished.abort(OVER);
  }
}

/** True for a signal that aborted because the time was up. */
export function isTimeUp({ reason }: AbortSignal): boolean {
  return reason instanceof RegildError && reason.code === 'TIMED_OUT';
}

/** The same context, for work that ends with the signal. */
export function endingWith<Some extends { readonly run: Context['run'] }>(signal: AbortSignal, context: Some): Some {
  return { ...context, run: { ...context.run, signal } };
}
