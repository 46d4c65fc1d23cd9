import { readU64BE } from '../bytes.ts';
import { Unreadable } from '../file-tree.ts';
import type { BlockSource } from './block-source.ts';
import { type ChunkSource, cached } from './cache.ts';
import { type Packing, unpack } from './unpack.ts';

const MAGIC = 'QFI\xfb';
const SECTOR = 512;
/** Incompatible features of version 3 (qemu: docs/interop/qcow2.txt, as all of this file). A dirty image has wrong reference counts, which no reader needs. */
const INCOMPATIBLE = { dirty: 0x1, corrupt: 0x2, external_data_file: 0x4, compression_type: 0x8, extended_l2: 0x10 } as const;
const NOT_READ: readonly string[] = ['corrupt', 'external_data_file', 'extended_l2'];
const PACKINGS: Readonly<Record<number, Packing>> = { 0: 'deflate', 1: 'zstd' };
/** Bits of an entry: the offset lies between, those outside are flags. */
const OFFSET_MASK = 0x00fffffffffffe00n;
const COMPRESSED = 1n << 62n;
const ZERO = 1n;

/** Whether a file begins as a qcow2 does. */
export function isQcow2(head: Buffer): boolean {
  return head.toString('latin1', 0, MAGIC.length) === MAGIC;
}

interface Header {
  readonly version: number;
  /** Bytes. */
  readonly size: number;
  readonly clusterBits: number;
  readonly packing: Packing;
  readonly directory: Buffer;
}

/** The disk in a qcow2 of version 2 or 3. Throws Unreadable for one with a backing file, encryption or unknown features, RangeError for what makes no sense. */
export async function openQcow2(file: BlockSource): Promise<BlockSource> {
  const header = await readHeader(file);
  const { clusterBits, size } = header;
  const cluster = 2 ** clusterBits;
  const perTable = cluster / 8;
  const chunks: ChunkSource = {
    size,
    chunkSize: cluster,
    async chunk(index) {
      const table = header.directory.readBigUInt64BE(Math.floor(index / perTable) * 8) & OFFSET_MASK;
      if (table === 0n) return undefined;
      const entry = (await file.read(Number(table) + (index % perTable) * 8, 8)).readBigUInt64BE(0);
      if ((entry & COMPRESSED) !== 0n) return readPacked(file, header, entry, index);
      const place = entry & OFFSET_MASK;
      const isZero = header.version >= 3 && (entry & ZERO) !== 0n;
      if (isZero || place === 0n) return undefined;
      return file.read(Number(place), Math.min(cluster, size - index * cluster, file.size - Number(place)));
    },
  };
  // Clusters of 2 MiB, the largest, take eight times the work to unpack again.
  return cached(chunks, { bytes: 8 * Math.max(cluster, 2 ** 20) });
}

async function readHeader(file: BlockSource): Promise<Header> {
  const bytes = await file.read(0, 112);
  const version = bytes.readUInt32BE(4);
  if (version !== 2 && version !== 3) throw new Unreadable('qcow2', `is of version ${version}`);
  if (readU64BE(bytes, 8) !== 0) {
    throw new Unreadable('qcow2', 'lies over another file (backing file); put the two together: qemu-img convert -O qcow2');
  }
  if (bytes.readUInt32BE(32) !== 0) throw new Unreadable('qcow2', 'is encrypted');
  const features = version === 3 ? readU64BE(bytes, 72) : 0;
  refuseFeatures(features);
  const clusterBits = bytes.readUInt32BE(20);
  if (clusterBits < 9 || clusterBits > 21) throw new RangeError(`clusters of 2^${clusterBits} bytes in a qcow2`);
  const size = readU64BE(bytes, 24);
  const tables = Math.ceil(size / 2 ** clusterBits / (2 ** clusterBits / 8));
  if (bytes.readUInt32BE(36) < tables) throw new RangeError(`${bytes.readUInt32BE(36)} tables in a qcow2 that needs ${tables}`);
  return {
    ...{ version, size, clusterBits },
    packing: packingOf((features & INCOMPATIBLE.compression_type) === 0 ? 0 : bytes.readUInt8(104)),
    directory: Buffer.from(await file.read(readU64BE(bytes, 40), tables * 8)),
  };
}

function refuseFeatures(features: number): void {
  const known = Object.entries(INCOMPATIBLE);
  const unread = known.filter(([name, bit]) => NOT_READ.includes(name) && (features & bit) !== 0).map(([name]) => name);
  const unknown = features >= 0x20 ? [`0x${features.toString(16)}`] : [];
  if (unread.length + unknown.length > 0)
    throw new Unreadable('qcow2', `has a feature that is not read: ${[...unread, ...unknown].join(', ')}`);
}

function packingOf(type: number): Packing {
  const packing = PACKINGS[type];
  if (packing === undefined) throw new Unreadable('qcow2', `is packed by the unknown method ${type}`);
  return packing;
}

/** Of a packed cluster the entry says where it begins, and how many sectors of the file hold it at most. */
async function readPacked(file: BlockSource, { clusterBits, packing }: Header, entry: bigint, index: number): Promise<Buffer> {
  const cluster = 2 ** clusterBits;
  const bits = BigInt(62 - (clusterBits - 8));
  const place = Number(entry & ((1n << bits) - 1n));
  const sectors = Number((entry & (COMPRESSED - 1n)) >> bits) + 1;
  const length = Math.min(sectors * SECTOR - (place % SECTOR), file.size - place);
  const unpacked = await unpack(packing, await file.read(place, length), cluster);
  if (unpacked.length < cluster) throw new RangeError(`cluster ${index} of the qcow2 unpacks to ${unpacked.length} of ${cluster} bytes`);
  return unpacked;
}
