import type { Clock } from '../../src/ports.ts';

const HOUR = 3_600_000;
/** How long a request, or a pause between two looks, takes; milliseconds. */
const PAUSE = 60_000;

/** Time passes with every request (`pass`) and every pause, which is over at once; who sleeps for hours is woken when they have passed. `requireLife` throws in a dead process. */
export function virtualClock(start: Date, requireLife: () => void): Clock & { readonly pass: () => void } {
  let now = start.getTime();
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  const pass = () => {
    now += PAUSE;
    for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
  };
  return {
    pass,
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      requireLife();
      signal?.throwIfAborted();
      if (milliseconds < HOUR) {
        await new Promise((resolve) => setImmediate(resolve));
        return pass();
      }
      await new Promise<void>((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: () => done(resolve) };
        const done = (end: () => void) => {
          sleepers.delete(sleeper);
          end();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => done(() => reject(signal.reason)), { once: true });
      });
    },
  };
}
