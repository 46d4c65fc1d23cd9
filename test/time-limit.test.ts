import { expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { endingWith, isTimeUp, withTimeLimit } from '../src/time-limit.ts';
import { fakeContext } from './fakes/context.ts';

const LIMIT = { milliseconds: 60_000, passed: () => new RegildError('TIMED_OUT', 'it took longer than 1 minute') };
const cancelled = new RegildError('CANCELLED', 'the run was cancelled');

/** Work that ends when its signal aborts, under a clock whose time is up at once or never, in a run that may be cancelled. */
async function limited(timeUp: boolean, run: AbortController): Promise<unknown> {
  const context = fakeContext({ clock: { sleep: () => (timeUp ? Promise.resolve() : new Promise(() => {})) } });
  const signals: AbortSignal[] = [];
  const work = withTimeLimit(LIMIT, endingWith(run.signal, context), (signal) => {
    signals.push(signal);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(cancelled)));
  });
  const code = await work.catch((error: unknown) => (error instanceof RegildError ? error.code : error));
  return { code, timeUp: signals.map(isTimeUp) };
}

test('work whose time is up is timed out, whatever it made of the abort', async () => {
  expect(await limited(true, new AbortController())).toEqual({ code: 'TIMED_OUT', timeUp: [true] });
});

test('a run that is cancelled is cancelled, though its time is up too', async () => {
  const run = new AbortController();
  const ended = limited(true, run);
  run.abort(cancelled);
  expect(await ended).toEqual({ code: 'CANCELLED', timeUp: [false] });
});

test('a run that is cancelled in time is cancelled', async () => {
  const run = new AbortController();
  const ended = limited(false, run);
  run.abort(cancelled);
  expect(await ended).toEqual({ code: 'CANCELLED', timeUp: [false] });
});

test('what ends in time is handed on', async () => {
  expect(await withTimeLimit(LIMIT, fakeContext({ clock: { sleep: () => new Promise(() => {}) } }), async () => 'built')).toBe('built');
});
