import { Unreadable } from '../file-tree.ts';

/** Tags of a header that regild reads, by number (rpm's include/rpm/rpmtag.h). */
export const RPM_TAG = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  installTime: 1008,
  vendor: 1011,
  architecture: 1022,
  oldFileNames: 1027,
  fileDigests: 1035,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  digestAlgorithm: 5011,
} as const;

/** One header of a package as rpm stores it. Values that are absent are an empty list. */
export interface RpmHeader {
  strings(tag: number): readonly string[];
  numbers(tag: number): readonly number[];
}

interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const ENTRY_BYTES = 16;
/** A package with a million files does not exist; more is a broken header. */
const MOST_VALUES = 1_000_000;
const INT16 = 3;
const INT32 = 4;
/** STRING, STRING_ARRAY and I18NSTRING: text that ends with a zero byte. */
const TEXT_TYPES = [6, 8, 9];

/**
 * A header: two big-endian counts (entries, bytes of data), entries of tag, type, offset and count, then the data
 * (rpm's docs/manual/format_header.md). Throws `Unreadable` for what does not lie within the bytes.
 */
export function parseRpmHeader(bytes: Uint8Array, place: string): RpmHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw new Unreadable(place, `a header of ${bytes.length} bytes is too short`);
  const count = view.getUint32(0);
  const start = 8 + count * ENTRY_BYTES;
  const end = start + view.getUint32(4);
  if (end > bytes.length) throw new Unreadable(place, `a header of ${bytes.length} bytes claims ${end}`);
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const at = 8 + index * ENTRY_BYTES;
    const entry = { type: view.getUint32(at + 4), offset: start + view.getUint32(at + 8), count: view.getUint32(at + 12) };
    entries.set(view.getUint32(at), entry);
  }
  return {
    strings: (tag) => readStrings(bytes.subarray(0, end), entries.get(tag), place),
    numbers: (tag) => readNumbers(view, end, entries.get(tag), place),
  };
}

function readStrings(bytes: Uint8Array, entry: Entry | undefined, place: string): readonly string[] {
  if (entry === undefined || !TEXT_TYPES.includes(entry.type)) return [];
  checkCount(entry, place);
  const decoder = new TextDecoder();
  const values: string[] = [];
  for (let at = entry.offset; values.length < entry.count; ) {
    const stop = bytes.indexOf(0, at);
    if (stop < 0) throw new Unreadable(place, `a text at byte ${at} of a header has no end`);
    values.push(decoder.decode(bytes.subarray(at, stop)));
    at = stop + 1;
  }
  return values;
}

function readNumbers(view: DataView, end: number, entry: Entry | undefined, place: string): readonly number[] {
  if (entry === undefined || (entry.type !== INT32 && entry.type !== INT16)) return [];
  checkCount(entry, place);
  const width = entry.type === INT32 ? 4 : 2;
  if (entry.offset + entry.count * width > end) throw new Unreadable(place, `numbers at byte ${entry.offset} reach out of a header`);
  return Array.from({ length: entry.count }, (_, index) =>
    width === 4 ? view.getUint32(entry.offset + index * 4) : view.getUint16(entry.offset + index * 2),
  );
}

function checkCount({ count }: Entry, place: string): void {
  if (count > MOST_VALUES) throw new Unreadable(place, `a header claims ${count} values of one tag`);
}
