import { marvin32 } from '../../../src/inspect/registry/marvin32.ts';

/** A key of a hive to write: its values by name (text, number, list of texts, bytes) and its keys by name. `''` is the value without a name. */
export interface HiveKey {
  readonly values?: Readonly<Record<string, HiveValue>>;
  readonly keys?: Readonly<Record<string, HiveKey>>;
}

/** `type` says the number of the type where the bytes do not. */
export type HiveValue = string | number | readonly string[] | Buffer | { readonly type: number; readonly bytes: Buffer };

const NONE = 0xffff_ffff;
const SEGMENT = 16_344;

/** A hive as Windows writes one: version 1.5, lists of the kind `lh`, long values in segments. Judged by hivex in the disks suite. */
export function writeHive(root: HiveKey): Buffer {
  const cells: Buffer[] = [];
  let end = 32;
  const put: Put = (content) => {
    const size = Math.ceil((content.length + 4) / 8) * 8;
    const cell = Buffer.alloc(size);
    cell.writeInt32LE(-size, 0);
    content.copy(cell, 4);
    cells.push(cell);
    end += size;
    return { at: end - size, content: cell.subarray(4) };
  };
  const security = put(securityCell()).at;
  const at = putKey(put, 'CMI-CreateHive{00000000-0000-0000-0000-000000000000}', root, { parent: NONE, flags: 0x2c, security });
  const length = Math.ceil((end + 8) / 4096) * 4096;
  const bins = Buffer.alloc(length);
  bins.write('hbin', 0, 'latin1');
  bins.writeUInt32LE(length, 8);
  Buffer.concat(cells).copy(bins, 32);
  bins.writeInt32LE(length - end, end);
  return Buffer.concat([baseBlock({ root: at, length, primary: 1, secondary: 1 }), bins]);
}

/** Puts a cell behind the others: its offset, and what it holds, to be filled. */
type Put = (content: Buffer) => { readonly at: number; readonly content: Buffer };

interface Place {
  readonly parent: number;
  readonly flags: number;
  readonly security: number;
}

function putKey(put: Put, name: string, { values = {}, keys = {} }: HiveKey, place: Place): number {
  const { at, content: cell } = put(Buffer.alloc(76 + name.length));
  const children = Object.entries(keys)
    .sort(([one], [other]) => (one.toUpperCase() < other.toUpperCase() ? -1 : 1))
    .map(([child, key]) => ({ name: child, at: putKey(put, child, key, { ...place, parent: at, flags: 0x20 }) }));
  const held = Object.entries(values).map(([value, content]) => putValue(put, value, content));
  cell.write('nk', 0, 'latin1');
  cell.writeUInt16LE(place.flags, 2);
  cell.writeUInt32LE(place.parent, 16);
  cell.writeUInt32LE(children.length, 20);
  cell.writeUInt32LE(children.length === 0 ? NONE : put(listOf(children)).at, 28);
  cell.writeUInt32LE(NONE, 32);
  cell.writeUInt32LE(held.length, 36);
  cell.writeUInt32LE(held.length === 0 ? NONE : put(words(held)).at, 40);
  cell.writeUInt32LE(place.security, 44);
  cell.writeUInt32LE(NONE, 48);
  cell.writeUInt16LE(name.length, 72);
  cell.write(name, 76, 'latin1');
  return at;
}

function listOf(children: readonly { readonly name: string; readonly at: number }[]): Buffer {
  const cell = Buffer.alloc(4 + children.length * 8);
  cell.write('lh', 0, 'latin1');
  cell.writeUInt16LE(children.length, 2);
  for (const [index, { name, at }] of children.entries()) {
    cell.writeUInt32LE(at, 4 + index * 8);
    const hash = [...name.toUpperCase()].reduce((sum, letter) => (Math.imul(sum, 37) + letter.charCodeAt(0)) >>> 0, 0);
    cell.writeUInt32LE(hash, 8 + index * 8);
  }
  return cell;
}

function putValue(put: Put, name: string, value: HiveValue): number {
  const { type, bytes } = toBytes(value);
  const cell = Buffer.alloc(20 + name.length);
  cell.write('vk', 0, 'latin1');
  cell.writeUInt16LE(name.length, 2);
  const isResident = bytes.length <= 4;
  cell.writeUInt32LE((bytes.length | (isResident ? 0x8000_0000 : 0)) >>> 0, 4);
  if (isResident) bytes.copy(cell, 8);
  else cell.writeUInt32LE(putData(put, bytes), 8);
  cell.writeUInt32LE(type, 12);
  cell.writeUInt16LE(1, 16);
  cell.write(name, 20, 'latin1');
  return put(cell).at;
}

