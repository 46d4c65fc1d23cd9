import { setTimeout as delay } from 'node:timers/promises';
import { RegildError } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** The system's clock set forward by milliseconds; it goes as fast. */
export function clockAhead(milliseconds: number): Clock {
  return { ...systemClock, now: () => new Date(systemClock.now().getTime() + milliseconds) };
}

/** The system's clock. An aborted sleep rejects with CANCELLED. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch (cause) {
      throw new RegildError('CANCELLED', 'the run was cancelled', { cause });
    }
  },
};
