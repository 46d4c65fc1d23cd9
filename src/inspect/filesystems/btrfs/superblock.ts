import { fieldText, readU64LE, uuidText } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';

/** Where the superblock begins, and how long it is (kernel: include/uapi/linux/btrfs_tree.h, as all of this folder). */
export const SUPERBLOCK = { offset: 65536, length: 4096, magic: '_BHRfS_M' } as const;

/** Features that a reader must know, by bit. */
const INCOMPATIBLE = {
  mixed_backref: 0x1,
  default_subvol: 0x2,
  mixed_groups: 0x4,
  compress_lzo: 0x8,
  compress_zstd: 0x10,
  big_metadata: 0x20,
  extended_iref: 0x40,
  raid56: 0x80,
  skinny_metadata: 0x100,
  no_holes: 0x200,
  metadata_uuid: 0x400,
  raid1c34: 0x800,
  zoned: 0x1000,
  extent_tree_v2: 0x2000,
  raid_stripe_tree: 0x4000,
  simple_quota: 0x10000,
} as const;
const NOT_READ: readonly string[] = ['raid56', 'raid1c34', 'zoned', 'extent_tree_v2', 'raid_stripe_tree'];

/** Where a tree begins. */
export interface TreeRoot {
  /** Logical address of its top node. */
  readonly address: number;
  readonly level: number;
}

/** What a superblock says. */
export interface Superblock {
  readonly uuid: string;
  readonly label: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
  readonly nodeSize: number;
  readonly sectorSize: number;
  /** The tree of trees, and that of chunks. */
  readonly root: TreeRoot;
  readonly chunks: TreeRoot;
  /** Files were synced after the last commit: they lie in a log of their own. */
  readonly hasLog: boolean;
  readonly deviceId: number;
  /** The chunks in which the tree of chunks itself lies. */
  readonly systemChunks: Buffer;
}

/** Reads the superblock. Throws Unreadable for one that makes no sense, of several devices, or with a feature that is not known. */
export function readSuperblock(bytes: Buffer, place: string): Superblock {
  const at = `btrfs: superblock of ${place}`;
  refuseFeatures(readU64LE(bytes, 188), at);
  const devices = readU64LE(bytes, 136);
  if (devices !== 1) throw new Unreadable(at, `lies on ${devices} devices, of which this disk is one`);
  const nodeSize = bytes.readUInt32LE(148);
  const sectorSize = bytes.readUInt32LE(144);
  const systemChunks = bytes.readUInt32LE(160);
  const sound =
    [4096, 8192, 16384, 32768, 65536].includes(nodeSize) && [4096, 8192, 16384, 65536].includes(sectorSize) && systemChunks <= 2048;
  if (!sound) throw new Unreadable(at, `makes no sense: nodes of ${nodeSize}, sectors of ${sectorSize} bytes`);
  return {
    uuid: uuidText(bytes, 32),
    label: fieldText(bytes, 299, 256),
    totalBytes: readU64LE(bytes, 112),
    usedBytes: readU64LE(bytes, 120),
    ...{ nodeSize, sectorSize },
    root: { address: readU64LE(bytes, 80), level: bytes.readUInt8(198) },
    chunks: { address: readU64LE(bytes, 88), level: bytes.readUInt8(199) },
    hasLog: bytes.readBigUInt64LE(96) !== 0n,
    deviceId: readU64LE(bytes, 201),
    systemChunks: Buffer.from(bytes.subarray(811, 811 + systemChunks)),
  };
}

function refuseFeatures(incompatible: number, place: string): void {
  const known = Object.entries(INCOMPATIBLE);
  const unread = known.filter(([name, bit]) => NOT_READ.includes(name) && (incompatible & bit) !== 0).map(([name]) => name);
  const all = known.reduce((sum, [, bit]) => sum | bit, 0);
  const unknown = incompatible > 0x1ffff || (incompatible & ~all) !== 0;
  const names = unknown ? [...unread, `0x${incompatible.toString(16)}`] : unread;
  if (names.length > 0) throw new Unreadable(place, `has a feature that is not read: ${names.join(', ')}`);
}
