import { nameText } from '../../bytes.ts';
import { isName } from '../file-system.ts';

/** A name and the number of its inode. */
export interface DirectoryEntry {
  readonly name: string;
  readonly inode: number;
}

const HEADER = 8;

/**
 * The entries in blocks of a directory. Blocks of its hash tree look like empty entries, which is why they need no care.
 * Throws RangeError for an entry that leaves its block.
 */
export function* directoryEntries(bytes: Buffer, blockSize: number, start = 0): Generator<DirectoryEntry> {
  for (let at = start; at + HEADER <= bytes.length; ) {
    const inode = bytes.readUInt32LE(at);
    const length = recordLength(bytes.readUInt16LE(at + 4), blockSize);
    const nameLength = bytes.readUInt8(at + 6);
    const left = blockSize - (at % blockSize);
    if (length < HEADER || length > left || HEADER + nameLength > length)
      throw new RangeError(`a directory entry of ${length} bytes at ${at}`);
    if (inode !== 0 && nameLength > 0) {
      const name = nameText(bytes.subarray(at + HEADER, at + HEADER + nameLength));
      if (!isName(name)) throw new RangeError(`the name ${JSON.stringify(name)} in a directory`);
      if (name !== '.' && name !== '..') yield { name, inode };
    }
    at += length;
  }
}

/** Blocks of 64 KiB do not fit into 16 bits (kernel: ext4_rec_len_from_disk). */
function recordLength(length: number, blockSize: number): number {
  if (blockSize < 65536) return length;
  return length === 65535 || length === 0 ? 65536 : (length & 65532) | ((length & 3) << 16);
}
