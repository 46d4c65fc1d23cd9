import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type BlockSource, checkRange } from './block-source.ts';
import { gate } from './gate.ts';

/** What gives a source its bytes, in pieces of one size; the last one may be short. */
export interface ChunkSource {
  /** Bytes. */
  readonly size: number;
  /** Bytes of every chunk but the last. */
  readonly chunkSize: number;
  /** The chunk with this number; undefined for one that is all zeroes. */
  chunk(index: number): Promise<Uint8Array | undefined>;
}

/** How much a cache keeps, and how much it asks for at once. */
export interface CacheLimits {
  /** Bytes of chunks that are kept as they are; 4 MiB when left out. */
  readonly bytes?: number | undefined;
  /** Bytes of chunks that are kept packed when they fall out of those; 0 when left out: packing takes longer than reading a file again. */
  readonly packed?: number | undefined;
  /** Chunks that are fetched at the same time; 8 when left out. */
  readonly inFlight?: number | undefined;
}

/** A source over chunks. Those used last are kept, each is fetched once however many ask for it, and the chunks of one read are fetched together. */
export function cached(chunks: ChunkSource, { bytes = 4 * 2 ** 20, packed = 0, inFlight = 4 }: CacheLimits = {}): BlockSource {
  return new ChunkCache(chunks, { most: Math.max(2, Math.floor(bytes / chunks.chunkSize)), packed, inFlight });
}

class ChunkCache implements BlockSource {
  readonly size: number;
  readonly #chunks: ChunkSource;
  readonly #most: number;
  readonly #enter: ReturnType<typeof gate>;
  /** In the order of their last use. */
  readonly #kept = new Map<number, Buffer>();
  readonly #packed: PackedChunks;
  readonly #coming = new Map<number, Promise<Buffer>>();
  readonly #zeroes: Buffer;

  constructor(
    chunks: ChunkSource,
    { most, packed, inFlight }: { readonly most: number; readonly packed: number; readonly inFlight: number },
  ) {
    this.size = chunks.size;
    this.#chunks = chunks;
    this.#most = most;
    this.#enter = gate(inFlight);
    this.#packed = new PackedChunks(packed);
    this.#zeroes = Buffer.alloc(chunks.chunkSize);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    checkRange(this.size, offset, length);
    const { chunkSize } = this.#chunks;
    const first = Math.floor(offset / chunkSize);
    const within = offset - first * chunkSize;
    if (within + length <= chunkSize) return (await this.#chunk(first)).subarray(within, within + length);
    return this.#across(offset, length);
  }

  async #across(offset: number, length: number): Promise<Buffer> {
    const { chunkSize } = this.#chunks;
    const first = Math.floor(offset / chunkSize);
    const last = Math.floor((offset + length - 1) / chunkSize);
    const bytes = Buffer.alloc(length);
    const copy = async (index: number) => {
      const start = index * chunkSize - offset;
      (await this.#chunk(index)).copy(bytes, Math.max(0, start), Math.max(0, -start), length - start);
    };
    await Promise.all(Array.from({ length: last - first + 1 }, (_, step) => copy(first + step)));
    return bytes;
  }

  async #chunk(index: number): Promise<Buffer> {
    const kept = this.#kept.get(index) ?? this.#packed.get(index);
    if (kept) {
      this.#keep(index, kept);
      return kept;
    }
    const coming = this.#coming.get(index) ?? this.#enter(() => this.#fetch(index)).finally(() => this.#coming.delete(index));
    this.#coming.set(index, coming);
    return coming;
  }

  #keep(index: number, bytes: Buffer): void {
    this.#kept.delete(index);
    this.#kept.set(index, bytes);
    const [oldest] = this.#kept;
    if (this.#kept.size <= this.#most || oldest === undefined) return;
    this.#kept.delete(oldest[0]);
    this.#packed.add(...oldest);
  }

  async #fetch(index: number): Promise<Buffer> {
    const bytes = await this.#chunks.chunk(index);
    if (!bytes) return this.#zeroes;
    const expected = Math.min(this.#chunks.chunkSize, this.size - index * this.#chunks.chunkSize);
    if (bytes.length < expected) throw new RangeError(`chunk ${index} has ${bytes.length} of ${expected} bytes`);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#keep(index, chunk);
    return chunk;
  }
}

/** The quickest level: lists of packages take a fifth of their room, programs two thirds. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Chunks that are packed, those added last, up to so many bytes. */
class PackedChunks {
  readonly #most: number;
  readonly #packed = new Map<number, Buffer>();
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(index: number): Buffer | undefined {
    const packed = this.#packed.get(index);
    return packed && zstdDecompressSync(packed);
  }

  add(index: number, bytes: Buffer): void {
    if (this.#most === 0) return;
    const packed = this.#packed.get(index) ?? zstdCompressSync(bytes, LEVEL);
    this.#drop(index);
    this.#packed.set(index, packed);
    this.#bytes += packed.length;
    for (const oldest of this.#packed.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#drop(oldest);
    }
  }

  #drop(index: number): void {
    this.#bytes -= this.#packed.get(index)?.length ?? 0;
    this.#packed.delete(index);
  }
}
