import type { BlockSource } from '../../blocks/block-source.ts';
import { type Extent, MOST_EXTENTS } from '../extents.ts';

const DIRECT = 12;
const LEVELS = 3;

interface Walk {
  readonly disk: BlockSource;
  readonly blockSize: number;
  /** Blocks that the file's size asks for. */
  readonly wanted: number;
  readonly most: number;
  readonly extents: Extent[];
  /** The next block of the file. */
  next: number;
  seen: number;
}

/**
 * The pieces of a file whose inode points to its blocks one by one, and by way of one to three levels of blocks of pointers.
 * Throws RangeError for a map that is broken.
 */
export async function readBlockMap(
  disk: BlockSource,
  pointers: Buffer,
  file: { readonly size: number; readonly blockSize: number; readonly blocks: number },
): Promise<readonly Extent[]> {
  const { size, blockSize, blocks } = file;
  const walk: Walk = { disk, blockSize, wanted: Math.ceil(size / blockSize), most: blocks, extents: [], next: 0, seen: 0 };
  for (let index = 0; index < DIRECT; index += 1) await follow(walk, pointers.readUInt32LE(index * 4), 0);
  for (let level = 1; level <= LEVELS; level += 1) await follow(walk, pointers.readUInt32LE((DIRECT + level - 1) * 4), level);
  return walk.extents;
}

async function follow(walk: Walk, block: number, level: number): Promise<void> {
  if (walk.next >= walk.wanted) return;
  if (block === 0) {
    walk.next += (walk.blockSize / 4) ** level;
    return;
  }
  walk.seen += 1;
  if (walk.seen > walk.most) throw new RangeError(`its map holds more than the ${walk.most} blocks of the file system`);
  if (level === 0) return add(walk, block);
  const pointers = await walk.disk.read(block * walk.blockSize, walk.blockSize);
  for (let at = 0; at < pointers.length; at += 4) {
    const pointer = pointers.readUInt32LE(at);
    // Most pointers are those of data; each of them would cost a promise.
    if (level === 1 && pointer !== 0 && walk.next < walk.wanted) addCounted(walk, pointer);
    else await follow(walk, pointer, level - 1);
  }
}

function addCounted(walk: Walk, block: number): void {
  walk.seen += 1;
  if (walk.seen > walk.most) throw new RangeError(`its map holds more than the ${walk.most} blocks of the file system`);
  add(walk, block);
}

function add(walk: Walk, block: number): void {
  const { blockSize, extents } = walk;
  const start = walk.next * blockSize;
  const last = extents.at(-1);
  if (last && last.start + last.length === start && last.place + last.length === block * blockSize) {
    extents[extents.length - 1] = { ...last, length: last.length + blockSize };
  } else extents.push({ start, length: blockSize, place: block * blockSize });
  if (extents.length > MOST_EXTENTS) throw new RangeError('its map holds too many pieces');
  walk.next += 1;
}
