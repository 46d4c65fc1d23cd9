import { nameText, readU64BE } from '../../bytes.ts';
import { isName } from '../file-system.ts';
import type { Superblock } from './superblock.ts';

/** A name and the number of its inode. */
export interface DirectoryEntry {
  readonly name: string;
  readonly inode: number;
}

/** Where in the address space of a directory the leaf blocks begin, behind all data. */
export const LEAF_OFFSET = 2 ** 35;

/** The entries of a directory that lies in its inode. Throws RangeError for one that is broken. */
export function* shortEntries({ namesHaveType }: Superblock, fork: Buffer): Generator<DirectoryEntry> {
  const count = fork.readUInt8(0);
  // The second count says how many inode numbers need eight bytes: then all have eight.
  const wide = fork.readUInt8(1) > 0;
  const width = wide ? 8 : 4;
  let at = 2 + width;
  for (let index = 0; index < count; index += 1) {
    const nameLength = fork.readUInt8(at);
    const end = at + 3 + nameLength + (namesHaveType ? 1 : 0);
    const inode = wide ? readU64BE(fork, end) : fork.readUInt32BE(end);
    yield { name: checkedName(fork.subarray(at + 3, at + 3 + nameLength)), inode };
    at = end + width;
  }
}

const MAGIC = { block4: 0x58443242, data4: 0x58443244, block5: 0x58444233, data5: 0x58444433 } as const;
const HEADER = { 4: 16, 5: 64 } as const;
const FREE = 0xffff;

/** The entries of one block of a directory; `.` and `..` are left out. Throws RangeError for one that is broken. */
export function* blockEntries({ version, namesHaveType }: Superblock, bytes: Buffer): Generator<DirectoryEntry> {
  const end = endOfEntries(bytes);
  for (let at: number = HEADER[version]; at < end; ) {
    if (bytes.readUInt16BE(at) === FREE) {
      const length = bytes.readUInt16BE(at + 2);
      if (length < 8 || length % 8 !== 0) throw new RangeError(`an unused directory entry of ${length} bytes at ${at}`);
      at += length;
    } else {
      const nameLength = bytes.readUInt8(at + 8);
      const length = align(8 + 1 + nameLength + (namesHaveType ? 1 : 0) + 2);
      if (at + length > end) throw new RangeError(`a directory entry of ${length} bytes at ${at}`);
      const name = checkedName(bytes.subarray(at + 9, at + 9 + nameLength));
      if (name !== '.' && name !== '..') yield { name, inode: readU64BE(bytes, at) };
      at += length;
    }
  }
}

/** A directory of a single block holds its leaf at its end: so many entries of eight bytes, and eight bytes with their number. */
function endOfEntries(bytes: Buffer): number {
  const magic = bytes.readUInt32BE(0);
  switch (magic) {
    case MAGIC.data4:
    case MAGIC.data5:
      return bytes.length;
    case MAGIC.block4:
    case MAGIC.block5: {
      const end = bytes.length - 8 - bytes.readUInt32BE(bytes.length - 8) * 8;
      if (end < 0) throw new RangeError('a directory block whose leaf is larger than it');
      return end;
    }
    default:
      throw new RangeError(`bad magic 0x${magic.toString(16)} of a directory block`);
  }
}

function align(length: number): number {
  return (length + 7) & ~7;
}

function checkedName(bytes: Buffer): string {
  const name = nameText(bytes);
  if (!isName(name)) throw new RangeError(`the name ${JSON.stringify(name)} in a directory`);
  return name;
}
