import type { BlockSource } from '../blocks/block-source.ts';
import { Unreadable } from '../file-tree.ts';
import { reading } from '../guard.ts';
import { BINS_START } from './base-block.ts';

/** No cell is larger than this (bytes): a length that a broken hive claims costs no memory. */
const LARGEST_CELL = 4 * 2 ** 20;
/** Most names in one list of keys, and values of one key. */
export const MOST_NAMES = 50_000;
/** A value of more bytes is not read. */
const LARGEST_VALUE = 2 ** 20;
/** Bytes that each segment of a long value holds. */
const SEGMENT = 16_344;

/** The cells of a hive, by their offset in the bins. */
export interface Cells {
  /** For example `registry: C:\Windows\System32\config\SYSTEM`. */
  readonly place: string;
  /** What an allocated cell holds, without its length. Throws Unreadable. */
  at(offset: number): Promise<Buffer>;
  /** The data of a value, wherever it lies. Throws Unreadable. */
  data(offset: number, length: number): Promise<Buffer>;
}

/** Cells over the bytes of a hive. */
export function cellsOf(source: BlockSource, { place, hasBigData }: { readonly place: string; readonly hasBigData: boolean }): Cells {
  const at = (offset: number) => {
    const where = `${place}: cell ${offset}`;
    return reading(where, async () => {
      const length = -(await source.read(BINS_START + offset, 4)).readInt32LE(0);
      if (length < 8 || length > LARGEST_CELL) throw new Unreadable(where, length <= 0 ? 'is free' : `has ${length} bytes`);
      return source.read(BINS_START + offset + 4, length - 4);
    });
  };
  const data = (offset: number, length: number) =>
    reading(`${place}: value at ${offset}`, async () => {
      if (length > LARGEST_VALUE) throw new Unreadable(place, `a value of ${length} bytes, and at most ${LARGEST_VALUE} are read`);
      const cell = await at(offset);
      if (length <= SEGMENT || !hasBigData || cell.toString('latin1', 0, 2) !== 'db') return whole(cell, length);
      const list = await at(cell.readUInt32LE(4));
      const count = Math.ceil(length / SEGMENT);
      const segments = await Promise.all(Array.from({ length: count }, (_, index) => at(list.readUInt32LE(index * 4))));
      return whole(Buffer.concat(segments.map((segment) => segment.subarray(0, SEGMENT))), length);
    });
  return { place, at, data };
}

function whole(bytes: Buffer, length: number): Buffer {
  if (bytes.length < length) throw new RangeError(`${length} bytes lie in a cell of ${bytes.length}`);
  return bytes.subarray(0, length);
}
