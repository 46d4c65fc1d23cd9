/** Pieces of a packed extent do not begin so close to the end of a sector that their length would cross it. */
const LENGTH = 4;

/**
 * Unpacks what btrfs packed with LZO: the length of all, then pieces of up to one sector, each behind its length (kernel: fs/btrfs/lzo.c).
 * Throws RangeError for what cannot be unpacked.
 */
export function unpackLzo(packed: Buffer, size: number, sectorSize: number): Buffer {
  const unpacked = Buffer.alloc(size);
  const total = Math.min(packed.readUInt32LE(0), packed.length);
  let to = 0;
  for (let from = LENGTH; from + LENGTH <= total && to < size; ) {
    const left = sectorSize - (from % sectorSize);
    if (left < LENGTH) from += left;
    const length = packed.readUInt32LE(from);
    if (from + LENGTH + length > packed.length) throw new RangeError(`a packed piece of ${length} bytes at ${from}`);
    to += unpackPiece(packed.subarray(from + LENGTH, from + LENGTH + length), unpacked.subarray(to, to + sectorSize));
    from += LENGTH + length;
  }
  return unpacked;
}

/** Where a piece is read and written. */
interface Cursor {
  readonly source: Buffer;
  readonly target: Buffer;
  from: number;
  to: number;
}

/** One piece of LZO1X (kernel: Documentation/staging/lzo.rst). Resolves to how many bytes it gave. */
function unpackPiece(source: Buffer, target: Buffer): number {
  const cursor: Cursor = { source, target, from: 0, to: 0 };
  // How many bytes the instruction before copied as they are: 4 stands for a whole run of them.
  let state = 0;
  if (source.readUInt8(0) > 17) {
    const run = next(cursor) - 17;
    copyPlain(cursor, run);
    state = Math.min(run, 4);
  }
  for (;;) {
    const instruction = next(cursor);
    if (instruction < 16 && state === 0) {
      copyPlain(cursor, 3 + (instruction === 0 ? 15 + longer(cursor) : instruction));
      state = 4;
      continue;
    }
    const match = matchOf(cursor, instruction, state);
    if (!match) return cursor.to;
    copyBack(cursor, match.distance, match.length);
    copyPlain(cursor, match.plain);
    state = match.plain;
  }
}

/** What an instruction copies from before, and how many bytes as they are follow; undefined for the end. */
interface Match {
  readonly distance: number;
  readonly length: number;
  readonly plain: number;
}

function matchOf(cursor: Cursor, instruction: number, state: number): Match | undefined {
  if (instruction < 16) {
    const near = (instruction >> 2) + next(cursor) * 4;
    return state === 4
      ? { distance: near + 2049, length: 3, plain: instruction & 3 }
      : { distance: near + 1, length: 2, plain: instruction & 3 };
  }
  if (instruction >= 64) {
    const distance = ((instruction >> 2) & 7) + next(cursor) * 8 + 1;
    return { distance, length: (instruction >> 5) + 1, plain: instruction & 3 };
  }
  const isFar = instruction < 32;
  const mask = isFar ? 7 : 31;
  const short = instruction & mask;
  const length = 2 + (short === 0 ? mask + longer(cursor) : short);
  const pair = next(cursor) + next(cursor) * 256;
  if (!isFar) return { distance: (pair >> 2) + 1, length, plain: pair & 3 };
  const distance = ((instruction & 8) << 11) + (pair >> 2);
  return distance === 0 ? undefined : { distance: distance + 16384, length, plain: pair & 3 };
}

/** A length that does not fit: 255 for each zero byte, and the byte behind them. */
function longer(cursor: Cursor): number {
  let length = 0;
  for (let byte = next(cursor); ; byte = next(cursor)) {
    if (byte !== 0) return length + byte;
    length += 255;
  }
}

function next(cursor: Cursor): number {
  const byte = cursor.source.readUInt8(cursor.from);
  cursor.from += 1;
  return byte;
}

function copyPlain(cursor: Cursor, length: number): void {
  const { source, target, from, to } = cursor;
  if (from + length > source.length || to + length > target.length) throw new RangeError(`${length} packed bytes at ${from}`);
  source.copy(target, to, from, from + length);
  cursor.from += length;
  cursor.to += length;
}

/** Byte by byte: what is copied may be what was just written. */
function copyBack(cursor: Cursor, distance: number, length: number): void {
  const { target, to } = cursor;
  if (distance > to || to + length > target.length) throw new RangeError(`packed bytes that point ${distance} back at ${to}`);
  for (let at = to; at < to + length; at += 1) target[at] = target.readUInt8(at - distance);
  cursor.to += length;
}
