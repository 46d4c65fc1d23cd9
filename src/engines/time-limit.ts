import { RegildError } from '../errors.ts';
import type { BuildPlan } from '../model/index.ts';
import type { Context, Ports } from '../ports.ts';

/**
 * Runs a build whose signal also aborts when `build.timeoutMinutes` have passed. Throws TIMED_OUT then, whatever the work made of the abort; an abort
 * of the run itself goes first.
 */
export async function withTimeLimit<Result, Port extends keyof Ports>(
  { image, build }: Pick<BuildPlan, 'image' | 'build'>,
  context: Context<Port | 'clock'>,
  work: (limited: Context<Port | 'clock'>) => Promise<Result>,
): Promise<Result> {
  const { ports, run } = context;
  const passed = timedOut(image, build.timeoutMinutes);
  const [limit, finished] = [new AbortController(), new AbortController()];
  void ports.clock.sleep(build.timeoutMinutes * 60_000, finished.signal).then(
    () => limit.abort(passed),
    () => undefined,
  );
  try {
    return await work({ ...context, run: { ...run, signal: AbortSignal.any([run.signal, limit.signal]) } });
  } catch (error) {
    throw limit.signal.aborted && !run.signal.aborted ? passed : error;
  } finally {
    finished.abort();
  }
}

/** True for a signal that aborted because the time was up. */
export function isTimeUp({ reason }: AbortSignal): boolean {
  return reason instanceof RegildError && reason.code === 'TIMED_OUT';
}

function timedOut(image: string, minutes: number): RegildError {
  return new RegildError('TIMED_OUT', `the build of ${image} took longer than ${minutes} minutes`, {
    hint: 'go on with --resume: what was reached is kept; or raise `build.timeoutMinutes`',
  });
}
