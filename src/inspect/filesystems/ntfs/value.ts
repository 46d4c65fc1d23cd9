import { type BlockSource, LARGEST_READ } from '../../blocks/block-source.ts';
import { type Extent, inOrder, MOST_EXTENTS, readExtents } from '../extents.ts';
import type { Attribute, NonResidentValue } from './attribute.ts';
import { unpackLznt1 } from './lznt1.ts';

/** The value of an attribute, wherever it lies. */
export interface Value {
  /** Bytes. */
  readonly size: number;
  /** Fewer bytes than asked for where it ends. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** The whole of a value that a reader needs at once. Throws RangeError for one of more bytes than that. */
export async function wholeValue(value: Value, most = LARGEST_READ): Promise<Buffer> {
  if (value.size > most) throw new RangeError(`an attribute of ${value.size} bytes`);
  return value.read(0, value.size);
}

/** Puts an attribute together that may be listed in several parts. Throws RangeError when they do not follow one another. */
export function attributeValue(disk: BlockSource, parts: readonly Attribute[], clusterSize: number): Value {
  const [first, ...others] = parts;
  if (!first) return { size: 0, read: async () => Buffer.alloc(0) };
  const { value } = first;
  if (value.kind === 'resident') {
    const { bytes } = value;
    return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
  }
  const pieces = [value, ...others.flatMap((part) => (part.value.kind === 'clusters' ? [part.value] : []))];
  const extents = extentsOf(pieces, clusterSize);
  const content = value.unit === 0 ? plain(disk, extents) : packed(disk, extents, value.unit * clusterSize);
  return { size: value.size, read: (offset, length) => readWritten(content, value, offset, length) };
}

type Content = (offset: number, length: number) => Promise<Buffer>;

/** What was reserved and never written is zeroes, whatever lies there. */
async function readWritten(content: Content, { size, written }: NonResidentValue, offset: number, length: number): Promise<Buffer> {
  const wanted = Math.max(0, Math.min(length, size - offset));
  const there = Math.max(0, Math.min(wanted, written - offset));
  const bytes = there === 0 ? Buffer.alloc(0) : await content(offset, there);
  return there === wanted ? bytes : Buffer.concat([bytes], wanted);
}

function extentsOf(parts: readonly NonResidentValue[], clusterSize: number): readonly Extent[] {
  const extents: Extent[] = [];
  for (const { firstCluster, runs } of parts) {
    let start = firstCluster * clusterSize;
    for (const { clusters, place } of runs) {
      const length = clusters * clusterSize;
      if (place !== undefined && length > 0) extents.push({ start, length, place: place * clusterSize });
      start += length;
    }
    if (extents.length > MOST_EXTENTS) throw new RangeError('too many runs of clusters');
  }
  return inOrder(extents);
}

function plain(disk: BlockSource, extents: readonly Extent[]): Content {
  return (offset, length) => readExtents(disk, extents, offset, length);
}

/** Clusters are packed in units: one that takes all its room is as it is, one that takes less is packed, one without any is zeroes. */
function packed(disk: BlockSource, extents: readonly Extent[], unit: number): Content {
  const unpackUnit = async (start: number): Promise<Buffer> => {
    const inUnit = extents.filter((extent) => extent.start < start + unit && extent.start + extent.length > start);
    const taken = inUnit.reduce(
      (sum, extent) => sum + Math.min(extent.start + extent.length, start + unit) - Math.max(extent.start, start),
      0,
    );
    if (taken === 0) return Buffer.alloc(unit);
    const bytes = await readExtents(disk, inUnit, start, taken === unit ? unit : taken);
    return taken === unit ? bytes : unpackLznt1(bytes, unit);
  };
  return async (offset, length) => {
    const first = Math.floor(offset / unit);
    const last = Math.floor((offset + length - 1) / unit);
    const units = await Promise.all(Array.from({ length: last - first + 1 }, (_, index) => unpackUnit((first + index) * unit)));
    return Buffer.concat(units).subarray(offset - first * unit, offset - first * unit + length);
  };
}
