import type { BlockSource } from '../../blocks/block-source.ts';
import { type Extent, MOST_EXTENTS } from '../extents.ts';

const HEADER = { magic: 0xf30a, length: 12 } as const;
const ENTRY = 12;
/** The kernel's own limit (EXT4_MAX_EXTENT_DEPTH). */
const DEEPEST = 5;
/** A longer extent is one of so many blocks less that are reserved and read as zeroes. */
const LONGEST_WRITTEN = 32768;

/** Counts what one tree holds, so that one that leads into itself ends. */
interface Tally {
  blocks: number;
  readonly most: number;
}

/** The pieces of a file with an extent tree, whose root lies in its inode. Throws RangeError for a tree that is broken. */
export async function readExtentTree(disk: BlockSource, root: Buffer, blockSize: number, blocks: number): Promise<readonly Extent[]> {
  const depth = root.readUInt16LE(6);
  if (depth > DEEPEST) throw new RangeError(`an extent tree of depth ${depth}`);
  return walk({ disk, blockSize, tally: { blocks: 0, most: blocks } }, root, depth);
}

interface Walk {
  readonly disk: BlockSource;
  readonly blockSize: number;
  readonly tally: Tally;
}

async function walk(tree: Walk, node: Buffer, depth: number): Promise<readonly Extent[]> {
  const entries = entriesOf(node, depth);
  if (depth === 0) return entries.flatMap((entry) => leaf(tree, entry));
  const children = entries.map(async (entry) => {
    count(tree.tally, 1);
    const block = entry.readUInt32LE(4) + entry.readUInt16LE(8) * 2 ** 32;
    return walk(tree, await tree.disk.read(block * tree.blockSize, tree.blockSize), depth - 1);
  });
  return (await Promise.all(children)).flat();
}

function entriesOf(node: Buffer, depth: number): readonly Buffer[] {
  const magic = node.readUInt16LE(0);
  if (magic !== HEADER.magic) throw new RangeError(`bad magic 0x${magic.toString(16)} in its extent tree`);
  if (node.readUInt16LE(6) !== depth) throw new RangeError(`depth ${node.readUInt16LE(6)} where its extent tree is at ${depth}`);
  const entries = node.readUInt16LE(2);
  if (HEADER.length + entries * ENTRY > node.length) throw new RangeError(`${entries} entries in ${node.length} bytes of its extent tree`);
  return Array.from({ length: entries }, (_, index) => node.subarray(HEADER.length + index * ENTRY, HEADER.length + (index + 1) * ENTRY));
}

function leaf({ blockSize, tally }: Walk, entry: Buffer): readonly Extent[] {
  const length = entry.readUInt16LE(4);
  if (length > LONGEST_WRITTEN || length === 0) return [];
  count(tally, length);
  const block = entry.readUInt32LE(8) + entry.readUInt16LE(6) * 2 ** 32;
  return [{ start: entry.readUInt32LE(0) * blockSize, length: length * blockSize, place: block * blockSize }];
}

/** Blocks belong to one file each: no file has more than there are. */
function count(tally: Tally, blocks: number): void {
  tally.blocks += blocks;
  if (tally.blocks > Math.max(tally.most, 1) || tally.blocks > MOST_EXTENTS * LONGEST_WRITTEN) {
    throw new RangeError(`its extents hold more than the ${tally.most} blocks of the file system`);
  }
}
