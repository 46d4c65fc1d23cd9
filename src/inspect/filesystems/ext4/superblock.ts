import { fieldText, uuidText } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';
import { refuseFeatures } from '../features.ts';
import type { FileSystemKind } from '../file-system.ts';

/** Where the superblock begins, and how long it is (kernel: Documentation/filesystems/ext4/super.rst, as all of this folder). */
export const SUPERBLOCK = { offset: 1024, length: 1024, magic: 0xef53 } as const;

/** Features that a reader must know, by bit. What is missing here is refused. */
const INCOMPATIBLE = {
  compression: 0x1,
  filetype: 0x2,
  recover: 0x4,
  journal_dev: 0x8,
  meta_bg: 0x10,
  extents: 0x40,
  '64bit': 0x80,
  mmp: 0x100,
  flex_bg: 0x200,
  ea_inode: 0x400,
  dirdata: 0x1000,
  csum_seed: 0x2000,
  largedir: 0x4000,
  inline_data: 0x8000,
  encrypt: 0x10000,
  casefold: 0x20000,
} as const;
const NOT_READ: readonly string[] = ['compression', 'journal_dev', 'dirdata'];

const STATE = { clean: 0x1, errors: 0x2 } as const;
const HAS_JOURNAL = 0x4;
const SPARSE_SUPER = 0x1;
/** What ext3 knows too; blkid tells the two apart by these. */
const OF_EXT3 = { incompatible: 0x2 | 0x4 | 0x10, readOnly: 0x1 | 0x2 | 0x4 } as const;

/** What a superblock says, in bytes, blocks and counts. */
export interface Superblock {
  readonly kind: FileSystemKind;
  readonly uuid: string;
  readonly label: string;
  readonly blockSize: number;
  readonly blocks: number;
  readonly inodes: number;
  readonly firstBlock: number;
  readonly blocksPerGroup: number;
  /** Blocks that one bit of a bitmap stands for; free space is counted in these. */
  readonly blocksPerCluster: number;
  readonly inodesPerGroup: number;
  readonly inodeSize: number;
  readonly groups: number;
  readonly descriptorSize: number;
  /** The first group of blocks of descriptors that lie in the groups they describe; undefined when all lie behind the superblock. */
  readonly firstMetaGroup: number | undefined;
  readonly sparseSuper: boolean;
  /** What the kernel noted when it last let go of it. */
  readonly state: { readonly isClean: boolean; readonly hasErrors: boolean };
  /** The journal holds what has not arrived yet. */
  readonly needsRecovery: boolean;
  /** Number of the inode that holds the journal; 0 for none, or one on another device. */
  readonly journalInode: number;
}

/** Reads the superblock. Throws Unreadable for one that makes no sense, or with a feature that is not known. */
export function readSuperblock(bytes: Buffer, place: string): Superblock {
  const incompatible = bytes.readUInt32LE(0x60);
  refuseFeatures(incompatible, INCOMPATIBLE, NOT_READ, `ext4: superblock of ${place}`);
  const has = (feature: keyof typeof INCOMPATIBLE) => (incompatible & INCOMPATIBLE[feature]) !== 0;
  const readOnly = bytes.readUInt32LE(0x64);
  const compatible = bytes.readUInt32LE(0x5c);
  const revision = bytes.readUInt32LE(0x4c);
  const blocks = bytes.readUInt32LE(0x4) + (has('64bit') ? bytes.readUInt32LE(0x150) * 2 ** 32 : 0);
  const firstBlock = bytes.readUInt32LE(0x14);
  const blocksPerGroup = bytes.readUInt32LE(0x20);
  const superblock = {
    kind: kindOf(compatible, incompatible, readOnly),
    uuid: uuidText(bytes, 0x68),
    label: fieldText(bytes, 0x78, 16),
    blockSize: 1024 * 2 ** Math.min(bytes.readUInt32LE(0x18), 32),
    blocks,
    inodes: bytes.readUInt32LE(0),
    firstBlock,
    blocksPerGroup,
    blocksPerCluster: 2 ** Math.min(Math.max(0, bytes.readUInt32LE(0x1c) - bytes.readUInt32LE(0x18)), 32),
    inodesPerGroup: bytes.readUInt32LE(0x28),
    inodeSize: revision === 0 ? 128 : bytes.readUInt16LE(0x58),
    groups: Math.ceil((blocks - firstBlock) / blocksPerGroup),
    descriptorSize: has('64bit') ? bytes.readUInt16LE(0xfe) : 32,
    firstMetaGroup: has('meta_bg') ? bytes.readUInt32LE(0x104) : undefined,
    sparseSuper: (readOnly & SPARSE_SUPER) !== 0,
    state: { isClean: (bytes.readUInt16LE(0x3a) & STATE.clean) !== 0, hasErrors: (bytes.readUInt16LE(0x3a) & STATE.errors) !== 0 },
    needsRecovery: has('recover'),
    journalInode: (compatible & HAS_JOURNAL) === 0 ? 0 : bytes.readUInt32LE(0xe0),
  };
  refuseNonsense(superblock, place);
  return superblock;
}

function refuseNonsense(superblock: Superblock, place: string): void {
  const { blockSize, inodeSize, descriptorSize, blocksPerGroup, inodesPerGroup, groups } = superblock;
  const wrong = [
    blockSize > 65536 && `block size of ${blockSize}`,
    !powerOfTwo(inodeSize, 128, blockSize) && `inode size of ${inodeSize}`,
    !powerOfTwo(descriptorSize, 32, blockSize) && `group descriptor size of ${descriptorSize}`,
    (blocksPerGroup === 0 || blocksPerGroup > blockSize * 8 * superblock.blocksPerCluster) && `${blocksPerGroup} blocks in a group`,
    (inodesPerGroup === 0 || inodesPerGroup > blockSize * 8) && `${inodesPerGroup} inodes in a group`,
    !(groups >= 1 && groups < 2 ** 32) && `${groups} groups`,
  ].filter((text) => text !== false);
  if (wrong.length > 0) throw new Unreadable(`ext4: superblock of ${place}`, `makes no sense: ${wrong.join(', ')}`);
}

function powerOfTwo(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && Number.isInteger(Math.log2(value));
}

function kindOf(compatible: number, incompatible: number, readOnly: number): FileSystemKind {
  if ((incompatible & ~OF_EXT3.incompatible) !== 0 || (readOnly & ~OF_EXT3.readOnly) !== 0) return 'ext4';
  return (compatible & HAS_JOURNAL) === 0 ? 'ext2' : 'ext3';
}
