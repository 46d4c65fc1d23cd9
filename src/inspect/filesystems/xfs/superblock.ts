import { fieldText, readU64BE, uuidText } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';
import { refuseFeatures } from '../features.ts';

/** Incompatible features of version 5, by bit (kernel: fs/xfs/libxfs/xfs_format.h, as all of this folder). */
const INCOMPATIBLE = {
  ftype: 0x1,
  spinodes: 0x2,
  meta_uuid: 0x4,
  bigtime: 0x8,
  needsrepair: 0x10,
  nrext64: 0x20,
  exchrange: 0x40,
  parent: 0x80,
  metadir: 0x100,
  zoned: 0x200,
  zone_gaps: 0x400,
} as const;
const NOT_READ: readonly string[] = ['needsrepair', 'zoned', 'zone_gaps'];
/** Version 4 keeps the type of a name's node in a second word of features. */
const V4_FTYPE = 0x200;

/** What a superblock says, in bytes, blocks and counts. */
export interface Superblock {
  readonly version: 4 | 5;
  readonly uuid: string;
  readonly label: string;
  readonly blockSize: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  readonly root: number;
  /** Blocks of an allocation group, and the bits that a block number has below the number of its group. */
  readonly groupBlocks: number;
  readonly groupBits: number;
  readonly groups: number;
  readonly inodeSize: number;
  /** Bits of an inode's number below the number of its block. */
  readonly inodeBits: number;
  readonly directoryBlockSize: number;
  /** Names in a directory carry the type of their node. */
  readonly namesHaveType: boolean;
  /** Bytes of the log on this device; undefined when it lies on another one. */
  readonly log: { readonly block: number; readonly bytes: number } | undefined;
}

/** Reads the superblock (512 bytes). Throws Unreadable for one that makes no sense, or with a feature that is not known. */
export function readSuperblock(bytes: Buffer, place: string): Superblock {
  const version = bytes.readUInt16BE(100) & 0xf;
  if (version !== 4 && version !== 5) throw new Unreadable(`xfs: superblock of ${place}`, `is of version ${version}`);
  const incompatible = version === 5 ? bytes.readUInt32BE(216) : 0;
  refuseFeatures(incompatible, INCOMPATIBLE, NOT_READ, `xfs: superblock of ${place}`);
  const blockSize = bytes.readUInt32BE(4);
  const logBlock = readU64BE(bytes, 48);
  const superblock = {
    version,
    uuid: uuidText(bytes, 32),
    label: fieldText(bytes, 108, 12),
    blockSize,
    blocks: readU64BE(bytes, 8),
    freeBlocks: readU64BE(bytes, 144),
    root: readU64BE(bytes, 56),
    groupBlocks: bytes.readUInt32BE(84),
    groupBits: bytes.readUInt8(124),
    groups: bytes.readUInt32BE(88),
    inodeSize: bytes.readUInt16BE(104),
    inodeBits: bytes.readUInt8(123),
    directoryBlockSize: blockSize * 2 ** Math.min(bytes.readUInt8(192), 16),
    namesHaveType: version === 5 ? (incompatible & INCOMPATIBLE.ftype) !== 0 : (bytes.readUInt32BE(200) & V4_FTYPE) !== 0,
    log: logBlock === 0 ? undefined : { block: logBlock, bytes: bytes.readUInt32BE(96) * blockSize },
  } as const satisfies Superblock;
  refuseNonsense(superblock, place);
  return superblock;
}

function refuseNonsense(superblock: Superblock, place: string): void {
  const { blockSize, inodeSize, inodeBits, groupBlocks, groupBits, groups, blocks, directoryBlockSize } = superblock;
  const wrong = [
    !powerOfTwo(blockSize, 512, 65536) && `block size of ${blockSize}`,
    !powerOfTwo(inodeSize, 256, Math.min(blockSize, 2048)) && `inode size of ${inodeSize}`,
    2 ** inodeBits !== blockSize / inodeSize && `${2 ** inodeBits} inodes in a block`,
    directoryBlockSize > 65536 && `directory blocks of ${directoryBlockSize}`,
    (groupBlocks === 0 || groupBlocks > 2 ** groupBits || groupBits > 31) && `allocation groups of ${groupBlocks} blocks`,
    !(blocks > 0 && blocks <= groups * groupBlocks) && `${blocks} blocks in ${groups} allocation groups`,
  ].filter((text) => text !== false);
  if (wrong.length > 0) throw new Unreadable(`xfs: superblock of ${place}`, `makes no sense: ${wrong.join(', ')}`);
}

function powerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && Number.isInteger(Math.log2(value));
}

/** Byte at which a block begins. A block's number holds the number of its allocation group above its place in the group. */
export function blockPlace({ groupBits, groupBlocks, groups, blockSize }: Superblock, block: number): number {
  const group = Math.floor(block / 2 ** groupBits);
  const within = block - group * 2 ** groupBits;
  if (group >= groups || within >= groupBlocks) throw new RangeError(`block ${within} of allocation group ${group} does not exist`);
  return (group * groupBlocks + within) * blockSize;
}
