import type { BlockSource } from '../../blocks/block-source.ts';
import { LARGEST_READ } from '../../blocks/block-source.ts';
import { rangeOf } from '../../blocks/range.ts';
import { nameText } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';
import { reading } from '../../guard.ts';
import { type Extent, readExtents } from '../extents.ts';
import { type Entry, type FileSystem, type Inode, MOST_ENTRIES } from '../file-system.ts';
import { blockEntries, LEAF_OFFSET, shortEntries } from './directory.ts';
import { orderOf, readExtentList } from './extent-list.ts';
import { type InodeRecord, readInode } from './inode.ts';
import { isLogClean } from './log.ts';
import { blockPlace, readSuperblock, type Superblock } from './superblock.ts';

const LONGEST_TARGET = 1024;
/** Header of each piece of a target that does not fit into its inode, in version 5. */
const TARGET_HEADER = 56;

/** Whether an XFS begins with these bytes. */
export function isXfs(head: Buffer): boolean {
  return head.length >= 512 && head.toString('latin1', 0, 4) === 'XFSB';
}

/**
 * Opens an XFS. Throws Unreadable for what is broken, for features that are not known, and for a log that was not played back: without it
 * directories may look empty, so nothing is read.
 */
export function openXfs(disk: BlockSource, place: string): Promise<FileSystem> {
  return reading(`xfs: superblock of ${place}`, async () => {
    const superblock = readSuperblock(await disk.read(0, 512), place);
    await reading(`xfs: log of ${place}`, () => refuseDirtyLog(disk, superblock, place));
    const { uuid, label, blocks, blockSize, freeBlocks, root } = superblock;
    return {
      kind: 'xfs',
      ...{ uuid, label },
      totalBytes: blocks * blockSize,
      usedBytes: Math.max(0, blocks - freeBlocks) * blockSize,
      ignoresCase: false,
      root: () => openInode({ disk, superblock, place }, root),
    };
  });
}

async function refuseDirtyLog(disk: BlockSource, superblock: Superblock, place: string): Promise<void> {
  const { log } = superblock;
  if (!log) throw new Unreadable(`xfs: log of ${place}`, 'lies on another device, so that nobody can say whether it was played back');
  if (await isLogClean(rangeOf(disk, blockPlace(superblock, log.block), log.bytes))) return;
  throw new Unreadable(
    `xfs: log of ${place}`,
    'was not played back: the snapshot is of a running system; stop the instance (or freeze the file system) and create the AMI again',
  );
}

interface Volume {
  readonly disk: BlockSource;
  readonly superblock: Superblock;
  readonly place: string;
}

function openInode(volume: Volume, number: number): Promise<Inode> {
  const place = `xfs: inode ${number} of ${volume.place}`;
  return reading(place, async () => {
    const record = await readInode(volume.disk, volume.superblock, number);
    const { type, mode, uid, gid, mtime } = record;
    let known: Promise<readonly Extent[]> | undefined;
    const extents = () => {
      if (record.realtime) throw new Unreadable(place, 'lies on the device for real time');
      known ??= readExtentList(volume.disk, volume.superblock, record);
      return known;
    };
    return {
      ...{ id: String(number), type, mode, uid, gid, mtime },
      size: type === 'file' || type === 'symlink' ? record.size : 0,
      place: type === 'file' ? orderOf(record) : undefined,
      read: (offset, length) => reading(place, () => content(volume, record, extents, offset, length)),
      target: () => reading(place, () => target(volume, record, extents)),
      entries: () => reading(place, () => entries(volume, record, extents)),
    } satisfies Inode;
  });
}

type Extents = () => Promise<readonly Extent[]>;

async function content(
  { disk }: Volume,
  { format, fork, size }: InodeRecord,
  extents: Extents,
  offset: number,
  length: number,
): Promise<Buffer> {
  const wanted = Math.max(0, Math.min(length, size - offset));
  if (format === 'local') return local(fork, size).subarray(offset, offset + wanted);
  return wanted === 0 ? Buffer.alloc(0) : readExtents(disk, await extents(), offset, wanted);
}

function local(fork: Buffer, size: number): Buffer {
  if (size > fork.length) throw new RangeError(`${size} bytes in ${fork.length} of the inode`);
  return fork.subarray(0, size);
}

/** In version 5 each extent of a long target begins with a header of its own. */
async function target({ disk, superblock }: Volume, { format, fork, size }: InodeRecord, extents: Extents): Promise<string> {
  if (format === 'local') return nameText(local(fork, size));
  if (size > LONGEST_TARGET) throw new RangeError(`a link's target of ${size} bytes`);
  const header = superblock.version === 5 ? TARGET_HEADER : 0;
  const pieces: Buffer[] = [];
  let left = size;
  for (const { length, place } of await extents()) {
    const bytes = Math.min(left, length - header);
    pieces.push(await disk.read(place + header, bytes));
    left -= bytes;
  }
  if (left > 0) throw new RangeError(`a link's target lacks ${left} of ${size} bytes`);
  return nameText(Buffer.concat(pieces));
}

async function entries(volume: Volume, record: InodeRecord, extents: Extents): Promise<readonly Entry[]> {
  const { disk, superblock } = volume;
  const open = ({ name, inode }: { readonly name: string; readonly inode: number }) => ({ name, inode: () => openInode(volume, inode) });
  if (record.format === 'local') return [...shortEntries(superblock, record.fork)].map(open);
  const data = (await extents()).filter(({ start }) => start < LEAF_OFFSET);
  const blocks = directoryBlocks(data, superblock.directoryBlockSize);
  if (blocks.length * superblock.directoryBlockSize > LARGEST_READ) throw new RangeError(`a directory of ${blocks.length} blocks`);
  const found: Entry[] = [];
  const pieces = await Promise.all(blocks.map((start) => readExtents(disk, data, start, superblock.directoryBlockSize)));
  for (const piece of pieces) {
    for (const entry of blockEntries(superblock, piece)) found.push(open(entry));
    if (found.length > MOST_ENTRIES) throw new RangeError(`more than ${MOST_ENTRIES} names in a directory`);
  }
  return found;
}

/** Where the blocks of a directory begin in its address space; there are holes between them. */
function directoryBlocks(extents: readonly Extent[], size: number): readonly number[] {
  const starts = new Set<number>();
  for (const { start, length } of extents) {
    for (let at = Math.floor(start / size) * size; at < start + length && starts.size * size <= LARGEST_READ; at += size) starts.add(at);
  }
  return [...starts];
}
