/** The most bytes that one read gives: what is larger is read in parts, and a length that a broken structure claims costs no memory. */
export const LARGEST_READ = 256 * 2 ** 20;

/** Bytes that are read by their place: a disk, a partition, a volume. */
export interface BlockSource {
  /** Bytes. */
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`. The answer may be shared and is never written to; whoever keeps a part of it copies the part.
   * Throws RangeError outside of the source and for more than `LARGEST_READ`.
   */
  read(offset: number, length: number): Promise<Buffer>;
}

/** Throws RangeError unless these bytes lie in a source of that size and may be read at once. */
export function checkRange(size: number, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new RangeError(`cannot read ${length} bytes at byte ${offset}`);
  }
  if (offset + length > size) throw new RangeError(`byte ${offset + length} lies behind the end at byte ${size}`);
  if (length > LARGEST_READ) throw new RangeError(`${length} bytes are more than one read gives (${LARGEST_READ})`);
}

/** The bytes from `offset`, fewer than `length` where the source ends. */
export async function readUpTo(source: BlockSource, offset: number, length: number): Promise<Buffer> {
  const available = Math.max(0, Math.min(length, source.size - offset));
  return available === 0 ? Buffer.alloc(0) : source.read(offset, available);
}
