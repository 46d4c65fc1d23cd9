import type { Catalog, VmSeries } from '../catalog/schema.ts';
import type { AmiDisk } from '../model/index.ts';
import type { VmSize } from './choose-size.ts';
import { grouped } from './fit-disk.ts';
import { countOf } from './size-reasons.ts';
import { mapVolume } from './volume.ts';
import { demandOf } from './volume-demand.ts';

/**
 * What disks are asked to do together, throughput in MB/s: what is above the least that each volume's type does, since nobody asked for that.
 * `data` counts data disks; `fast` is true where one of them is Ultra Disk or Premium SSD v2.
 */
interface Together {
  readonly data: number;
  readonly iops: number;
  readonly throughput: number;
  readonly fast: boolean;
}

/** Volumes on a VM size: whether its own limits hold them. */
export type DisksOnSize =
  | { readonly kind: 'held'; readonly size: string; readonly reason: string }
  /** `enough` is the smallest size of the series that holds them; undefined where none is known to. */
  | { readonly kind: 'exceeded'; readonly size: string; readonly reason: string; readonly enough: string | undefined }
  | { readonly kind: 'unknown'; readonly size: string; readonly reason: string };

type Machines = Pick<Catalog, 'series' | 'volumes' | 'disks'>;

/**
 * The volumes against the limits of a VM size, which hold for all disks together, beside those of each disk. Undefined without volumes, and for a
 * size that the catalog lacks. Source: sizes overview, "remote storage": uncached, without bursts.
 */
export function disksOnSize(name: string, volumes: readonly AmiDisk[], catalog: Machines): DisksOnSize | undefined {
  const series = catalog.series.find(({ sizes }) => sizes.some((size) => size.name === name));
  const size = series?.sizes.find((one) => one.name === name);
  const asked = together(volumes, catalog);
  if (series === undefined || size === undefined || asked === undefined) return undefined;
  if (size.remote === undefined) {
    return {
      kind: 'unknown',
      size: name,
      reason: `ask the sizes API what all disks of ${name} do together (UncachedDiskIOPS): ${told(asked)}`,
    };
  }
  const most = limitsOf(size.remote, asked);
  const limits = `${name} holds ${countOf(size.remote.disks, 'data disk')}, together ${grouped(most.iops)} IOPS and ${grouped(most.throughput)} MB/s`;
  if (holds(size, asked)) return { kind: 'held', size: name, reason: limits };
  const enough = smallestHolding(series, size, asked);
  const cure =
    enough === undefined ? 'no larger size of its series is known to hold them' : `${enough} is the smallest of its series that holds them`;
  return { kind: 'exceeded', size: name, reason: `${limits}; ${told(asked)}: ${cure}`, enough };
}

function told({ data, iops, throughput }: Together): string {
  const asked = [...(iops > 0 ? [`${grouped(iops)} IOPS`] : []), ...(throughput > 0 ? [`${grouped(throughput)} MB/s`] : [])];
  return `the volumes are ${countOf(data, 'data disk')}${asked.length > 0 ? ` and were given ${asked.join(' and ')}` : ''}`;
}

function together(volumes: readonly AmiDisk[], catalog: Machines): Together | undefined {
  const disks = volumes.flatMap((disk) => {
    const mapping = mapVolume(disk, catalog);
    const volume = catalog.volumes.find(({ id }) => id === disk.type);
    if (mapping.kind !== 'managed-disk' || volume === undefined) return [];
    const demand = demandOf(disk, volume);
    const { minIops = 0, minThroughput = 0 } = volume.performance ?? {};
    return [
      {
        data: disk.root ? 0 : 1,
        iops: demand.iops > minIops ? (mapping.iops ?? demand.iops) : 0,
        throughput: demand.stated && demand.mebibytes > minThroughput ? (mapping.throughput ?? demand.throughput) : 0,
        fast: mapping.iops !== undefined,
      },
    ];
  });
  if (disks.length === 0) return undefined;
  const sum = (of: (disk: (typeof disks)[number]) => number) => disks.reduce((all, disk) => all + of(disk), 0);
  return {
    data: sum(({ data }) => data),
    iops: sum(({ iops }) => iops),
    throughput: sum(({ throughput }) => throughput),
    fast: disks.some(({ fast }) => fast),
  };
}

type Remote = NonNullable<VmSize['remote']>;

function limitsOf(remote: Remote, { fast }: Together): { readonly iops: number; readonly throughput: number } {
  return (fast ? remote.fast : undefined) ?? remote;
}

function holds({ remote }: VmSize, asked: Together): boolean {
  if (remote === undefined) return false;
  const most = limitsOf(remote, asked);
  return asked.data <= remote.disks && asked.iops <= most.iops && asked.throughput <= most.throughput;
}

function smallestHolding({ sizes }: VmSeries, than: VmSize, asked: Together): string | undefined {
  const larger = sizes.filter((size) => size.vcpus >= than.vcpus && size.memoryGiB >= than.memoryGiB && holds(size, asked));
  return larger.toSorted((a, b) => a.vcpus - b.vcpus || a.memoryGiB - b.memoryGiB)[0]?.name;
}
