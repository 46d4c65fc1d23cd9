import type { VolumeType } from '../catalog/schema.ts';
import type { AmiDisk } from '../model/index.ts';

/** What an EBS volume can do, and so what a managed disk must. */
export interface VolumeDemand {
  readonly sizeGiB: number | undefined;
  readonly iops: number;
  /** MB/s (10^6 bytes), as Azure counts. */
  readonly throughput: number;
  /** The same in MiB/s (2^20 bytes), as EBS counts. */
  readonly mebibytes: number;
  /** False where the throughput is the most that EBS makes of the IOPS: nobody asked for it. */
  readonly stated: boolean;
}

const MIB_IN_MB = 1.048576;

/** The performance that the AMI states for a volume, or what its type does at its size and IOPS when nothing is stated. */
export function demandOf({ sizeGiB, iops: set, throughput }: AmiDisk, { performance }: VolumeType): VolumeDemand {
  const size = sizeGiB ?? 0;
  const limits = performance ?? NOTHING;
  const iops = set ?? within(size * limits.iopsPerGiB, limits.minIops, limits.maxIops);
  const derived = throughputOf(iops, size, limits);
  const mebibytes = throughput ?? derived;
  const stated = throughput !== undefined || limits.throughputPerIops === undefined;
  return { sizeGiB, iops, throughput: Math.ceil(mebibytes * MIB_IN_MB), mebibytes, stated };
}

type Performance = NonNullable<VolumeType['performance']>;

const NOTHING: Performance = { iopsPerGiB: 0, minIops: 0, maxIops: 0, throughputPerTiB: 0, minThroughput: 0, maxThroughput: 0 };

function throughputOf(iops: number, sizeGiB: number, limits: Performance): number {
  const { throughputPerIops: share, throughputPerTiB, minThroughput, maxThroughput } = limits;
  const byIops = share === undefined ? 0 : Math.max(Math.min(iops * share.share, share.upTo), iops * share.beyond);
  return within(Math.max(byIops, (sizeGiB / 1024) * throughputPerTiB), minThroughput, maxThroughput);
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}
