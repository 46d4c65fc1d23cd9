import type { BlockSource } from '../blocks/block-source.ts';
import { rangeOf } from '../blocks/range.ts';
import { reading } from '../guard.ts';
import { readGpt } from './gpt.ts';
import { readMbr } from './mbr.ts';
import { oddPartitions } from './odd-partitions.ts';
import { toUnread, type Unread, type Volume } from './open-volume.ts';
import type { PartitionTable } from './partition-table.ts';

/** The parts of a disk. */
export interface FoundVolumes {
  readonly table: 'gpt' | 'mbr' | 'none';
  readonly volumes: readonly Volume[];
  readonly unread: readonly Unread[];
}

const WHOLE = 'the whole disk';

/** Divides a disk: by its partition table, and without one it is a single volume. */
export async function findVolumes(disk: BlockSource): Promise<FoundVolumes> {
  try {
    const table = await reading('partition table', async () => (await readGpt(disk)) ?? (await readMbr(disk)));
    if (!table) return { table: 'none', volumes: [{ place: WHOLE, source: disk }], unread: [] };
    return {
      table: table.kind,
      volumes: partitionsOf(disk, table),
      unread: [...table.damage, ...oddPartitions(table.partitions, disk.size)].map((reason) => ({ place: 'partition table', reason })),
    };
  } catch (error) {
    return { table: 'none', volumes: [], unread: [toUnread(error)] };
  }
}

function partitionsOf(disk: BlockSource, { partitions }: PartitionTable): readonly Volume[] {
  return partitions.map((partition) => ({
    place: `partition ${partition.number}`,
    source: rangeOf(disk, partition.start, partition.size),
    partition,
  }));
}
