import type { DiskType } from '../catalog/schema.ts';
import type { VolumeDemand } from './volume-demand.ts';

/** A disk type on trial: what to create, or the limit that is exceeded. */
export type DiskFit =
  | {
      readonly kind: 'fits';
      readonly tier: string | undefined;
      /** GiB; undefined when the AMI does not say. */
      readonly sizeGiB: number | undefined;
      /** IOPS and MB/s to set; undefined where they follow from the size. */
      readonly set: { readonly iops: number; readonly throughput: number } | undefined;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'exceeded'; readonly limit: string };

/** Tries a disk type against what a volume does: a tier where the size decides the performance, settings where they are free. */
export function fitDisk(type: DiskType, demand: VolumeDemand, use: 'os' | 'data'): DiskFit {
  const { sizeGiB } = demand;
  const largest = use === 'os' ? (type.maxOsDiskGiB ?? type.maxSizeGiB) : type.maxSizeGiB;
  if (sizeGiB !== undefined && sizeGiB > largest)
    return exceeded(type, `holds ${grouped(largest)} GiB at most${use === 'os' ? ' as an OS disk' : ''}`);
  const size = sizeGiB === undefined ? undefined : Math.max(sizeGiB, type.minSizeGiB);
  return type.provisioned ? fitSettings(type, type.provisioned, { ...demand, sizeGiB: size }) : fitTier(type, demand);
}

function fitSettings(type: DiskType, limits: NonNullable<DiskType['provisioned']>, demand: VolumeDemand): DiskFit {
  // EBS's free 125 MiB/s are six MB/s more than Azure's free 125 MB/s: nobody means to pay for them.
  const isBaseline = demand.mebibytes <= limits.baseThroughput;
  const wanted = isBaseline ? limits.baseThroughput : demand.throughput;
  const asked = Math.max(demand.iops, limits.baseIops);
  const throughput = demand.stated ? wanted : Math.min(wanted, Math.max(limits.baseThroughput, asked * limits.throughputPerIops));
  const iops = Math.ceil(Math.max(asked, throughput / limits.throughputPerIops));
  const most = Math.min(limits.maxIops, Math.max(limits.baseIops, limits.iopsPerGiB * (demand.sizeGiB ?? Number.POSITIVE_INFINITY)));
  if (iops > most) return exceeded(type, `does ${grouped(most)} IOPS at most at this size, ${grouped(iops)} are needed`);
  if (throughput > limits.maxThroughput)
    return exceeded(type, `does ${grouped(limits.maxThroughput)} MB/s at most, ${grouped(throughput)} are needed`);
  return { kind: 'fits', tier: undefined, sizeGiB: demand.sizeGiB, set: { iops, throughput }, notes: [] };
}

type Tier = DiskType['tiers'][number];

function fitTier(type: DiskType, { sizeGiB, iops, throughput }: VolumeDemand): DiskFit {
  const holds = (does: { readonly iops: number; readonly throughput: number }) => does.iops >= iops && does.throughput >= throughput;
  const large = type.tiers.filter((tier) => tier.sizeGiB >= (sizeGiB ?? 0));
  const smallest = large[0];
  const sustained = large.find(holds);
  const fits = (tier: Tier | undefined, notes: readonly string[]): DiskFit => ({
    kind: 'fits',
    tier: sizeGiB === undefined ? undefined : tier?.name,
    sizeGiB,
    set: undefined,
    notes: sizeGiB === undefined ? [] : notes,
  });
  if (smallest && smallest === sustained) return fits(smallest, []);
  if (smallest?.burst && holds(smallest.burst)) return fits(smallest, [burstNote(smallest, sustained)]);
  if (sustained) return fits(sustained, [`${sustained.name} for its performance: the size alone asks for ${smallest?.name}`]);
  return exceeded(type, mostOf(type));
}

function burstNote({ name, iops, throughput, burst }: Tier, sustained: Tier | undefined): string {
  const beyond = burst ? `, and ${grouped(burst.iops)} IOPS for half an hour` : '';
  const always = sustained ? `; the performance tier ${sustained.name} gives what the volume had all the time` : '';
  return `${name} does ${grouped(iops)} IOPS and ${grouped(throughput)} MB/s${beyond}${always}`;
}

function mostOf({ tiers }: DiskType): string {
  const last = tiers.at(-1);
  return last ? `does ${grouped(last.iops)} IOPS and ${grouped(last.throughput)} MB/s at most` : 'has no size';
}

function exceeded({ title }: DiskType, limit: string): DiskFit {
  return { kind: 'exceeded', limit: `${title} ${limit}` };
}

/** 16000 as `16,000`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