function putData(put: Put, bytes: Buffer): number {
  if (bytes.length <= SEGMENT) return put(bytes).at;
  const count = Math.ceil(bytes.length / SEGMENT);
  const segments = Array.from({ length: count }, (_, index) => put(bytes.subarray(index * SEGMENT, (index + 1) * SEGMENT)).at);
  const cell = Buffer.alloc(8);
  cell.write('db', 0, 'latin1');
  cell.writeUInt16LE(count, 2);
  cell.writeUInt32LE(put(words(segments)).at, 4);
  return put(cell).at;
}

function toBytes(value: HiveValue): { readonly type: number; readonly bytes: Buffer } {
  if (typeof value === 'string') return { type: 1, bytes: Buffer.from(`${value}\0`, 'utf16le') };
  if (typeof value === 'number') return { type: 4, bytes: words([value]) };
  if (Buffer.isBuffer(value)) return { type: 3, bytes: value };
  return 'type' in value
    ? value
    : {
        type: 7,
        bytes: Buffer.from(
          value
            .map((text) => `${text}\0`)
            .join('')
            .concat('\0'),
          'utf16le',
        ),
      };
}

function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}

/** One descriptor that all keys share: it names nobody. */
function securityCell(): Buffer {
  const descriptor = Buffer.from('010004800000000000000000000000000000000000', 'hex');
  const cell = Buffer.alloc(20 + descriptor.length);
  cell.write('sk', 0, 'latin1');
  cell.writeUInt32LE(32, 4);
  cell.writeUInt32LE(32, 8);
  cell.writeUInt32LE(1, 12);
  cell.writeUInt32LE(descriptor.length, 16);
  descriptor.copy(cell, 20);
  return cell;
}

/** The sector that a hive begins with. */
export function baseBlock(of: {
  readonly root: number;
  readonly length: number;
  readonly primary: number;
  readonly secondary: number;
}): Buffer {
  const block = Buffer.alloc(4096);
  block.write('regf', 0, 'latin1');
  for (const [at, number] of [
    [4, of.primary],
    [8, of.secondary],
    [20, 1],
    [24, 5],
    [32, 1],
    [36, of.root],
    [40, of.length],
    [44, 1],
  ] as const) {
    block.writeUInt32LE(number, at);
  }
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= block.readInt32LE(at);
  block.writeUInt32LE(sum >>> 0, 508);
  return block;
}

/** A hive that was being written when the machine stopped, with the log that brings it to the end: the pages of `after` that `before` lacks. */
export function interrupted(before: Buffer, after: Buffer): { readonly hive: Buffer; readonly log: Buffer } {
  const pages: number[] = [];
  for (let at = 0; 4096 + at < after.length; at += 512) {
    if (!after.subarray(4096 + at, 4608 + at).equals(before.subarray(4096 + at, 4608 + at))) pages.push(at);
  }
  const head = { root: after.readUInt32LE(36), length: before.length - 4096, primary: 2, secondary: 1 };
  const hive = Buffer.concat([baseBlock(head), before.subarray(4096)]);
  return { hive, log: Buffer.concat([baseBlock({ ...head, secondary: 2 }).subarray(0, 512), logEntry(after, pages, 1)]) };
}

function logEntry(after: Buffer, pages: readonly number[], sequence: number): Buffer {
  const size = Math.ceil((40 + pages.length * 520) / 512) * 512;
  const entry = Buffer.alloc(size);
  entry.write('HvLE', 0, 'latin1');
  for (const [at, number] of [
    [4, size],
    [12, sequence],
    [16, after.length - 4096],
    [20, pages.length],
  ] as const)
    entry.writeUInt32LE(number, at);
  for (const [index, page] of pages.entries()) {
    entry.writeUInt32LE(page, 40 + index * 8);
    entry.writeUInt32LE(512, 44 + index * 8);
    after.copy(entry, 40 + pages.length * 8 + index * 512, 4096 + page, 4608 + page);
  }
  entry.writeBigUInt64LE(marvin32(entry.subarray(40)), 24);
  entry.writeBigUInt64LE(marvin32(entry.subarray(0, 32)), 32);
  return entry;
}
