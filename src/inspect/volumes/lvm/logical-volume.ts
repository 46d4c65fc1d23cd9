import { type BlockSource, checkRange } from '../../blocks/block-source.ts';
import { type LvmSection, listOf, numberOf, textOf } from './metadata-text.ts';

/** A piece of a logical volume, in bytes: on one physical volume, or in turns on several. */
export interface Segment {
  readonly start: number;
  readonly length: number;
  /** Bytes that lie on one before the next takes its turn; Infinity when there is one. */
  readonly stripe: number;
  readonly places: readonly { readonly source: BlockSource; readonly offset: number }[];
}

/** Where a physical volume of the group is, by its name in the metadata; undefined when it is not on this disk. */
export type FindPhysical = (name: string) => { readonly source: BlockSource; readonly firstExtent: number } | undefined;

const SECTOR = 512;

/** The pieces of a logical volume, in order. Throws RangeError for a volume of another kind, or one that lies elsewhere, saying which. */
export function segmentsOf(volume: LvmSection, extentSize: number, find: FindPhysical): readonly Segment[] {
  return [...volume.sections]
    .filter(([name]) => name.startsWith('segment'))
    .map(([, section]) => segmentOf(section, extentSize, find))
    .sort((one, other) => one.start - other.start);
}

function segmentOf(section: LvmSection, extentSize: number, find: FindPhysical): Segment {
  const type = textOf(section, 'type');
  if (type !== 'striped' && type !== 'linear') throw new RangeError(`is of the type ${JSON.stringify(type)}, which is not read`);
  const stripes = listOf(section, 'stripes');
  const count = stripes.length / 2;
  if (count < 1 || count !== numberOf(section, 'stripe_count')) throw new RangeError('has stripes that do not fit together');
  const places = Array.from({ length: count }, (_, index) => {
    const [name, extent] = [stripes[index * 2], stripes[index * 2 + 1]];
    const physical = typeof name === 'string' ? find(name) : undefined;
    if (!physical || typeof extent !== 'number') throw new RangeError(`lies on ${String(name)}, which is not on this disk`);
    return { source: physical.source, offset: physical.firstExtent + extent * extentSize };
  });
  return {
    start: numberOf(section, 'start_extent') * extentSize,
    length: numberOf(section, 'extent_count') * extentSize,
    stripe: count === 1 ? Number.POSITIVE_INFINITY : stripeSize(section),
    places,
  };
}

function stripeSize(section: LvmSection): number {
  const size = numberOf(section, 'stripe_size') * SECTOR;
  if (size === 0) throw new RangeError('has stripes of no size');
  return size;
}

/** A source that consists of segments. Throws RangeError when there is a gap between them. */
export function segmentedSource(segments: readonly Segment[]): BlockSource {
  const size = segments.reduce((end, { start, length }) => {
    if (start !== end) throw new RangeError(`has nothing at byte ${end}`);
    return end + length;
  }, 0);
  return {
    size,
    async read(offset, length) {
      checkRange(size, offset, length);
      const pieces = [...piecesOf(segments, offset, length)].map(({ source, place, bytes }) => source.read(place, bytes));
      const [only, ...more] = await Promise.all(pieces);
      return only && more.length === 0 ? only : Buffer.concat([only ?? Buffer.alloc(0), ...more]);
    },
  };
}

interface Piece {
  readonly source: BlockSource;
  readonly place: number;
  readonly bytes: number;
}

function* piecesOf(segments: readonly Segment[], offset: number, length: number): Generator<Piece> {
  for (let at = offset; at < offset + length; ) {
    const segment = segments.find(({ start, length: bytes }) => at >= start && at < start + bytes);
    if (!segment) return;
    const within = at - segment.start;
    const { source, place, left } = locate(segment, within);
    const bytes = Math.min(left, segment.length - within, offset + length - at);
    yield { source, place, bytes };
    at += bytes;
  }
}

/** Where a byte of a segment lies, and how many follow it there. */
function locate(
  { stripe, places }: Segment,
  within: number,
): { readonly source: BlockSource; readonly place: number; readonly left: number } {
  const turn = stripe === Number.POSITIVE_INFINITY ? 0 : Math.floor(within / stripe);
  const inStripe = turn === 0 ? within : within % stripe;
  const chosen = places[turn % places.length];
  if (!chosen) throw new RangeError('has no stripes');
  const before = turn === 0 ? 0 : Math.floor(turn / places.length) * stripe;
  return { source: chosen.source, place: chosen.offset + before + inStripe, left: stripe - inStripe };
}
