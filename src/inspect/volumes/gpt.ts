import { crc32 } from 'node:zlib';
import type { BlockSource } from '../blocks/block-source.ts';
import { guidText, readU64LE } from '../bytes.ts';
import { type Partition, type PartitionTable, SECTOR } from './partition-table.ts';
import { GPT_TYPES } from './partition-types.ts';

const SIGNATURE = 'EFI PART';
const HEADER = 92;
/** Large disks have sectors of 4 KiB, and count in them. */
const SECTOR_SIZES = [SECTOR, 4096] as const;
const ENTRY = { least: 128, most: 4096 } as const;
/** Partitions of a table are 128 as a rule; the kernel knows no more than 256 of a disk. */
const MOST_ENTRIES = 1024;
const LEGACY_BOOTABLE = 0x4;

/**
 * The GPT of a disk: by the header at its beginning, else by the copy at its end. Undefined when there is neither. A header counts when its checksum and
 * that of its table are right (UEFI specification, 5.3.2).
 */
export async function readGpt(disk: BlockSource): Promise<PartitionTable | undefined> {
  const failures: string[] = [];
  for (const sector of SECTOR_SIZES) {
    const last = Math.floor(disk.size / sector) - 1;
    for (const [which, at] of [['first', 1] as const, ['backup', last] as const]) {
      const found = await attempt(disk, sector, at);
      if (typeof found !== 'string') return { kind: 'gpt', partitions: found, damage: failures.map((reason) => reason) };
      if (found !== '') failures.push(`the ${which} header of its GPT ${found}`);
    }
  }
  return failures.length === 0 ? undefined : { kind: 'gpt', partitions: [], damage: failures };
}

/** The partitions by the header in a sector, or why it does not count; empty when there is none. */
async function attempt(disk: BlockSource, sector: number, at: number): Promise<readonly Partition[] | string> {
  if (at < 1 || (at + 1) * sector > disk.size) return '';
  const bytes = await disk.read(at * sector, sector);
  if (bytes.toString('latin1', 0, SIGNATURE.length) !== SIGNATURE) return '';
  const length = bytes.readUInt32LE(12);
  if (length < HEADER || length > sector) return `claims a length of ${length} bytes`;
  const zeroed = Buffer.from(bytes.subarray(0, length));
  zeroed.writeUInt32LE(0, 16);
  if (crc32(zeroed) !== bytes.readUInt32LE(16)) return 'has a wrong checksum';
  return readTable(disk, sector, bytes);
}

async function readTable(disk: BlockSource, sector: number, header: Buffer): Promise<readonly Partition[] | string> {
  const count = header.readUInt32LE(80);
  const entrySize = header.readUInt32LE(84);
  if (count > MOST_ENTRIES || entrySize < ENTRY.least || entrySize > ENTRY.most) return `claims ${count} entries of ${entrySize} bytes`;
  const start = readU64LE(header, 72) * sector;
  if (start + count * entrySize > disk.size) return `has its table at byte ${start}, behind the end`;
  const table = await disk.read(start, count * entrySize);
  if (crc32(table) !== header.readUInt32LE(88)) return 'has a table with a wrong checksum';
  return Array.from({ length: count }, (_, index) => table.subarray(index * entrySize, (index + 1) * entrySize)).flatMap(
    (entry, index) => partition(entry, index + 1, sector) ?? [],
  );
}

function partition(entry: Buffer, number: number, sector: number): Partition | undefined {
  const type = guidText(entry, 0);
  if (/^[0-]+$/.test(type)) return undefined;
  const first = readU64LE(entry, 32);
  const last = readU64LE(entry, 40);
  return {
    number,
    start: first * sector,
    size: Math.max(0, last - first + 1) * sector,
    type,
    use: GPT_TYPES[type] ?? 'other',
    name: entry.toString('utf16le', 56, 128).replace(/\0.*$/s, ''),
    partUuid: guidText(entry, 16).toLowerCase(),
    active: (entry.readUInt32LE(48) & LEGACY_BOOTABLE) !== 0,
  };
}
