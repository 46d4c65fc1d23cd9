import { type Cells, MOST_NAMES } from './cells.ts';

/** Types of values (winnt.h); others are bytes. */
const TYPE = { none: 0, text: 1, expandable: 2, binary: 3, number: 4, bigEndian: 5, link: 6, texts: 7, longNumber: 11 } as const;
const RESIDENT = 0x8000_0000;

/** A value of a key. */
export interface RegistryValue {
  /** Empty for the key's default value. */
  readonly name: string;
  /** Number of its type; the names of accounts carry their number here. */
  readonly type: number;
  readonly bytes: Buffer;
}

/** Reads a value's cell. Throws Unreadable and RangeError. */
export async function readValue(cells: Cells, offset: number): Promise<RegistryValue> {
  const cell = await cells.at(offset);
  if (cell.toString('latin1', 0, 2) !== 'vk') throw new RangeError(`the cell ${offset} holds no value`);
  const nameLength = cell.readUInt16LE(2);
  const isLatin = (cell.readUInt16LE(16) & 1) === 1;
  const name = nameOf(cell, { at: 20, length: nameLength, isLatin });
  const size = cell.readUInt32LE(4);
  const length = size & ~RESIDENT;
  const isResident = size >= RESIDENT;
  const bytes = isResident ? cell.subarray(8, 8 + Math.min(4, length)) : await cells.data(cell.readUInt32LE(8), length);
  return { name, type: cell.readUInt32LE(12), bytes: Buffer.from(length === 0 ? [] : bytes) };
}

/** A name in a cell: a byte each letter, or two. */
export function nameOf(
  cell: Buffer,
  { at, length, isLatin }: { readonly at: number; readonly length: number; readonly isLatin: boolean },
): string {
  if (at + length > cell.length) throw new RangeError(`a name of ${length} bytes in a cell of ${cell.length}`);
  return cell.toString(isLatin ? 'latin1' : 'utf16le', at, at + length);
}

/** A value as text: numbers in decimal, the texts of a list joined by `;`, bytes in hexadecimal. */
export function textOf({ type, bytes }: RegistryValue): string {
  switch (type) {
    case TYPE.text:
    case TYPE.expandable:
    case TYPE.link:
      return bytes.toString('utf16le').replace(/\0.*$/s, '');
    case TYPE.texts:
      return textsOf({ type, bytes }).join(';');
    case TYPE.number:
      return bytes.length >= 4 ? String(bytes.readUInt32LE(0)) : '';
    case TYPE.bigEndian:
      return bytes.length >= 4 ? String(bytes.readUInt32BE(0)) : '';
    case TYPE.longNumber:
      return bytes.length >= 8 ? String(bytes.readBigUInt64LE(0)) : '';
    default:
      return bytes.toString('hex');
  }
}

/** The texts of a list (REG_MULTI_SZ); one text is a list of one. */
export function textsOf({ bytes }: Pick<RegistryValue, 'type' | 'bytes'>): readonly string[] {
  return bytes
    .toString('utf16le')
    .split('\0')
    .filter((text) => text !== '')
    .slice(0, MOST_NAMES);
}

/** A value as a number; undefined for what is none. */
export function numberOf(value: RegistryValue | undefined): number | undefined {
  return value !== undefined && value.type === TYPE.number && value.bytes.length >= 4 ? value.bytes.readUInt32LE(0) : undefined;
}
