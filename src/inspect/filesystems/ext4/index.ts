import type { BlockSource } from '../../blocks/block-source.ts';
import { nameText } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';
import { reading } from '../../guard.ts';
import { type Extent, inOrder, readExtents } from '../extents.ts';
import { type Entry, type FileSystem, type Inode, MOST_ENTRIES } from '../file-system.ts';
import { readBlockMap } from './block-map.ts';
import { directoryEntries } from './directory.ts';
import { readExtentTree } from './extent-tree.ts';
import { freeBlocks } from './groups.ts';
import { inlineData } from './inline-data.ts';
import { INODE_FLAGS, type InodeRecord, readInode } from './inode.ts';
import { replayJournal } from './journal.ts';
import { readSuperblock, SUPERBLOCK, type Superblock } from './superblock.ts';

const ROOT = 2;
/** Content of an inline directory begins behind the number of its parent. */
const INLINE_PARENT = 4;
/** A shorter target lies in the inode, where the pointers would be. */
const SHORT_TARGET = 60;
const LONGEST_TARGET = 65536;

/** Whether an ext2, ext3 or ext4 begins with these bytes (at least 2 KiB). */
export function isExt4(head: Buffer): boolean {
  return head.length >= SUPERBLOCK.offset + SUPERBLOCK.length && head.readUInt16LE(SUPERBLOCK.offset + 0x38) === SUPERBLOCK.magic;
}

/**
 * Opens an ext2, ext3 or ext4. A journal that was not played back (the snapshot of a running machine) is played back in memory.
 * Throws Unreadable for what is broken and for features that are not known.
 */
export function openExt4(source: BlockSource, place: string): Promise<FileSystem> {
  return reading(`ext4: superblock of ${place}`, async () => {
    const onDisk = readSuperblock(await source.read(SUPERBLOCK.offset, SUPERBLOCK.length), place);
    const disk = onDisk.needsRecovery ? await reading(`ext4: journal of ${place}`, () => replay(source, onDisk, place)) : source;
    // The superblock itself may lie in the journal, changed.
    const superblock = disk === source ? onDisk : readSuperblock(await disk.read(SUPERBLOCK.offset, SUPERBLOCK.length), place);
    const volume = { disk, superblock, place };
    const { kind, uuid, label, blockSize, blocks } = superblock;
    return {
      ...{ kind, uuid, label },
      totalBytes: blocks * blockSize,
      usedBytes: (blocks - (await freeBlocks(disk, superblock))) * blockSize,
      unclean: uncleanOf(onDisk),
      ignoresCase: false,
      root: () => openInode(volume, ROOT),
    };
  });
}

/** A journal that was played back leaves nothing in doubt but errors that the kernel met. */
function uncleanOf({ state, needsRecovery }: Superblock): string | undefined {
  if (state.hasErrors) return 'holds errors that the kernel noted: what they touched may be missing or broken';
  return state.isClean || needsRecovery ? undefined : 'was not cleanly unmounted: what was written last may be missing';
}

interface Volume {
  readonly disk: BlockSource;
  readonly superblock: Superblock;
  readonly place: string;
}

async function replay(source: BlockSource, superblock: Superblock, place: string): Promise<BlockSource> {
  if (superblock.journalInode === 0) throw new Unreadable(`ext4: journal of ${place}`, 'is needed, and lies on another device');
  const volume = { disk: source, superblock, place };
  const record = await readInode(source, superblock, superblock.journalInode);
  const extents = await extentsOf(volume, record);
  return replayJournal(source, superblock.blockSize, { extents, size: record.size });
}

