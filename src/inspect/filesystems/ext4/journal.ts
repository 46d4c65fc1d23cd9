import { firstWhere } from '../../../model/index.ts';
import { type BlockSource, checkRange } from '../../blocks/block-source.ts';
import { crc32c } from '../../crc32c.ts';
import { type Extent, readExtents } from '../extents.ts';
import { BLOCK_TYPE } from './journal-block-type.ts';
import { type JournalBlock, readDescriptor, readRevoked, type Tag } from './journal-blocks.ts';
import { type JournalSuperblock, readJournalSuperblock } from './journal-superblock.ts';

/** The journal's file. */
export interface JournalFile {
  readonly extents: readonly Extent[];
  /** Bytes. */
  readonly size: number;
}

/** A block of the file system whose content is still in the journal. */
interface Pending {
  /** Block of the journal. */
  readonly at: number;
  readonly tag: Tag;
  readonly sequence: number;
}

/**
 * The file system as it is once its journal is played back: committed blocks of the journal lie over those of the disk, and nothing is written.
 * What a crash left unfinished does not count, as with the kernel (fs/jbd2/recovery.c). Throws RangeError for a journal that is broken.
 */
export async function replayJournal(disk: BlockSource, blockSize: number, file: JournalFile): Promise<BlockSource> {
  const superblock = readJournalSuperblock(await readExtents(disk, file.extents, 0, 1024), file.size, blockSize);
  if (superblock.start === 0) return disk;
  const journal: Journal = { superblock, block: (index) => readExtents(disk, file.extents, index * blockSize, blockSize) };
  const pending = await readTransactions(journal);
  return pending.size === 0 ? disk : overlay(disk, blockSize, pending, journal);
}

interface Journal {
  readonly superblock: JournalSuperblock;
  /** A block of the journal by its number. */
  block(index: number): Promise<Buffer>;
}

async function readTransactions(journal: Journal): Promise<ReadonlyMap<number, Pending>> {
  const { superblock } = journal;
  const committed: Pending[] = [];
  const revoked = new Map<number, number>();
  let current: Pending[] = [];
  let revokedNow: number[] = [];
  let sequence = superblock.sequence;
  // The log goes round, and is read once.
  for (let index = superblock.start, read = 0; read < superblock.blocks; ) {
    const step = (count: number) => {
      index = superblock.first + ((index - superblock.first + count) % (superblock.end - superblock.first));
      read += count;
    };
    const block = journalBlock(superblock, await journal.block(index), sequence);
    if (!block) break;
    step(1);
    if (block.type === BLOCK_TYPE.descriptor) {
      for (const tag of readDescriptor(superblock, block.bytes)) {
        current.push({ at: index, tag, sequence });
        step(1);
      }
    } else if (block.type === BLOCK_TYPE.revoke) {
      revokedNow.push(...readRevoked(superblock, block.bytes));
    } else if (block.type === BLOCK_TYPE.commit) {
      committed.push(...current);
      for (const number of revokedNow) revoked.set(number, sequence);
      current = [];
      revokedNow = [];
      sequence = (sequence + 1) >>> 0;
    } else break;
  }
  await refuseFastCommits(journal, sequence);
  const alive = committed.filter(({ tag, sequence: of }) => !isRevoked(revoked.get(tag.block), of));
  return new Map(alive.map((write) => [write.tag.block, write]));
}

/** A revocation counts for its own transaction and all before it; the numbers go round. */
function isRevoked(at: number | undefined, sequence: number): boolean {
  return at !== undefined && ((at - sequence) | 0) >= 0;
}

/** A block of the log that belongs to this transaction; undefined where the log ends, also by a checksum that is wrong: it was not written whole. */
function journalBlock(superblock: JournalSuperblock, bytes: Buffer, sequence: number): JournalBlock | undefined {
  if (bytes.readUInt32BE(0) !== BLOCK_TYPE.magic || bytes.readUInt32BE(8) !== sequence) return undefined;
  const type = bytes.readUInt32BE(4);
  if (superblock.checksums !== 'none') {
    const at = type === BLOCK_TYPE.commit ? 16 : bytes.length - 4;
    const zeroed = Buffer.from(bytes);
    zeroed.writeUInt32BE(0, at);
    if (crc32c(superblock.seed, zeroed) !== bytes.readUInt32BE(at)) return undefined;
  }
  return { type, bytes };
}

const FAST_COMMIT_HEAD = 9;

/** Fast commits tell what was done, not which blocks it changed. */
async function refuseFastCommits({ superblock, block }: Journal, sequence: number): Promise<void> {
  if (superblock.end >= superblock.blocks) return;
  const first = await block(superblock.end);
  const pending = first.readUInt16LE(0) === FAST_COMMIT_HEAD && first.readUInt32LE(8) === sequence;
  if (pending) throw new RangeError('holds fast commits, which are not played back; unmount the file system before the snapshot is made');
}

/** Blocks that lie in the journal in place of those on the disk; read, and their checksum compared, when they are asked for. */
function overlay(disk: BlockSource, blockSize: number, pending: ReadonlyMap<number, Pending>, journal: Journal): BlockSource {
  const places = [...pending.keys()].sort((one, other) => one - other);
  return {
    size: disk.size,
    async read(offset, length) {
      checkRange(disk.size, offset, length);
      const first = Math.floor(offset / blockSize);
      const met = between(places, first, Math.floor((offset + length - 1) / blockSize)).flatMap((place) => pending.get(place) ?? []);
      const bytes = await disk.read(offset, length);
      if (met.length === 0) return bytes;
      const patched = Buffer.from(bytes);
      const patches = met.map(async (write) => ({ write, content: await contentOf(journal, write) }));
      for (const { write, content } of await Promise.all(patches)) {
        const start = write.tag.block * blockSize - offset;
        content.copy(patched, Math.max(0, start), Math.max(0, -start), Math.max(0, Math.min(blockSize, length - start)));
      }
      return patched;
    },
  };
}

async function contentOf({ superblock, block }: Journal, { at, tag, sequence }: Pending): Promise<Buffer> {
  const bytes = await block(at);
  if (superblock.checksums !== 'none') {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(sequence);
    const sum = crc32c(crc32c(superblock.seed, number), bytes);
    const expected = superblock.checksums === 'whole' ? sum : sum & 0xffff;
    if (expected !== tag.checksum) throw new RangeError(`block ${at} of the journal has a wrong checksum`);
  }
  if (!tag.escaped) return bytes;
  const restored = Buffer.from(bytes);
  restored.writeUInt32BE(BLOCK_TYPE.magic, 0);
  return restored;
}

/** The numbers of a sorted list from `first` to `last`. */
function between(sorted: readonly number[], first: number, last: number): readonly number[] {
  return sorted.slice(
    firstWhere(sorted, (number) => number >= first),
    firstWhere(sorted, (number) => number > last),
  );
}
