import { grouped } from './fit-disk.ts';
import type { DisksOnSize } from './fit-machine.ts';
import type { InstanceMapping, SizeCandidate } from './instance.ts';
import type { RegionMapping } from './region.ts';
import type { Mapping } from './subject.ts';
import type { VolumeMapping } from './volume.ts';

/** A line with lines below it, not encoded for anything. */
export interface MappingTree {
  readonly text: string;
  readonly below: readonly MappingTree[];
}

/** One mapping as a tree: what it becomes, and below it every reason. */
export function explainMapping(asked: Mapping): MappingTree {
  switch (asked.kind) {
    case 'region':
      return explainRegion(asked.subject, asked.mapping);
    case 'instance':
      return explainInstance(asked.subject, asked.mapping, asked.disks);
    case 'volume':
      return explainVolume(asked.subject, asked.mapping);
  }
}

function explainRegion(subject: string, mapping: RegionMapping): MappingTree {
  if (mapping.kind === 'unknown') return unknown(subject, [mapping.reason], mapping.settle);
  if (mapping.kind === 'none') return tree(`${subject} → nothing on Azure`, [mapping.reason]);
  const { azure, place, confidence, cloud, reason, alternatives } = mapping;
  return tree(`${subject} (${place}) → ${azure} (${confidence} confidence)`, [
    reason,
    ...(cloud === 'public' ? [] : [`${cloud} cloud: not reachable from a public account`]),
    ...alternatives.map(({ location, remark }) => `or ${location}: ${remark}`),
  ]);
}

function explainInstance(subject: string, mapping: InstanceMapping, disks: DisksOnSize | undefined): MappingTree {
  if (mapping.kind === 'unknown') return unknown(subject, mapping.reasons, mapping.settle);
  if (mapping.kind === 'none') return tree(`${subject} → nothing on Azure`, mapping.reasons);
  const { kind, candidates, confidence, reasons } = mapping;
  const [best] = candidates;
  const target = kind === 'dedicated-host' ? `a Dedicated Host, filled by ${best?.name}` : best?.name;
  return {
    text: `${subject} → ${target} (${confidence} confidence)`,
    below: [...lines([...reasons, ...explainDisks(disks)]), ...candidates.map(explainSize)],
  };
}

function explainDisks(disks: DisksOnSize | undefined): readonly string[] {
  switch (disks?.kind) {
    case undefined:
      return [];
    case 'held':
      return [`holds the volumes beside it: ${disks.reason}`];
    case 'exceeded':
      return [`warning: ${disks.reason}`];
    case 'unknown':
      return [disks.reason];
  }
}

function explainSize({ name, series, vcpus, memoryGiB, score, reasons, notes }: SizeCandidate): MappingTree {
  return tree(`${name}: ${vcpus} vCPUs, ${memoryGiB} GiB, ${series} series (${score} points)`, [
    ...reasons.map(({ points, text }) => `${points < 0 ? '' : '+'}${points} ${text}`),
    ...notes.map((note) => `note: ${note}`),
  ]);
}

function explainVolume(subject: string, mapping: VolumeMapping): MappingTree {
  switch (mapping.kind) {
    case 'unknown':
      return unknown(subject, mapping.reasons, mapping.settle);
    case 'local-disk':
      return tree(`${subject} → the local disk of the VM`, mapping.reasons);
    case 'managed-disk':
      return tree(`${subject} → ${mapping.use} disk: ${describeDisk(mapping)}`, [
        ...mapping.reasons,
        ...mapping.warnings.map((warning) => `warning: ${warning}`),
        ...mapping.notes.map((note) => `note: ${note}`),
      ]);
  }
}

/** A managed disk in a few words, for example `Premium SSD v2, 100 GiB, 3,000 IOPS, 132 MB/s`. */
export function describeDisk({ disk, tier, sizeGiB, iops, throughput }: Extract<VolumeMapping, { kind: 'managed-disk' }>): string {
  const parts = [
    tier === undefined ? disk : `${disk} ${tier}`,
    sizeGiB === undefined ? undefined : `${grouped(sizeGiB)} GiB`,
    iops === undefined ? undefined : `${grouped(iops)} IOPS`,
    throughput === undefined ? undefined : `${grouped(throughput)} MB/s`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function unknown(subject: string, reasons: readonly string[], settle: string): MappingTree {
  return tree(`${subject} → unknown`, [...reasons, `what would settle it: ${settle}`]);
}

function tree(text: string, below: readonly string[]): MappingTree {
  return { text, below: lines(below) };
}

function lines(texts: readonly string[]): readonly MappingTree[] {
  return texts.map((text) => ({ text, below: [] }));
}
