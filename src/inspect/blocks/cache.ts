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
  /** Bytes of chunks that are kept; 24 MiB when left out. */
  readonly bytes?: number | undefined;
  /** Chunks that are fetched at the same time; 32 when left out. */
  readonly inFlight?: number | undefined;
}

/** A source over chunks. Those used last are kept, each is fetched once however many ask for it, and the chunks of one read are fetched together. */
export function cached(chunks: ChunkSource, { bytes = 24 * 2 ** 20, inFlight = 32 }: CacheLimits = {}): BlockSource {
  return new ChunkCache(chunks, Math.max(2, Math.floor(bytes / chunks.chunkSize)), inFlight);
}

class ChunkCache implements BlockSource {
  readonly size: number;
  readonly #chunks: ChunkSource;
  readonly #most: number;
  readonly #enter: ReturnType<typeof gate>;
  /** In the order of their last use. */
  readonly #kept = new Map<number, Promise<Buffer>>();
  readonly #zeroes: Buffer;

  constructor(chunks: ChunkSource, most: number, inFlight: number) {
    this.size = chunks.size;
    this.#chunks = chunks;
    this.#most = most;
    this.#enter = gate(inFlight);
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

  #chunk(index: number): Promise<Buffer> {
    const kept = this.#kept.get(index);
    if (kept) {
      this.#kept.delete(index);
      this.#kept.set(index, kept);
      return kept;
    }
    const fetched = this.#enter(() => this.#fetch(index));
    this.#kept.set(index, fetched);
    // A fetch that failed is not remembered: whoever asks again tries again.
    fetched.catch(() => this.#kept.get(index) === fetched && this.#kept.delete(index));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    return fetched;
  }

  async #fetch(index: number): Promise<Buffer> {
    const bytes = await this.#chunks.chunk(index);
    if (!bytes) return this.#zeroes;
    const expected = Math.min(this.#chunks.chunkSize, this.size - index * this.#chunks.chunkSize);
    if (bytes.length < expected) throw new RangeError(`chunk ${index} has ${bytes.length} of ${expected} bytes`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
