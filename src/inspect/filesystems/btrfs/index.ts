import type { BlockSource } from '../../blocks/block-source.ts';
import { nameText, readU64LE } from '../../bytes.ts';
import { reading } from '../../guard.ts';
import { type Attributes, type Entry, type FileSystem, type Inode, isName, MOST_ENTRIES, typeOfMode } from '../file-system.ts';
import { nodeReader, openChunks } from './chunks.ts';
import { readFileExtent, readPiece } from './file-extents.ts';
import { type Subvolume, type Subvolumes, subvolumesOf } from './subvolumes.ts';
import { readSuperblock, SUPERBLOCK } from './superblock.ts';
import { findItems, type Item, type ReadNode, readKey } from './tree.ts';

const TYPE = { inode: 1, directoryIndex: 96, extent: 108, root: 132 } as const;
const TOP = 5;
/** Number of the root directory of every subvolume. */
const ROOT_DIRECTORY = 256;
const ENTRY = 30;
const LONGEST_TARGET = 65536;
const UNCLEAN = 'was not cleanly unmounted: files that were synced in its last seconds lie in its log, which is not played back';
/** A piece of a file is at most so long; the one that holds a byte begins no further before it. */
const LONGEST_EXTENT = 2 ** 30;

/**
 * Opens a btrfs of one device. Its root is the default subvolume; the others are found by their path or id. Changes of the last seconds before a crash
 * that are in its log only are not there, which is told. Throws Unreadable for what is broken.
 */
export function openBtrfs(disk: BlockSource, place: string): Promise<FileSystem> {
  return reading(`btrfs: superblock of ${place}`, async () => {
    const superblock = readSuperblock(await disk.read(SUPERBLOCK.offset, SUPERBLOCK.length), place);
    const logical = await reading(`btrfs: chunks of ${place}`, () => openChunks(disk, superblock));
    const readNode = nodeReader(logical, superblock.nodeSize);
    const subvolumes = subvolumesOf(readNode, superblock.root);
    const volume = { logical, readNode, subvolumes, sectorSize: superblock.sectorSize, place };
    const { uuid, label, totalBytes, usedBytes } = superblock;
    return {
      kind: 'btrfs',
      ...{ uuid, label, totalBytes, usedBytes },
      ...(superblock.hasLog ? { unclean: UNCLEAN } : {}),
      ignoresCase: false,
      root: () => reading(`btrfs: subvolumes of ${place}`, async () => openSubvolume(volume, await subvolumes.defaultId())),
      subvolume: (nameOrId) => reading(`btrfs: subvolumes of ${place}`, () => findSubvolume(volume, nameOrId)),
    };
  });
}

interface Volume {
  readonly logical: BlockSource;
  readonly readNode: ReadNode;
  readonly subvolumes: Subvolumes;
  readonly sectorSize: number;
  readonly place: string;
}

async function openSubvolume(volume: Volume, id: number): Promise<Inode> {
  const subvolume = await volume.subvolumes.find(id);
  if (!subvolume) throw new RangeError(`there is no subvolume ${id}`);
  return openInode(volume, subvolume, subvolume.directory);
}

/** By its id, or by its path from the top one. */
async function findSubvolume(volume: Volume, nameOrId: string | number): Promise<Inode | undefined> {
  if (typeof nameOrId === 'number') {
    const found = await volume.subvolumes.find(nameOrId === 0 ? TOP : nameOrId);
    return found && openInode(volume, found, found.directory);
  }
  let at: Inode | undefined = await openSubvolume(volume, TOP);
  for (const name of nameOrId.split('/').filter((part) => part !== '')) {
    if (at?.type !== 'directory') return undefined;
    at = await (await at.entries()).find((entry) => entry.name === name)?.inode();
  }
  // A directory that is none does not mount either.
  return at?.id.endsWith(`:${ROOT_DIRECTORY}`) ? at : undefined;
}

