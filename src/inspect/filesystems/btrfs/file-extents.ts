import type { BlockSource } from '../../blocks/block-source.ts';
import { type Packing, unpack } from '../../blocks/unpack.ts';
import { readU64LE } from '../../bytes.ts';
import { unpackLzo } from './lzo.ts';
import type { Item } from './tree.ts';

const KINDS = { 0: 'inline', 1: 'regular', 2: 'reserved' } as const;
const METHODS = { 0: 'none', 1: 'zlib', 2: 'lzo', 3: 'zstd' } as const;
const INLINE = 21;
/** The kernel packs no more at once; what claims more is broken. */
const LARGEST_PACKED = 16 * 2 ** 20;

/** A piece of a file, in bytes. */
export interface FileExtent {
  /** Where it begins in the file. */
  readonly start: number;
  readonly length: number;
  readonly packing: Packing | 'lzo' | 'none';
  /** Packed bytes unpack to so many. */
  readonly unpackedSize: number;
  readonly source:
    | { readonly kind: 'inline'; readonly bytes: Buffer }
    | { readonly kind: 'hole' }
    /** Where it lies in logical addresses, how long it is there, and where in it (unpacked) the piece begins. */
    | { readonly kind: 'address'; readonly address: number; readonly size: number; readonly skip: number };
}

/** Reads an item EXTENT_DATA. Throws RangeError for one that makes no sense. */
export function readFileExtent({ key, bytes }: Item): FileExtent {
  const [kind, method] = [bytes.readUInt8(20), bytes.readUInt8(16)];
  if (kind !== 0 && kind !== 1 && kind !== 2) throw new RangeError(`an extent of the unknown kind ${kind}`);
  if (method !== 0 && method !== 1 && method !== 2 && method !== 3)
    throw new RangeError(`an extent packed by the unknown method ${method}`);
  if (bytes.readUInt8(17) !== 0) throw new RangeError('an extent that is encrypted');
  const unpackedSize = readU64LE(bytes, 8);
  const common = { start: key.offset, packing: METHODS[method], unpackedSize };
  if (unpackedSize > LARGEST_PACKED && method !== 0) throw new RangeError(`an extent that unpacks to ${unpackedSize} bytes`);
  if (KINDS[kind] === 'inline') return { ...common, length: unpackedSize, source: { kind: 'inline', bytes: bytes.subarray(INLINE) } };
  const [address, size, skip, length] = [readU64LE(bytes, 21), readU64LE(bytes, 29), readU64LE(bytes, 37), readU64LE(bytes, 45)];
  const isHole = address === 0 || KINDS[kind] === 'reserved';
  return { ...common, length, source: isHole ? { kind: 'hole' } : { kind: 'address', address, size, skip } };
}

/** Bytes of a piece from `offset` in it on. Throws RangeError for what cannot be unpacked. */
export async function readPiece(
  logical: BlockSource,
  extent: FileExtent,
  sectorSize: number,
  offset: number,
  length: number,
): Promise<Buffer> {
  const { source, packing, unpackedSize } = extent;
  switch (source.kind) {
    case 'hole':
      return Buffer.alloc(length);
    case 'inline': {
      const bytes = packing === 'none' ? source.bytes : await unpacked(packing, source.bytes, unpackedSize, sectorSize);
      return bytes.subarray(offset, offset + length);
    }
    case 'address': {
      if (packing === 'none') return logical.read(source.address + source.skip + offset, length);
      if (source.size > LARGEST_PACKED) throw new RangeError(`a packed extent of ${source.size} bytes`);
      const bytes = await unpacked(packing, await logical.read(source.address, source.size), unpackedSize, sectorSize);
      return bytes.subarray(source.skip + offset, source.skip + offset + length);
    }
  }
}

async function unpacked(packing: Packing | 'lzo', bytes: Buffer, size: number, sectorSize: number): Promise<Buffer> {
  return packing === 'lzo' ? unpackLzo(bytes, size, sectorSize) : unpack(packing, bytes, size);
}
