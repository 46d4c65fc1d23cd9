import type { BlockSource } from '../../blocks/block-source.ts';
import { readU64BE } from '../../bytes.ts';
import { type Attributes, typeOfMode } from '../file-system.ts';
import { blockPlace, type Superblock } from './superblock.ts';

const MAGIC = 0x494e;
/** How the data of an inode lies: devices in it, content in it, a list of extents, a tree of them. */
const FORMATS = { 0: 'device', 1: 'local', 2: 'extents', 3: 'tree' } as const;
const REALTIME = 0x1;
const FLAG2 = { bigtime: 0x8, nrext64: 0x10 } as const;
/** Version 3 inodes have a larger core. */
const CORE = { 1: 100, 2: 100, 3: 176 } as const;
/** Nanoseconds of a bigtime are counted from the lowest second of 32 bits. */
const BIGTIME_EPOCH = 2 ** 31;

/** An inode as it lies on the disk; its size in bytes, whatever it is. */
export interface InodeRecord extends Attributes {
  readonly number: number;
  readonly format: (typeof FORMATS)[keyof typeof FORMATS];
  /** The part of the inode that holds the content, or where it lies. */
  readonly fork: Buffer;
  readonly extents: number;
  /** The content lies on the device for real time. */
  readonly realtime: boolean;
}

/** Reads an inode by its number. Throws RangeError for one that does not exist or is not in use. */
export async function readInode(disk: BlockSource, superblock: Superblock, number: number): Promise<InodeRecord> {
  const { inodeBits, inodeSize } = superblock;
  const block = Math.floor(number / 2 ** inodeBits);
  const offset = blockPlace(superblock, block) + (number - block * 2 ** inodeBits) * inodeSize;
  // A copy: what is kept of an inode does not hold a whole chunk of the disk.
  const bytes = Buffer.from(await disk.read(offset, inodeSize));
  const magic = bytes.readUInt16BE(0);
  if (magic !== MAGIC) throw new RangeError(`bad magic 0x${magic.toString(16)} at byte ${offset}`);
  const mode = bytes.readUInt16BE(2);
  const type = typeOfMode(mode);
  if (type === undefined) throw new RangeError(`mode 0o${mode.toString(8)} at byte ${offset} is no node's`);
  const version = versionOf(bytes);
  const flags2 = version === 3 ? readU64BE(bytes, 120) : 0;
  return {
    number,
    type,
    mode: mode & 0o7777,
    uid: bytes.readUInt32BE(8),
    gid: bytes.readUInt32BE(12),
    size: readU64BE(bytes, 56),
    mtime: (flags2 & FLAG2.bigtime) === 0 ? bytes.readInt32BE(40) : Number(bytes.readBigUInt64BE(40) / 1_000_000_000n) - BIGTIME_EPOCH,
    format: formatOf(bytes),
    fork: forkOf(bytes, CORE[version]),
    extents: (flags2 & FLAG2.nrext64) === 0 ? bytes.readUInt32BE(76) : readU64BE(bytes, 24),
    realtime: (bytes.readUInt16BE(90) & REALTIME) !== 0,
  };
}

function versionOf(bytes: Buffer): 1 | 2 | 3 {
  const version = bytes.readUInt8(4);
  if (version !== 1 && version !== 2 && version !== 3) throw new RangeError(`is of version ${version}`);
  return version;
}

function formatOf(bytes: Buffer): InodeRecord['format'] {
  const format = bytes.readUInt8(5);
  if (format !== 0 && format !== 1 && format !== 2 && format !== 3) throw new RangeError(`data in the unknown format ${format}`);
  return FORMATS[format];
}

/** Behind the fork of the data lies that of the attributes, counted in eight bytes from the end of the core; none when 0. */
function forkOf(bytes: Buffer, core: number): Buffer {
  const attributes = bytes.readUInt8(82) * 8;
  if (core + attributes > bytes.length) throw new RangeError(`attributes at byte ${core + attributes} of an inode of ${bytes.length}`);
  return bytes.subarray(core, attributes === 0 ? bytes.length : core + attributes);
}