function openInode(volume: Volume, number: number): Promise<Inode> {
  const place = `ext4: inode ${number} of ${volume.place}`;
  return reading(place, async () => {
    const record = await readInode(volume.disk, volume.superblock, number);
    const { type, mode, uid, gid, mtime } = record;
    const content = contentOf(volume, record);
    const guarded = <Value>(work: () => Promise<Value>) => {
      if ((record.flags & INODE_FLAGS.encrypted) !== 0) throw new Unreadable(place, 'is encrypted (fscrypt)');
      return reading(place, work);
    };
    return {
      ...{ id: String(number), type, mode, uid, gid, mtime },
      size: type === 'file' || type === 'symlink' ? record.size : 0,
      place: type === 'file' ? firstPlace(record, volume.superblock) : undefined,
      read: async (offset, length) => guarded(() => content.read(offset, Math.max(0, Math.min(length, record.size - offset)))),
      target: async () => guarded(() => targetOf(record, content)),
      entries: async () => guarded(() => entriesOf(volume, record, content)),
    } satisfies Inode;
  });
}

/** The first extent of a small file, of a large one the block that lists them (the kernel's ext4_extents.h); the first pointer of an old one. */
function firstPlace({ flags, block }: InodeRecord, { blockSize }: Superblock): number | undefined {
  if ((flags & INODE_FLAGS.inlineData) !== 0) return undefined;
  if ((flags & INODE_FLAGS.extents) === 0) return block.readUInt32LE(0) * blockSize;
  const isLeaf = block.readUInt16LE(6) === 0;
  return (isLeaf ? block.readUInt32LE(20) : block.readUInt32LE(16)) * blockSize;
}

/** Where an inode's content lies; worked out when it is first asked for. */
interface Content {
  read(offset: number, length: number): Promise<Buffer>;
  extents(): Promise<readonly Extent[]>;
  /** The content itself when it lies in the inode. */
  readonly inline: boolean;
}

function contentOf(volume: Volume, record: InodeRecord): Content {
  let known: Promise<readonly Extent[]> | undefined;
  const extents = () => {
    known ??= extentsOf(volume, record);
    return known;
  };
  if ((record.flags & INODE_FLAGS.inlineData) !== 0) {
    return { inline: true, extents: async () => [], read: async (offset, length) => inlineData(record).subarray(offset, offset + length) };
  }
  return {
    inline: false,
    extents,
    read: async (offset, length) => (length === 0 ? Buffer.alloc(0) : readExtents(volume.disk, await extents(), offset, length)),
  };
}

async function extentsOf({ disk, superblock }: Volume, { flags, block, size }: InodeRecord): Promise<readonly Extent[]> {
  const { blockSize, blocks } = superblock;
  if ((flags & INODE_FLAGS.extents) === 0) return readBlockMap(disk, block, { size, blockSize, blocks });
  return inOrder(await readExtentTree(disk, block, blockSize, blocks));
}

async function targetOf({ size, flags, block }: InodeRecord, content: Content): Promise<string> {
  const inPointers = size < SHORT_TARGET && (flags & INODE_FLAGS.extents) === 0 && !content.inline;
  if (inPointers) return nameText(block.subarray(0, size));
  if (size > LONGEST_TARGET) throw new RangeError(`a link's target of ${size} bytes`);
  return nameText(await content.read(0, size));
}

async function entriesOf(volume: Volume, record: InodeRecord, content: Content): Promise<readonly Entry[]> {
  const { blockSize } = volume.superblock;
  const found: Entry[] = [];
  const take = (bytes: Buffer, pieceSize: number, start?: number) => {
    for (const { name, inode } of directoryEntries(bytes, pieceSize, start)) {
      found.push({ name, inode: () => openInode(volume, inode) });
      if (found.length > MOST_ENTRIES) throw new RangeError(`more than ${MOST_ENTRIES} names in a directory`);
    }
  };
  if (content.inline) {
    // The bytes in the inode and those in the attribute are two blocks of entries.
    take(record.block, SHORT_TARGET, INLINE_PARENT);
    const rest = inlineData(record).subarray(SHORT_TARGET);
    if (rest.length > 0) take(rest, rest.length);
    return found;
  }
  const pieces = (await content.extents()).map(({ start, length, place }) =>
    volume.disk.read(place, Math.max(0, Math.min(length, record.size - start))),
  );
  for (const piece of await Promise.all(pieces)) take(piece, blockSize);
  return found;
}
