import { isName } from '../file-system.ts';

/** An entry of a directory. */
export interface DirectoryEntry {
  readonly name: string;
  readonly isDirectory: boolean;
  /** First cluster; 0 for an empty file. */
  readonly cluster: number;
  readonly size: number;
  /** Seconds since 1970; FAT keeps no time zone, and is read as UTC. */
  readonly mtime: number;
}

const ENTRY = 32;
const DELETED = 0xe5;
/** Stands for a name that begins with the byte of a deleted one. */
const ESCAPED = 0x05;
const LONG_NAME = 0x0f;
const ATTRIBUTE = { label: 0x08, directory: 0x10 } as const;
const LOWER = { base: 0x08, extension: 0x10 } as const;

/** The upper half of code page 437, which Linux takes short names for unless told otherwise. */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' + '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';

/** Entries of a long name that came so far: they lie in front of the short one, last part first. */
interface LongName {
  readonly parts: string;
  readonly expected: number;
  readonly checksum: number;
}

/** The entries of a directory, `.`, `..` and the label left out. Throws RangeError for a name that cannot be one. */
export function directoryEntries(bytes: Buffer, bits: number): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  let long: LongName | undefined;
  for (let at = 0; at + ENTRY <= bytes.length && bytes.readUInt8(at) !== 0; at += ENTRY) {
    const entry = bytes.subarray(at, at + ENTRY);
    const attributes = entry.readUInt8(11);
    if (entry.readUInt8(0) === DELETED) long = undefined;
    else if (attributes === LONG_NAME) long = withPart(long, entry);
    else {
      const name = long?.expected === 0 && long.checksum === checksum(entry) ? long.parts : shortName(entry);
      long = undefined;
      if ((attributes & ATTRIBUTE.label) === 0 && name !== '.' && name !== '..') entries.push(toEntry(entry, name, bits));
    }
  }
  return entries;
}

function toEntry(entry: Buffer, name: string, bits: number): DirectoryEntry {
  if (!isName(name)) throw new RangeError(`the name ${JSON.stringify(name)} in a directory`);
  return {
    name,
    isDirectory: (entry.readUInt8(11) & ATTRIBUTE.directory) !== 0,
    cluster: entry.readUInt16LE(26) + (bits === 32 ? entry.readUInt16LE(20) * 2 ** 16 : 0),
    size: entry.readUInt32LE(28),
    mtime: time(entry.readUInt16LE(24), entry.readUInt16LE(22)),
  };
}

function withPart(long: LongName | undefined, entry: Buffer): LongName | undefined {
  const order = entry.readUInt8(0);
  const sum = entry.readUInt8(13);
  const units = Buffer.concat([entry.subarray(1, 11), entry.subarray(14, 26), entry.subarray(28, 32)]).toString('utf16le');
  const part = units.replace(/\0.*$/s, '');
  const isLast = (order & 0x40) !== 0;
  const number = order & 0x1f;
  if (isLast) return { parts: part, expected: number - 1, checksum: sum };
  return long && long.expected === number && long.checksum === sum
    ? { ...long, parts: part + long.parts, expected: number - 1 }
    : undefined;
}

/** Of the eleven bytes of the short name: what ties a long one to it. */
function checksum(entry: Buffer): number {
  let sum = 0;
  for (const byte of entry.subarray(0, 11)) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

function shortName(entry: Buffer): string {
  const flags = entry.readUInt8(12);
  const first = entry.readUInt8(0) === ESCAPED ? Buffer.from([DELETED]) : entry.subarray(0, 1);
  const base = oemText(Buffer.concat([first, entry.subarray(1, 8)])).trimEnd();
  const extension = oemText(entry.subarray(8, 11)).trimEnd();
  const shownBase = (flags & LOWER.base) === 0 ? base : base.toLowerCase();
  const shownExtension = (flags & LOWER.extension) === 0 ? extension : extension.toLowerCase();
  return shownExtension === '' ? shownBase : `${shownBase}.${shownExtension}`;
}

function oemText(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => CODE_PAGE_437.charAt(byte.charCodeAt(0) - 0x80));
}

function time(date: number, clock: number): number {
  const [year, month, day] = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31];
  return Date.UTC(year, month, day, clock >> 11, (clock >> 5) & 63, (clock & 31) * 2) / 1000;
}
