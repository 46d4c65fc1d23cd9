import { readU64BE } from '../../bytes.ts';
import type { JournalSuperblock } from './journal-superblock.ts';

const HEADER = 12;
const TAG_FLAG = { escaped: 1, sameUuid: 2, last: 8 } as const;
const UUID = 16;
const CHECKSUM = 4;

/** A block of the log that is not data. */
export interface JournalBlock {
  readonly type: number;
  readonly bytes: Buffer;
}

/** What a descriptor says of one block of data that follows it. */
export interface Tag {
  /** Block of the file system. */
  readonly block: number;
  /** Its first bytes would have looked like a block of the log, and were zeroed. */
  readonly escaped: boolean;
  readonly checksum: number;
}

/** The blocks of data that follow a descriptor, in order. */
export function readDescriptor(superblock: JournalSuperblock, bytes: Buffer): readonly Tag[] {
  const { length, read } = tagFormat(superblock);
  const end = bytes.length - (superblock.checksums === 'none' ? 0 : CHECKSUM);
  const tags: Tag[] = [];
  for (let at = HEADER; at + length <= end; ) {
    const flags = superblock.checksums === 'whole' ? bytes.readUInt32BE(at + 4) : bytes.readUInt16BE(at + 6);
    tags.push({ ...read(bytes, at), escaped: (flags & TAG_FLAG.escaped) !== 0 });
    if ((flags & TAG_FLAG.last) !== 0) break;
    at += length + ((flags & TAG_FLAG.sameUuid) === 0 ? UUID : 0);
  }
  return tags;
}

interface TagFormat {
  readonly length: number;
  read(bytes: Buffer, at: number): { readonly block: number; readonly checksum: number };
}

/** With version 2 of the checksums a tag grew by two bytes that nothing uses (kernel: journal_tag_bytes). */
function tagFormat({ checksums, wide }: JournalSuperblock): TagFormat {
  const high = (bytes: Buffer, at: number) => (wide ? bytes.readUInt32BE(at) * 2 ** 32 : 0);
  if (checksums === 'whole') {
    return {
      length: 16,
      read: (bytes, at) => ({ block: bytes.readUInt32BE(at) + high(bytes, at + 8), checksum: bytes.readUInt32BE(at + 12) }),
    };
  }
  return {
    length: (wide ? 12 : 8) + (checksums === 'half' ? 2 : 0),
    read: (bytes, at) => ({ block: bytes.readUInt32BE(at) + high(bytes, at + 8), checksum: bytes.readUInt16BE(at + 4) }),
  };
}

/** The blocks of the file system that a revocation names. Throws RangeError for a length that leaves the block. */
export function readRevoked({ wide }: JournalSuperblock, bytes: Buffer): readonly number[] {
  const end = bytes.readUInt32BE(HEADER);
  if (end > bytes.length) throw new RangeError(`revokes ${end} bytes in a block of ${bytes.length}`);
  const width = wide ? 8 : 4;
  const first = HEADER + 4;
  return Array.from({ length: Math.max(0, Math.floor((end - first) / width)) }, (_, index) =>
    wide ? readU64BE(bytes, first + index * width) : bytes.readUInt32BE(first + index * width),
  );
}
