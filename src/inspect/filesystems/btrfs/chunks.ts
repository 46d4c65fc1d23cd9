import { type BlockSource, checkRange } from '../../blocks/block-source.ts';
import { readU64LE } from '../../bytes.ts';
import type { Superblock } from './superblock.ts';
import { findItems, type ReadNode, readKey } from './tree.ts';

const CHUNK_ITEM = 228;
const KEY = 17;
const STRIPES = 48;
const STRIPE = 32;
/** Striped over devices, or with parity: what one device cannot be. */
const STRIPED = 0x8 | 0x40 | 0x80 | 0x100;
const NODE = { address: 48, header: 101 } as const;
const MOST_CHUNKS = 100_000;

/** A range of logical addresses and where it lies on the device. */
interface Chunk {
  readonly address: number;
  readonly length: number;
  readonly place: number;
}

/** The logical addresses of a btrfs as a source: everything else speaks in them. Throws RangeError for chunks that are broken. */
export async function openChunks(disk: BlockSource, superblock: Superblock): Promise<BlockSource> {
  const system = mapped(disk, systemChunks(superblock));
  const items = await findItems(
    nodeReader(system, superblock.nodeSize),
    superblock.chunks,
    { object: 256, type: CHUNK_ITEM, offset: 0 },
    { object: 256, type: CHUNK_ITEM, offset: Number.MAX_SAFE_INTEGER },
  );
  if (items.length > MOST_CHUNKS) throw new RangeError(`${items.length} chunks`);
  return mapped(
    disk,
    items.map(({ key, bytes }) => chunkOf(bytes, 0, key.offset, superblock.deviceId).chunk),
  );
}

/** Reads nodes of trees, and compares the address that each says of itself. */
export function nodeReader(logical: BlockSource, nodeSize: number): ReadNode {
  return async (address) => {
    const node = await logical.read(address, nodeSize);
    const said = node.readUInt32LE(NODE.address + 4) * 2 ** 32 + node.readUInt32LE(NODE.address);
    if (said !== address) throw new RangeError(`the node at ${address} says that it is at ${said}`);
    return node;
  };
}

function systemChunks({ systemChunks: bytes, deviceId }: Superblock): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { chunk, length } = chunkOf(bytes, at + KEY, readKey(bytes, at).offset, deviceId);
    chunks.push(chunk);
    at += KEY + length;
  }
  return chunks;
}

function chunkOf(bytes: Buffer, at: number, address: number, device: number): { readonly chunk: Chunk; readonly length: number } {
  if ((readU64LE(bytes, at + 24) & STRIPED) !== 0) throw new RangeError(`a chunk at ${address} that is striped over devices`);
  const stripes = bytes.readUInt16LE(at + 44);
  for (let index = 0; index < stripes; index += 1) {
    const stripe = at + STRIPES + index * STRIPE;
    if (readU64LE(bytes, stripe) === device) {
      return { chunk: { address, length: readU64LE(bytes, at), place: readU64LE(bytes, stripe + 8) }, length: STRIPES + stripes * STRIPE };
    }
  }
  throw new RangeError(`a chunk at ${address} that is not on this device`);
}

function mapped(disk: BlockSource, chunks: readonly Chunk[]): BlockSource {
  const sorted = [...chunks].sort((one, other) => one.address - other.address);
  const size = Math.max(0, ...sorted.map(({ address, length }) => address + length));
  const chunkAt = (address: number) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle]?.address ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    const chunk = sorted[low - 1];
    if (!chunk || address >= chunk.address + chunk.length) throw new RangeError(`address ${address} is in no chunk`);
    return chunk;
  };
  return {
    size,
    async read(offset, length) {
      checkRange(size, offset, length);
      const pieces: Promise<Buffer>[] = [];
      for (let at = offset; at < offset + length; ) {
        const chunk = chunkAt(at);
        const bytes = Math.min(offset + length, chunk.address + chunk.length) - at;
        pieces.push(disk.read(chunk.place + at - chunk.address, bytes));
        at += bytes;
      }
      const [only, ...more] = await Promise.all(pieces);
      return only && more.length === 0 ? only : Buffer.concat([only ?? Buffer.alloc(0), ...more]);
    },
  };
}
