import { Unreadable } from '../file-tree.ts';

const HASH_MAGIC = 0x061561;
const PAGE_HEADER_BYTES = 26;
const PAGE_HASH_UNSORTED = 2;
const PAGE_OVERFLOW = 7;
const PAGE_HASH = 13;
const ITEM_KEY_DATA = 1;
const ITEM_OFF_PAGE = 3;
/** Encryption or checksums change the layout of every page. */
const META_CHECKSUM = 1;

interface Pages {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  readonly pageBytes: number;
  readonly little: boolean;
  readonly place: string;
}

/** A key and its value in a hash table. */
export interface KeyValue {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * Every pair of a Berkeley DB hash table (Berkeley DB 4 and 5: src/dbinc/db_page.h), in the order of the pages; rpm kept its headers so up to RHEL 8
 * and Amazon Linux 2. Values of many pages lie in chains of overflow pages. Throws `Unreadable`.
 */
export function readBerkeleyHash(bytes: Uint8Array, place: string): readonly KeyValue[] {
  const pages = openPages(bytes, place);
  const pairs: KeyValue[] = [];
  let total = 0;
  for (let page = 1; (page + 1) * pages.pageBytes <= bytes.length; page++) {
    const type = bytes[page * pages.pageBytes + 25];
    if (type !== PAGE_HASH && type !== PAGE_HASH_UNSORTED) continue;
    const found = pairsOf(pages, page * pages.pageBytes);
    total += found.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
    // Every overflow page belongs to one value, so all of them together are no larger than the file.
    if (total > bytes.length) throw new Unreadable(place, 'its values are larger than the file, so pages are used twice');
    pairs.push(...found);
  }
  return pairs;
}

function openPages(bytes: Uint8Array, place: string): Pages {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes.length >= 512 && view.getUint32(12, true) === HASH_MAGIC;
  if (bytes.length < 512 || (!little && view.getUint32(12) !== HASH_MAGIC)) throw new Unreadable(place, 'bad magic at byte 12');
  const pageBytes = view.getUint32(20, little);
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) {
    throw new Unreadable(place, `a page cannot have ${pageBytes} bytes`);
  }
  if (bytes[24] !== 0 || ((bytes[26] ?? 0) & META_CHECKSUM) !== 0)
    throw new Unreadable(place, 'it is encrypted or has checksums, which is not read');
  return { view, bytes, pageBytes, little, place };
}

/** Items are entered from the end of the page; the index at its start alternates between keys and values. */
function pairsOf(pages: Pages, start: number): readonly KeyValue[] {
  const { view, little, pageBytes, place } = pages;
  const entries = view.getUint16(start + 20, little);
  if (PAGE_HEADER_BYTES + entries * 2 > pageBytes) throw new Unreadable(place, `${entries} items do not fit on the page at byte ${start}`);
  const offset = (index: number) => view.getUint16(start + PAGE_HEADER_BYTES + index * 2, little);
  const item = (index: number) => itemAt(pages, start, offset(index), index === 0 ? pageBytes : offset(index - 1));
  return Array.from({ length: entries >> 1 }, (_, pair) => ({ key: item(pair * 2), value: item(pair * 2 + 1) }));
}

function itemAt(pages: Pages, start: number, from: number, to: number): Uint8Array {
  const { view, bytes, little, pageBytes, place } = pages;
  if (from < PAGE_HEADER_BYTES || to > pageBytes || from >= to) throw new Unreadable(place, `a bad item on the page at byte ${start}`);
  const kind = bytes[start + from];
  if (kind === ITEM_KEY_DATA) return bytes.subarray(start + from + 1, start + to);
  if (kind !== ITEM_OFF_PAGE || to - from < 12)
    throw new Unreadable(place, `an item of kind ${kind} on the page at byte ${start} is not read`);
  return overflow(pages, view.getUint32(start + from + 4, little), view.getUint32(start + from + 8, little));
}

function overflow({ view, bytes, little, pageBytes, place }: Pages, first: number, length: number): Uint8Array {
  if (length > bytes.length) throw new Unreadable(place, `a value of ${length} bytes cannot lie in ${bytes.length}`);
  const value = new Uint8Array(length);
  let filled = 0;
  for (let page = first; filled < length; ) {
    const start = page * pageBytes;
    if (page === 0 || start + pageBytes > bytes.length || bytes[start + 25] !== PAGE_OVERFLOW) {
      throw new Unreadable(place, `page ${page} is not the overflow page that an item names`);
    }
    const part = Math.min(view.getUint16(start + 22, little), pageBytes - PAGE_HEADER_BYTES, length - filled);
    if (part === 0) throw new Unreadable(place, `the overflow page ${page} is empty`);
    value.set(bytes.subarray(start + PAGE_HEADER_BYTES, start + PAGE_HEADER_BYTES + part), filled);
    filled += part;
    page = view.getUint32(start + 16, little);
  }
  return value;
}
