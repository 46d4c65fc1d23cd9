import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { cached } from '../../src/inspect/blocks/cache.ts';

/** Chunks of four bytes, each its number four times; those with odd numbers come when they are let. */
function chunks(size: number) {
  const asked: number[] = [];
  let running = 0;
  let most = 0;
  return {
    asked,
    most: () => most,
    source: {
      size,
      chunkSize: 4,
      async chunk(index: number) {
        asked.push(index);
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return index === 2 ? undefined : Buffer.alloc(Math.min(4, size - index * 4), index);
      },
    },
  };
}

test('a read over chunks is put together, an absent chunk is zeroes, and each is fetched once', async () => {
  const { source, asked } = chunks(18);
  const disk = cached(source, { bytes: 100 });
  expect(await disk.read(3, 13)).toEqual(Buffer.from([0, 1, 1, 1, 1, 0, 0, 0, 0, 3, 3, 3, 3]));
  expect(await Promise.all([disk.read(16, 2), disk.read(17, 1)])).toEqual([Buffer.from([4, 4]), Buffer.from([4])]);
  expect(asked).toEqual([0, 1, 2, 3, 4]);
});

test('no more is kept than was allowed, and what was used last stays', async () => {
  const { source, asked } = chunks(40);
  const disk = cached(source, { bytes: 12 });
  for (const index of [0, 1, 3, 0, 4, 0, 1]) await disk.read(index * 4, 1);
  expect(asked).toEqual([0, 1, 3, 4, 1]);
});

test('a chunk of zeroes takes no room', async () => {
  const { source, asked } = chunks(40);
  const disk = cached(source, { bytes: 8 });
  for (const index of [0, 1, 2, 2, 0, 1]) await disk.read(index * 4, 1);
  expect(asked).toEqual([0, 1, 2, 2]);
});

test('what falls out is packed, up to so many bytes, and comes back as it was', async () => {
  const asked: number[] = [];
  const chunk = async (index: number) => {
    asked.push(index);
    return Buffer.alloc(4096, index);
  };
  const packed = zstdCompressSync(Buffer.alloc(4096, 1)).length;
  const disk = cached({ size: 20 * 4096, chunkSize: 4096, chunk }, { bytes: 2 * 4096, packed: 4 * packed + 3 });
  const read = async (indexes: readonly number[]) => {
    for (const index of indexes) expect(await disk.read(index * 4096 + 7, 2)).toEqual(Buffer.from([index, index]));
  };
  await read([1, 2, 3, 4, 5, 6, 1, 2, 3, 4]);
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
  await read([7, 8, 9, 10, 11, 12, 1]);
  expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1]);
});

test('so many chunks are in flight at once and not more', async () => {
  const { source, most } = chunks(400);
  await cached(source, { bytes: 1000, inFlight: 7 }).read(0, 400);
  expect(most()).toBe(7);
});

test('a fetch that failed is tried again by the next', async () => {
  let fail = true;
  const disk = cached({
    size: 8,
    chunkSize: 4,
    async chunk() {
      if (fail) throw new Error('no network');
      return Buffer.from('abcd');
    },
  });
  await expect(disk.read(0, 2)).rejects.toThrow('no network');
  fail = false;
  expect(await disk.read(0, 2)).toEqual(Buffer.from('ab'));
});

test('what lies outside, and more than one read gives, is refused', async () => {
  const disk = cached(chunks(18).source);
  await expect(disk.read(17, 2)).rejects.toThrow(new RangeError('byte 19 lies behind the end at byte 18'));
  await expect(disk.read(-1, 2)).rejects.toThrow(RangeError);
  await expect(disk.read(0.5, 2)).rejects.toThrow(RangeError);
  const large = cached({ size: 2 ** 40, chunkSize: 2 ** 20, chunk: async () => undefined });
  await expect(large.read(0, 2 ** 30)).rejects.toThrow('1073741824 bytes are more than one read gives');
});
