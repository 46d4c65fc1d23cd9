import type { Partition } from './partition-table.ts';

type Place = Pick<Partition, 'number' | 'start' | 'size'>;

/** What of a table cannot be as it says: partitions that lie over one another, or behind the end of a disk of so many bytes. One sentence each. */
export function oddPartitions(partitions: readonly Place[], diskSize: number): readonly string[] {
  const inOrder = [...partitions].sort((one, other) => one.start - other.start);
  const outside = inOrder.filter(({ start, size }) => start + size > diskSize);
  const over = inOrder.flatMap((partition, index) => {
    const before = inOrder[index - 1];
    return before !== undefined && before.start + before.size > partition.start ? [[before, partition] as const] : [];
  });
  return [
    ...outside.map(
      ({ number, start, size }) => `partition ${number} ends at byte ${start + size}, behind the end of the disk at ${diskSize}`,
    ),
    ...over.map(([one, other]) => `partitions ${one.number} and ${other.number} lie over one another`),
  ];
}
