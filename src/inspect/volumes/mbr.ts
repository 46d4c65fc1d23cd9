import type { BlockSource } from '../blocks/block-source.ts';
import { type Partition, type PartitionTable, SECTOR } from './partition-table.ts';
import { MBR_TYPES } from './partition-types.ts';

const TABLE = 446;
const ENTRY = 16;
const BOOT_SIGNATURE = 0xaa55;
const ACTIVE = 0x80;
const FIRST_LOGICAL = 5;
/** The kernel follows a hundred links of an extended partition (block/partitions/msdos.c). */
const MOST_LOGICAL = 100;

interface TableEntry {
  readonly flag: number;
  readonly type: number;
  /** Sectors. */
  readonly start: number;
  readonly size: number;
}

/** Whether a sector ends like a boot sector. */
export function hasBootSignature(sector: Buffer): boolean {
  return sector.length >= SECTOR && sector.readUInt16LE(510) === BOOT_SIGNATURE;
}

/** The MBR of a disk with its logical partitions; undefined when the first sector holds no table that makes sense. */
export async function readMbr(disk: BlockSource): Promise<PartitionTable | undefined> {
  const sector = await disk.read(0, SECTOR);
  const entries = entriesOf(sector);
  const used = entries.filter(({ type }) => type !== 0);
  const sound =
    entries.every(({ flag }) => flag === 0 || flag === ACTIVE) && used.every(({ start }) => start > 0 && start * SECTOR < disk.size);
  if (!hasBootSignature(sector) || used.length === 0 || !sound) return undefined;
  const signature = sector.readUInt32LE(440).toString(16).padStart(8, '0');
  const primary = entries.flatMap((entry, index) => (entry.type === 0 ? [] : [toPartition(entry, index + 1, entry.start, signature)]));
  const extended = primary.find(({ use }) => use === 'extended');
  const logical = extended ? await readLogical(disk, extended.start / SECTOR, signature) : { partitions: [], damage: [] };
  return {
    kind: 'mbr',
    partitions: [...primary.filter(({ use }) => use !== 'extended'), ...logical.partitions],
    damage: logical.damage,
  };
}

/** Each logical partition lies behind a table of its own, which says where the next one is, counted from the extended partition. */
async function readLogical(disk: BlockSource, extended: number, signature: string): Promise<Omit<PartitionTable, 'kind'>> {
  const partitions: Partition[] = [];
  const seen = new Set<number>();
  for (let at: number | undefined = extended; at !== undefined; ) {
    if (seen.has(at) || seen.size >= MOST_LOGICAL) return { partitions, damage: ['the chain of its logical partitions leads into itself'] };
    seen.add(at);
    if ((at + 1) * SECTOR > disk.size) return { partitions, damage: ['the chain of its logical partitions leads behind the end'] };
    const sector = await disk.read(at * SECTOR, SECTOR);
    if (!hasBootSignature(sector)) return { partitions, damage: [`the table of a logical partition at sector ${at} has no signature`] };
    const [own, next] = entriesOf(sector);
    if (own && own.type !== 0) partitions.push(toPartition(own, FIRST_LOGICAL + partitions.length, at + own.start, signature));
    at = next && MBR_TYPES[next.type] === 'extended' ? extended + next.start : undefined;
  }
  return { partitions, damage: [] };
}

function entriesOf(sector: Buffer): readonly TableEntry[] {
  return [0, 1, 2, 3].map((index) => {
    const at = TABLE + index * ENTRY;
    return {
      flag: sector.readUInt8(at),
      type: sector.readUInt8(at + 4),
      start: sector.readUInt32LE(at + 8),
      size: sector.readUInt32LE(at + 12),
    };
  });
}

function toPartition({ flag, type, size }: TableEntry, number: number, start: number, signature: string): Partition {
  return {
    number,
    start: start * SECTOR,
    size: size * SECTOR,
    type: type.toString(16).padStart(2, '0'),
    use: MBR_TYPES[type] ?? 'other',
    name: '',
    partUuid: `${signature}-${number.toString(16).padStart(2, '0')}`,
    active: flag === ACTIVE,
  };
}
