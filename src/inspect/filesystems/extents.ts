import type { BlockSource } from '../blocks/block-source.ts';

/** A piece of a file that lies together on the disk. All in bytes. */
export interface Extent {
  /** Where it begins in the file. */
  readonly start: number;
  readonly length: number;
  /** Where it begins on the disk. */
  readonly place: number;
}

/** The most pieces that are read of one file. */
export const MOST_EXTENTS = 2_000_000;

/** Bytes of a file that consists of these pieces; what no piece holds is zeroes. The pieces are in order, and are fetched together. */
export async function readExtents(source: BlockSource, extents: readonly Extent[], offset: number, length: number): Promise<Buffer> {
  const end = offset + length;
  const first = firstThatEndsAfter(extents, offset);
  const only = extents[first];
  if (only && only.start <= offset && end <= only.start + only.length) return source.read(only.place + offset - only.start, length);
  const bytes = Buffer.alloc(length);
  const reads: Promise<unknown>[] = [];
  for (let index = first; index < extents.length; index += 1) {
    const extent = extents[index];
    if (!extent || extent.start >= end) break;
    const from = Math.max(offset, extent.start);
    const to = Math.min(end, extent.start + extent.length);
    reads.push(source.read(extent.place + from - extent.start, to - from).then((piece) => piece.copy(bytes, from - offset)));
  }
  await Promise.all(reads);
  return bytes;
}

/** Index of the first piece that reaches beyond a byte of the file. */
function firstThatEndsAfter(extents: readonly Extent[], offset: number): number {
  let low = 0;
  let high = extents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const extent = extents[middle];
    if (extent && extent.start + extent.length <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts pieces in order and joins those that lie behind one another. Throws RangeError when two claim the same bytes of the file. */
export function inOrder(extents: readonly Extent[]): readonly Extent[] {
  const joined: Extent[] = [];
  for (const extent of [...extents].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last && last.start + last.length > extent.start) throw new RangeError(`two pieces claim byte ${extent.start} of the file`);
    if (last && last.start + last.length === extent.start && last.place + last.length === extent.place) {
      joined[joined.length - 1] = { ...last, length: last.length + extent.length };
    } else joined.push(extent);
  }
  return joined;
}
