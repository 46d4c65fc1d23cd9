import type { BlockSource } from '../../blocks/block-source.ts';
import { readU64BE } from '../../bytes.ts';
import { type Extent, inOrder, MOST_EXTENTS } from '../extents.ts';
import type { InodeRecord } from './inode.ts';
import { blockPlace, type Superblock } from './superblock.ts';

const RECORD = 16;
const POINTER = 8;
/** The kernel's own limit (XFS_BTREE_MAXLEVELS of a fork is 9 at most). */
const DEEPEST = 9;
const TREE_MAGIC = { 4: 0x424d4150, 5: 0x424d4133 } as const;
/** Header of a block of a tree with long pointers. */
const TREE_HEADER = { 4: 24, 5: 72 } as const;

/** The pieces of an inode's data, without those that are reserved only. Throws RangeError for a list or tree that is broken. */
export async function readExtentList(disk: BlockSource, superblock: Superblock, inode: InodeRecord): Promise<readonly Extent[]> {
  switch (inode.format) {
    case 'extents':
      return inOrder(records(superblock, inode.fork, 0, inode.extents));
    case 'tree':
      return inOrder(await readTree(disk, superblock, inode.fork));
    default:
      return [];
  }
}

/** A number that grows with the place where the data begins, by the first record of a list that lies in the inode. Checks nothing. */
export function orderOf({ format, fork, extents }: InodeRecord): number | undefined {
  if (format !== 'extents' || extents === 0 || fork.length < RECORD) return undefined;
  return (fork.readUInt32BE(4) & 0x1ff) * 2 ** 43 + fork.readUInt32BE(8) * 2 ** 11 + (fork.readUInt32BE(12) >>> 21);
}

function records(superblock: Superblock, bytes: Buffer, first: number, count: number): readonly Extent[] {
  if (first + count * RECORD > bytes.length) throw new RangeError(`${count} extents in ${bytes.length} bytes`);
  const extents: Extent[] = [];
  for (let at = first; at < first + count * RECORD; at += RECORD) {
    const extent = unpack(superblock, bytes, at);
    if (extent) extents.push(extent);
  }
  return extents;
}

/** 1 bit whether it is reserved only, 54 of its place in the file, 52 of its place on the disk, 21 of its length. */
function unpack(superblock: Superblock, bytes: Buffer, at: number): Extent | undefined {
  const [a, b, c, d] = [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
  if (a >= 2 ** 31) return undefined;
  const { blockSize } = superblock;
  const start = a * 2 ** 23 + (b >>> 9);
  const block = (b & 0x1ff) * 2 ** 43 + c * 2 ** 11 + (d >>> 21);
  const length = d & 0x1fffff;
  if (start > Number.MAX_SAFE_INTEGER / blockSize) throw new RangeError(`an extent at block ${start} of the file`);
  return length === 0 ? undefined : { start: start * blockSize, length: length * blockSize, place: blockPlace(superblock, block) };
}

/** The root lies in the inode: levels, records, keys, then pointers behind the place for as many keys as would fit. */
async function readTree(disk: BlockSource, superblock: Superblock, fork: Buffer): Promise<readonly Extent[]> {
  const level = fork.readUInt16BE(0);
  if (level === 0 || level > DEEPEST) throw new RangeError(`an extent tree of ${level} levels`);
  const walk = { disk, superblock, left: Math.min(superblock.blocks, MOST_EXTENTS) };
  return readChildren(walk, pointers(fork, 4, fork.readUInt16BE(2)), level - 1);
}

interface Walk {
  readonly disk: BlockSource;
  readonly superblock: Superblock;
  /** How many blocks of the tree, and extents, may still come: one that leads into itself ends. */
  left: number;
}

async function readChildren(walk: Walk, blocks: readonly number[], level: number): Promise<readonly Extent[]> {
  take(walk, blocks.length);
  return (await Promise.all(blocks.map((block) => readNode(walk, block, level)))).flat();
}

async function readNode(walk: Walk, block: number, level: number): Promise<readonly Extent[]> {
  const { version, blockSize } = walk.superblock;
  const place = blockPlace(walk.superblock, block);
  const bytes = await walk.disk.read(place, blockSize);
  const magic = bytes.readUInt32BE(0);
  if (magic !== TREE_MAGIC[version]) throw new RangeError(`bad magic 0x${magic.toString(16)} in its extent tree at byte ${place}`);
  if (bytes.readUInt16BE(4) !== level) throw new RangeError(`level ${bytes.readUInt16BE(4)} where its extent tree is at ${level}`);
  const count = bytes.readUInt16BE(6);
  if (level > 0) return readChildren(walk, pointers(bytes, TREE_HEADER[version], count), level - 1);
  take(walk, count);
  return records(walk.superblock, bytes, TREE_HEADER[version], count);
}

function pointers(bytes: Buffer, header: number, count: number): readonly number[] {
  const most = Math.floor((bytes.length - header) / (POINTER * 2));
  if (count > most) throw new RangeError(`${count} entries in a block of an extent tree for ${most}`);
  return Array.from({ length: count }, (_, index) => readU64BE(bytes, header + most * POINTER + index * POINTER));
}

function take(walk: Walk, count: number): void {
  walk.left -= count;
  if (walk.left < 0) throw new RangeError('its extent tree holds more than the file system');
}
