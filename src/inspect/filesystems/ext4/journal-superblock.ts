import { crc32c } from '../../crc32c.ts';
import { BLOCK_TYPE } from './journal-block-type.ts';

/** Incompatible features of a journal (kernel: include/linux/jbd2.h). */
const FEATURE = { revoke: 0x1, '64bit': 0x2, async_commit: 0x4, csum_v2: 0x8, csum_v3: 0x10, fast_commit: 0x20 } as const;
const VERSION_1 = 3;
const VERSION_2 = 4;
/** Blocks at the end for fast commits when the superblock does not say (JBD2_DEFAULT_FAST_COMMIT_BLOCKS). */
const FAST_COMMIT_BLOCKS = 256;

/** What the first block of a journal says; numbers are of blocks of the journal. */
export interface JournalSuperblock {
  /** All blocks, those for fast commits included. */
  readonly blocks: number;
  /** The first block of the log, and the one behind its last. */
  readonly first: number;
  readonly end: number;
  /** Where the oldest transaction begins; 0 when there is none. */
  readonly start: number;
  /** Number of the oldest transaction. */
  readonly sequence: number;
  /** Numbers of blocks have 64 bits. */
  readonly wide: boolean;
  /** Of a block of data: all of its checksum is kept, half of it, or nothing. */
  readonly checksums: 'none' | 'half' | 'whole';
  /** What every checksum starts from. */
  readonly seed: number;
}

/** Reads a journal's superblock (1,024 bytes) of a file of so many bytes. Throws RangeError for one that makes no sense or has unknown features. */
export function readJournalSuperblock(bytes: Buffer, size: number, blockSize: number): JournalSuperblock {
  const version = bytes.readUInt32BE(4);
  if (bytes.readUInt32BE(0) !== BLOCK_TYPE.magic || (version !== VERSION_1 && version !== VERSION_2))
    throw new RangeError('has no superblock');
  if (bytes.readUInt32BE(12) !== blockSize)
    throw new RangeError(`has blocks of ${bytes.readUInt32BE(12)} bytes, the file system ${blockSize}`);
  const features = version === VERSION_2 ? bytes.readUInt32BE(0x28) : 0;
  const unknown = features & ~Object.values(FEATURE).reduce<number>((all, bit) => all | bit, 0);
  if (unknown !== 0) throw new RangeError(`has a feature that is not known: 0x${(unknown >>> 0).toString(16)}`);
  const blocks = bytes.readUInt32BE(16);
  const first = bytes.readUInt32BE(20);
  const start = bytes.readUInt32BE(28);
  const end = blocks - ((features & FEATURE.fast_commit) === 0 ? 0 : bytes.readUInt32BE(0x54) || FAST_COMMIT_BLOCKS);
  const sound = blocks * blockSize <= size && first >= 1 && first < end && (start === 0 || (start >= first && start < end));
  if (!sound) throw new RangeError(`makes no sense: ${blocks} blocks, log from ${first} to ${end}, begun at ${start}`);
  return {
    ...{ blocks, first, end, start },
    sequence: bytes.readUInt32BE(24),
    wide: (features & FEATURE['64bit']) !== 0,
    checksums: (features & FEATURE.csum_v3) !== 0 ? 'whole' : (features & FEATURE.csum_v2) !== 0 ? 'half' : 'none',
    seed: crc32c(0xffffffff, bytes.subarray(0x30, 0x40)),
  };
}
