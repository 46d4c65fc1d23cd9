import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import { inRounds } from '../../src/validate/side-by-side.ts';

const never = new AbortController().signal;
const noRoom = new RegildError('CLOUD_FAILED', 'no room', { details: { armCode: 'QuotaExceeded' } });

/** Work of which every piece of a round waits until all of it have begun. */
function gathering(sizes: readonly number[]) {
  const gates = sizes.map((size) => ({ size, begun: 0, ...Promise.withResolvers<void>() }));
  const log: string[] = [];
  return {
    log,
    enter: async (round: number, item: string) => {
      const gate = gates[round];
      if (gate === undefined) return;
      log.push(`${item} begins`);
      gate.begun += 1;
      if (gate.begun === gate.size) gate.resolve();
      await gate.promise;
    },
  };
}

test('the items of a round run at the same time, rounds one after the other, and results keep the order of the items', async () => {
  const { log, enter } = gathering([2, 1]);
  const results = await inRounds([['a', 'b'], ['c']], never, async (item) => {
    await enter(item === 'c' ? 1 : 0, item);
    log.push(`${item} ends`);
    return item.toUpperCase();
  });
  expect(results).toEqual(['A', 'B', 'C']);
  expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends', 'c begins', 'c ends']);
});

test('a failure stops the others, which clear up before it is thrown, and nothing begins any more', async () => {
  const { log, enter } = gathering([2]);
  const failure = new Error('broken');
  const running = inRounds([['a', 'b'], ['c']], never, async (item, signal) => {
    await enter(0, item);
    if (item === 'a') throw failure;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))).finally(() =>
      log.push(`${item} clears up`),
    );
  });
  await expect(running).rejects.toBe(failure);
  expect(log).toEqual(['a begins', 'b begins', 'b clears up']);
});

test('what finds no room beside others is done again by itself; by itself, that is a failure', async () => {
  const tries: string[] = [];
  const work = async (item: string) => {
    tries.push(item);
    if (item === 'b' && tries.filter((done) => done === 'b').length === 1) throw noRoom;
    return item;
  };
  expect(await inRounds([['a', 'b', 'c']], never, work)).toEqual(['a', 'b', 'c']);
  expect(tries).toEqual(['a', 'b', 'c', 'b']);
  await expect(inRounds([['b']], never, () => Promise.reject(noRoom))).rejects.toBe(noRoom);
});

test('a run that is cancelled cancels every piece', async () => {
  const leaving = new AbortController();
  const running = inRounds([['a', 'b']], leaving.signal, (_, signal) => {
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => reject(signal.reason));
    if (_ === 'b') leaving.abort(new Error('cancelled'));
    return promise;
  });
  await expect(running).rejects.toThrow('cancelled');
});
