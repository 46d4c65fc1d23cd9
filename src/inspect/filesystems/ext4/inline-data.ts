import type { InodeRecord } from './inode.ts';

const ATTRIBUTES_MAGIC = 0xea020000;
/** Index of the prefix `system.`; the attribute is `system.data`. */
const SYSTEM = 7;
const ENTRY = 16;

/** Content that lies in the inode: its 60 bytes, then its extended attribute `system.data`. Throws RangeError for attributes that are broken. */
export function inlineData({ block, bytes }: InodeRecord): Buffer {
  const rest = systemData(bytes);
  return rest.length === 0 ? block : Buffer.concat([block, rest]);
}

function systemData(inode: Buffer): Buffer {
  const first = 128 + inode.readUInt16LE(0x80) + 4;
  if (first + 4 > inode.length || inode.readUInt32LE(first - 4) !== ATTRIBUTES_MAGIC) return Buffer.alloc(0);
  for (let at = first; at + ENTRY <= inode.length && inode.readUInt32LE(at) !== 0; ) {
    const nameLength = inode.readUInt8(at);
    const name = inode.toString('latin1', at + ENTRY, at + ENTRY + nameLength);
    if (inode.readUInt8(at + 1) === SYSTEM && name === 'data') {
      const value = first + inode.readUInt16LE(at + 2);
      const length = inode.readUInt32LE(at + 8);
      if (value + length > inode.length)
        throw new RangeError(`its inline data ends at byte ${value + length} of an inode of ${inode.length}`);
      return inode.subarray(value, value + length);
    }
    at += (ENTRY + nameLength + 3) & ~3;
  }
  return Buffer.alloc(0);
}
