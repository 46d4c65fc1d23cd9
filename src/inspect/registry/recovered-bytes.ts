import { type BlockSource, checkRange, readUpTo } from '../blocks/block-source.ts';
import { BINS_START } from './base-block.ts';
import type { LogEntry } from './log.ts';

const SECTOR = 512;

/** The bytes of a hive with the pages of its logs put where they belong; what grew and was not written is zeroes. */
export function recoveredBytes(file: BlockSource, entries: readonly LogEntry[]): BlockSource {
  const sectors = new Map<number, Buffer>();
  for (const { pages } of entries) {
    for (const { offset, bytes } of pages) {
      for (let at = 0; at < bytes.length; at += SECTOR) sectors.set((BINS_START + offset + at) / SECTOR, bytes.subarray(at, at + SECTOR));
    }
  }
  const size = Math.max(file.size, BINS_START + (entries.at(-1)?.binsBytes ?? 0));
  return {
    size,
    async read(offset, length) {
      checkRange(size, offset, length);
      const bytes = Buffer.concat([await readUpTo(file, offset, length)], length);
      for (let sector = Math.floor(offset / SECTOR); sector * SECTOR < offset + length; sector += 1) {
        const from = sector * SECTOR - offset;
        sectors.get(sector)?.copy(bytes, Math.max(0, from), Math.max(0, -from), length - from);
      }
      return bytes;
    },
  };
}
