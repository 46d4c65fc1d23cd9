import { marvin32 } from './marvin32.ts';

const SECTOR = 512;
const HEAD = 40;
const HASHED_HEAD = 32;
const REFERENCE = 8;
/** The most pages that one entry may name. */
const MOST_PAGES = 100_000;

/** Pages that belong into a hive and may not have arrived there. */
export interface LogEntry {
  readonly sequence: number;
  /** Bytes of all bins of the hive once the entry is applied. */
  readonly binsBytes: number;
  /** By their offset in the bins. */
  readonly pages: readonly { readonly offset: number; readonly bytes: Buffer }[];
}

/** The entries of a log of the kind that Windows 8.1 and later write, as far as they are whole and follow one another; none in any other file. */
export function readLog(bytes: Buffer): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (let at = SECTOR; at + HEAD <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const entry = size % SECTOR === 0 && size > HEAD ? readEntry(bytes.subarray(at, at + size), size) : undefined;
    const last = entries.at(-1);
    if (entry === undefined || (last !== undefined && entry.sequence !== last.sequence + 1)) break;
    entries.push(entry);
    at += size;
  }
  return entries;
}

/** True for a log that holds a map of the sectors that changed, and then these sectors (Windows before 8.1). */
export function isOlderLog(bytes: Buffer): boolean {
  return bytes.toString('latin1', SECTOR, SECTOR + 4) === 'DIRT';
}

function readEntry(bytes: Buffer, size: number): LogEntry | undefined {
  const binsBytes = bytes.readUInt32LE(16);
  const count = bytes.readUInt32LE(20);
  const isWhole =
    bytes.length === size &&
    bytes.toString('latin1', 0, 4) === 'HvLE' &&
    binsBytes % 4096 === 0 &&
    count <= MOST_PAGES &&
    bytes.readBigUInt64LE(24) === marvin32(bytes.subarray(HEAD)) &&
    bytes.readBigUInt64LE(32) === marvin32(bytes.subarray(0, HASHED_HEAD));
  const pages = isWhole ? readPages(bytes, count, binsBytes) : undefined;
  return pages && { sequence: bytes.readUInt32LE(12), binsBytes, pages };
}

function readPages(bytes: Buffer, count: number, binsBytes: number): LogEntry['pages'] | undefined {
  const pages: { offset: number; bytes: Buffer }[] = [];
  let at = HEAD + count * REFERENCE;
  for (let index = 0; index < count && at <= bytes.length; index += 1) {
    const offset = bytes.readUInt32LE(HEAD + index * REFERENCE);
    const length = bytes.readUInt32LE(HEAD + index * REFERENCE + 4);
    if (offset % SECTOR !== 0 || length % SECTOR !== 0 || offset + length > binsBytes || at + length > bytes.length) return undefined;
    pages.push({ offset, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return pages.length === count ? pages : undefined;
}

/**
 * The entries of both logs of a hive that has to be recovered, in the order in which they are applied: the log with the earlier entries first, each
 * entry one above the one before, none below the sequence number that the hive reached.
 */
export function entriesToApply(logs: readonly (readonly LogEntry[])[], reached: number): readonly LogEntry[] {
  const inOrder = logs
    .map((entries) => entries.filter(({ sequence }) => sequence >= reached))
    .toSorted((one, other) => (one[0]?.sequence ?? 0) - (other[0]?.sequence ?? 0))
    .flat();
  const applied: LogEntry[] = [];
  for (const entry of inOrder) {
    const last = applied.at(-1);
    if (last === undefined || entry.sequence === last.sequence + 1) applied.push(entry);
  }
  return applied;
}
