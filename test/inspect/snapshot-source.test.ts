import { expect, test } from 'vitest';
import { snapshotSource } from '../../src/inspect/blocks/snapshot.ts';
import type { Snapshot } from '../../src/ports.ts';

const BLOCK = 1024;

/** A snapshot whose even blocks are written, listed three a page; a block holds its number. */
function everyOther(count: number): { readonly snapshot: Snapshot; readonly asked: (string | number)[] } {
  const asked: (string | number)[] = [];
  const written = Array.from({ length: count / 2 }, (_, index) => index * 2);
  return {
    asked,
    snapshot: {
      async list(from) {
        asked.push(`list ${from}`);
        const left = written.filter((index) => index >= from);
        const blocks = left.slice(0, 3).map((index) => ({ index, token: `token-${index}` }));
        return { volumeSize: count * BLOCK, blockSize: BLOCK, blocks, isLast: left.length <= 3 };
      },
      async block(index, token) {
        expect(token).toBe(`token-${index}`);
        asked.push(index);
        return Buffer.alloc(BLOCK, index);
      },
    },
  };
}

test('pages of the list are read where something is asked for, and only once', async () => {
  const { snapshot, asked } = everyOther(100);
  const source = await snapshotSource(snapshot);
  expect(source.size).toBe(100 * BLOCK);
  const firsts = await Promise.all([0, 60, 61, 62, 64, 4, 60].map(async (index) => (await source.read(index * BLOCK, 1))[0]));
  expect(firsts).toEqual([0, 60, 0, 62, 64, 4, 60]);
  expect(asked.map(String).sort()).toEqual(['0', '4', '60', '62', '64', 'list 0', 'list 60']);
});

test('behind the last block of the last page there are zeroes', async () => {
  const { snapshot, asked } = everyOther(6);
  const source = await snapshotSource(snapshot);
  expect((await source.read(5 * BLOCK, 1))[0]).toBe(0);
  expect(asked).toEqual(['list 0']);
});

test('a list that failed is tried again by the next', async () => {
  const { snapshot } = everyOther(100);
  let fail = true;
  const source = await snapshotSource({
    ...snapshot,
    async list(from) {
      if (from > 0 && fail) throw new Error('throttled');
      return snapshot.list(from);
    },
  });
  await expect(source.read(90 * BLOCK, 1)).rejects.toThrow('throttled');
  fail = false;
  expect((await source.read(90 * BLOCK, 1))[0]).toBe(90);
});
