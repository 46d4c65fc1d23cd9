import { type BlockSource, checkRange } from './block-source.ts';

/** A part of another source, for example a partition. What the other does not hold of it is cut off. */
export function rangeOf(source: BlockSource, start: number, length: number): BlockSource {
  const size = Math.max(0, Math.min(length, source.size - start));
  return {
    size,
    async read(offset, wanted) {
      checkRange(size, offset, wanted);
      return source.read(start + offset, wanted);
    },
  };
}
