import { readU64BE } from '../bytes.ts';
import { Unreadable } from '../file-tree.ts';
import type { BlockSource } from './block-source.ts';
import { cached } from './cache.ts';
import { rangeOf } from './range.ts';

const FOOTER = { length: 512, cookie: 'conectix' } as const;
const HEADER_COOKIE = 'cxsparse';
const SECTOR = 512;
const TYPES = { fixed: 2, dynamic: 3, differencing: 4 } as const;
const ABSENT = 0xffffffff;
/** A block is 2 MiB as a rule; less is read at once. */
const CHUNK = 512 * 1024;

/** Whether a file ends as a VHD does (Microsoft: Virtual Hard Disk Image Format Specification, 1.0). */
export async function isVhd(file: BlockSource): Promise<boolean> {
  if (file.size < FOOTER.length) return false;
  return (await file.read(file.size - FOOTER.length, 8)).toString('latin1') === FOOTER.cookie;
}

/** The disk in a VHD, fixed or dynamic. Throws Unreadable for a differencing one, RangeError for what makes no sense. */
export async function openVhd(file: BlockSource): Promise<BlockSource> {
  const footer = await file.read(file.size - FOOTER.length, FOOTER.length);
  const size = readU64BE(footer, 48);
  switch (footer.readUInt32BE(60)) {
    case TYPES.fixed:
      return rangeOf(file, 0, Math.min(size, file.size - FOOTER.length));
    case TYPES.dynamic:
      return openDynamic(file, readU64BE(footer, 16), size);
    case TYPES.differencing:
      throw new Unreadable('VHD', 'holds only differences to another file; merge the two and give the result');
    default:
      throw new RangeError(`a VHD of the unknown type ${footer.readUInt32BE(60)}`);
  }
}

async function openDynamic(file: BlockSource, headerAt: number, size: number): Promise<BlockSource> {
  const header = await file.read(headerAt, 1024);
  if (header.toString('latin1', 0, 8) !== HEADER_COOKIE) throw new RangeError('a dynamic VHD without its header');
  const blockSize = header.readUInt32BE(32);
  if (blockSize < SECTOR || !Number.isInteger(Math.log2(blockSize))) throw new RangeError(`blocks of ${blockSize} bytes in a VHD`);
  const count = Math.ceil(size / blockSize);
  if (count > header.readUInt32BE(28)) throw new RangeError(`${header.readUInt32BE(28)} blocks in a VHD that needs ${count}`);
  const table = Buffer.from(await file.read(readU64BE(header, 16), count * 4));
  // Each block begins with a bit for each of its sectors, in whole sectors; those not written are zeroes all the same.
  const bitmap = Math.ceil(blockSize / SECTOR / 8 / SECTOR) * SECTOR;
  const chunkSize = Math.min(CHUNK, blockSize);
  return cached({
    size,
    chunkSize,
    async chunk(index) {
      const offset = index * chunkSize;
      const sector = table.readUInt32BE(Math.floor(offset / blockSize) * 4);
      if (sector === ABSENT) return undefined;
      return file.read(sector * SECTOR + bitmap + (offset % blockSize), Math.min(chunkSize, size - offset));
    },
  });
}