function openInode(volume: Volume, subvolume: Subvolume, number: number): Promise<Inode> {
  const place = `btrfs: inode ${number} of subvolume ${subvolume.id} of ${volume.place}`;
  return reading(place, async () => {
    const [item] = await itemsOf(volume, subvolume, number, TYPE.inode);
    if (!item) throw new RangeError('does not exist');
    const record = readInodeItem(item.bytes);
    const { type, mode, uid, gid, mtime, size } = record;
    return {
      ...{ id: `${subvolume.id}:${number}`, type, mode, uid, gid, mtime },
      size: type === 'file' || type === 'symlink' ? size : 0,
      read: (offset, length) =>
        reading(place, () => content(volume, subvolume, number, offset, Math.max(0, Math.min(length, size - offset)))),
      target: () => reading(place, () => target(volume, subvolume, number, size)),
      entries: () => reading(place, () => entries(volume, subvolume, number, record)),
    } satisfies Inode;
  });
}

function readInodeItem(bytes: Buffer): Attributes {
  const mode = bytes.readUInt32LE(52);
  const type = typeOfMode(mode);
  if (type === undefined) throw new RangeError(`mode 0o${mode.toString(8)} is no node's`);
  return {
    type,
    mode: mode & 0o7777,
    uid: bytes.readUInt32LE(44),
    gid: bytes.readUInt32LE(48),
    size: readU64LE(bytes, 16),
    mtime: Number(bytes.readBigInt64LE(136)),
  };
}

function itemsOf(
  volume: Volume,
  { root }: Subvolume,
  object: number,
  type: number,
  from = 0,
  to = Number.MAX_SAFE_INTEGER,
): Promise<readonly Item[]> {
  return findItems(volume.readNode, root, { object, type, offset: from }, { object, type, offset: to });
}

/** What no piece holds is zeroes. */
async function content(volume: Volume, subvolume: Subvolume, number: number, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const end = offset + length;
  const items = await itemsOf(volume, subvolume, number, TYPE.extent, Math.max(0, offset - LONGEST_EXTENT), end);
  const pieces = items.map(readFileExtent).map(async (extent) => {
    const from = Math.max(offset, extent.start);
    const to = Math.min(end, extent.start + extent.length);
    if (from >= to) return;
    const piece = await readPiece(volume.logical, extent, volume.sectorSize, from - extent.start, to - from);
    piece.copy(bytes, from - offset);
  });
  await Promise.all(pieces);
  return bytes;
}

async function target(volume: Volume, subvolume: Subvolume, number: number, size: number): Promise<string> {
  if (size > LONGEST_TARGET) throw new RangeError(`a link's target of ${size} bytes`);
  return nameText(await content(volume, subvolume, number, 0, size));
}

async function entries(volume: Volume, subvolume: Subvolume, number: number, directory: Attributes): Promise<readonly Entry[]> {
  const items = await itemsOf(volume, subvolume, number, TYPE.directoryIndex);
  if (items.length > MOST_ENTRIES) throw new RangeError(`more than ${MOST_ENTRIES} names in a directory`);
  return items.map(({ bytes }) => {
    const name = nameText(bytes.subarray(ENTRY, ENTRY + bytes.readUInt16LE(27)));
    if (!isName(name)) throw new RangeError(`the name ${JSON.stringify(name)} in a directory`);
    const leadsTo = readKey(bytes, 0);
    return {
      name,
      inode: () =>
        leadsTo.type === TYPE.root ? enter(volume, subvolume, leadsTo.object, directory) : openInode(volume, subvolume, leadsTo.object),
    };
  });
}

/** The root of a subvolume inside another; in a snapshot only its name is left, which the kernel shows as an empty directory. */
function enter(volume: Volume, parent: Subvolume, id: number, { uid, gid, mtime }: Attributes): Promise<Inode> {
  return reading(`btrfs: subvolume ${id} of ${volume.place}`, async () => {
    if (await volume.subvolumes.isIn(id, parent.id)) return openSubvolume(volume, id);
    const nothing = { read: async () => Buffer.alloc(0), target: async () => '', entries: async () => [] };
    return { id: `${parent.id}:empty:${id}`, type: 'directory', mode: 0o755, uid, gid, size: 0, mtime, ...nothing };
  });
}
