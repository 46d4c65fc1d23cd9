import type { BlockSource } from '../../blocks/block-source.ts';
import { type Extent, inOrder } from '../extents.ts';
import type { BootSector } from './boot-sector.ts';

const FIRST = 2;
/** Entries from here on end a chain. */
const END = { 12: 0xff8, 16: 0xfff8, 32: 0x0ffffff8 } as const;
/** Bytes of the table that are read at once. */
const WINDOW = 65536;
/** A larger table is not counted through. */
const LARGEST_COUNTED = 4 * 2 ** 20;

/** Where the clusters of a chain lie. Throws RangeError for one that leads nowhere or into itself. */
export async function readChain(disk: BlockSource, boot: BootSector, first: number): Promise<readonly Extent[]> {
  const { data, clusterSize, clusters, bits } = boot;
  const next = tableReader(disk, boot);
  const pieces: Extent[] = [];
  for (let cluster = first; cluster < END[bits]; cluster = await next(cluster)) {
    if (cluster < FIRST || cluster >= clusters + FIRST) throw new RangeError(`cluster ${cluster} of ${clusters} in its chain`);
    if (pieces.length > clusters) throw new RangeError('its chain of clusters leads into itself');
    pieces.push({ start: pieces.length * clusterSize, length: clusterSize, place: data + (cluster - FIRST) * clusterSize });
  }
  return inOrder(pieces);
}

/** Clusters that are not free; undefined for a table that is too large to count. */
export async function usedClusters(disk: BlockSource, boot: BootSector): Promise<number | undefined> {
  if (boot.tableLength > LARGEST_COUNTED) return undefined;
  const next = tableReader(disk, boot);
  let used = 0;
  for (let cluster = FIRST; cluster < boot.clusters + FIRST; cluster += 1) if ((await next(cluster)) !== 0) used += 1;
  return used;
}

/** Reads entries of the table, a window of it at a time. */
function tableReader(disk: BlockSource, { table, tableLength, bits }: BootSector): (cluster: number) => Promise<number> {
  let from = 0;
  let window: Buffer = Buffer.alloc(0);
  return async (cluster) => {
    const at = Math.floor((cluster * bits) / 8);
    if (at < from || at + 4 > from + window.length) {
      from = Math.max(0, at - (at % WINDOW) - 4);
      window = await disk.read(table + from, Math.min(WINDOW + 8, tableLength - from));
    }
    switch (bits) {
      case 12: {
        const pair = window.readUInt16LE(at - from);
        return cluster % 2 === 0 ? pair & 0xfff : pair >> 4;
      }
      case 16:
        return window.readUInt16LE(at - from);
      case 32:
        return window.readUInt32LE(at - from) & 0x0fffffff;
    }
  };
}
