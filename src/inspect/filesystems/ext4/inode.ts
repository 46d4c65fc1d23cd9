import type { BlockSource } from '../../blocks/block-source.ts';
import { type Attributes, typeOfMode } from '../file-system.ts';
import { inodeTable } from './groups.ts';
import type { Superblock } from './superblock.ts';

/** Flags of an inode that change how its content lies. */
export const INODE_FLAGS = { encrypted: 0x800, extents: 0x80000, inlineData: 0x10000000 } as const;

/** An inode as it lies on the disk; its size in bytes, whatever it is. */
export interface InodeRecord extends Attributes {
  readonly number: number;
  readonly flags: number;
  /** The 60 bytes of pointers, of an extent tree's root, or of content. */
  readonly block: Buffer;
  /** All bytes of it. */
  readonly bytes: Buffer;
}

/** Reads an inode by its number. Throws RangeError for one that does not exist or is not in use. */
export async function readInode(disk: BlockSource, superblock: Superblock, number: number): Promise<InodeRecord> {
  const { inodes, inodesPerGroup, inodeSize, blockSize } = superblock;
  if (number < 1 || number > inodes) throw new RangeError(`there are ${inodes} inodes`);
  const table = await inodeTable(disk, superblock, Math.floor((number - 1) / inodesPerGroup));
  const offset = table * blockSize + ((number - 1) % inodesPerGroup) * inodeSize;
  // A copy: what is kept of an inode does not hold a whole chunk of the disk.
  const bytes = Buffer.from(await disk.read(offset, inodeSize));
  const mode = bytes.readUInt16LE(0);
  const type = typeOfMode(mode);
  if (type === undefined) throw new RangeError(`mode 0o${mode.toString(8)} at byte ${offset} is no node's`);
  return {
    number,
    type,
    mode: mode & 0o7777,
    uid: bytes.readUInt16LE(0x2) + bytes.readUInt16LE(0x78) * 2 ** 16,
    gid: bytes.readUInt16LE(0x18) + bytes.readUInt16LE(0x7a) * 2 ** 16,
    size: bytes.readUInt32LE(0x4) + (type === 'file' || type === 'directory' ? bytes.readUInt32LE(0x6c) * 2 ** 32 : 0),
    mtime: modified(bytes),
    flags: bytes.readUInt32LE(0x20),
    block: bytes.subarray(0x28, 0x64),
    bytes,
  };
}

/** Large inodes hold two more bits of the seconds, which count on from the sign bit of the first 32. */
function modified(bytes: Buffer): number {
  const seconds = bytes.readInt32LE(0x10);
  const hasExtra = bytes.length > 128 && 128 + bytes.readUInt16LE(0x80) >= 0x8c;
  return hasExtra ? seconds + (bytes.readUInt32LE(0x88) & 3) * 2 ** 32 : seconds;
}
