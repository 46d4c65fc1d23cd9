import type { VolumeType } from '../catalog/schema.ts';
import type { AmiDisk } from '../model/index.ts';

/** What an EBS volume can do, and so what a managed disk must. Throughput in MB/s (10^6 bytes), as Azure counts. */
export interface VolumeDemand {
  readonly sizeGiB: number | undefined;
  readonly iops: number;
  readonly throughput: number;
}

const MIB_IN_MB = 1.048576;

/** The performance that the AMI states for a volume, or what its type does at its size when nothing is stated. */
export function demandOf({ sizeGiB, iops, throughput }: AmiDisk, { performance }: VolumeType): VolumeDemand {
  const size = sizeGiB ?? 0;
  const limits = performance ?? NOTHING;
  const mebibytes = throughput ?? within((size / 1024) * limits.throughputPerTiB, limits.minThroughput, limits.maxThroughput);
  return {
    sizeGiB,
    iops: iops ?? within(size * limits.iopsPerGiB, limits.minIops, limits.maxIops),
    throughput: Math.ceil(mebibytes * MIB_IN_MB),
  };
}

const NOTHING = { iopsPerGiB: 0, minIops: 0, maxIops: 0, throughputPerTiB: 0, minThroughput: 0, maxThroughput: 0 };

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)));
}
