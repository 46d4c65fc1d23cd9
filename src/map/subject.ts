import type { Catalog } from '../catalog/schema.ts';
import { type AmiDisk, type Confidence, weakest } from '../model/index.ts';
import { type DisksOnSize, disksOnSize } from './fit-machine.ts';
import { type InstanceMapping, mapInstance } from './instance.ts';
import { mapRegion, type RegionMapping } from './region.ts';
import { mapVolume, type VolumeMapping } from './volume.ts';

/** One thing that was asked about, and what it becomes. */
export type Mapping =
  | { readonly kind: 'region'; readonly subject: string; readonly mapping: RegionMapping }
  | {
      readonly kind: 'instance';
      readonly subject: string;
      readonly mapping: InstanceMapping;
      /** The volumes that were asked about beside it, on its best size. */
      readonly disks?: DisksOnSize | undefined;
    }
  | { readonly kind: 'volume'; readonly subject: string; readonly mapping: VolumeMapping };

type Facts = Pick<Catalog, 'regions' | 'instances' | 'series' | 'volumes' | 'disks'>;

/** Maps what a person writes; each instance type is compared with all the volumes beside it, since both the disk and the size have limits. */
export function mapSubjects(subjects: readonly string[], catalog: Facts): readonly Mapping[] {
  const volumes = subjects.flatMap((subject) => parseVolume(subject, catalog) ?? []);
  return subjects.map((subject) => {
    const mapped = mapSubject(subject, catalog);
    if (mapped.kind !== 'instance' || !('candidates' in mapped.mapping)) return mapped;
    const { candidates, confidence } = mapped.mapping;
    const [best] = candidates;
    const disks = best && disksOnSize(best.name, volumes, catalog);
    return disks ? { ...mapped, mapping: { ...mapped.mapping, confidence: withDisks(confidence, disks) }, disks } : mapped;
  });
}

/** A size that cannot do what the volumes are asked to do is not the machine's counterpart; nobody is sure of one whose limits were not read. */
function withDisks(confidence: Confidence, { kind }: DisksOnSize): Confidence {
  switch (kind) {
    case 'held':
      return confidence;
    case 'unknown':
      return weakest(confidence, 'medium');
    case 'exceeded':
      return weakest(confidence, 'low');
  }
}

/**
 * Maps what a person writes: a region (`eu-west-1`), an instance type (`m5.xlarge`), or a volume as type:GiB:IOPS:MiB/s (`gp3:100:3000:125`),
 * each figure optional, with `root:` in front for the root volume. What is none of them is read as an instance type, and said to be unknown.
 */
export function mapSubject(subject: string, catalog: Facts): Mapping {
  const volume = parseVolume(subject, catalog);
  if (volume) return { kind: 'volume', subject, mapping: mapVolume(volume, catalog) };
  if (subject.includes(':')) return { kind: 'volume', subject, mapping: unreadable(subject) };
  if (/^[a-z]{2,4}(?:-[a-z]+)+-\d+$/.test(subject)) return { kind: 'region', subject, mapping: mapRegion(subject, catalog) };
  return { kind: 'instance', subject, mapping: mapInstance(subject, catalog) };
}

const VOLUME = /^(?<root>root:)?(?<type>[a-z][a-z0-9-]*)(?::(?<size>[1-9]\d*))?(?::(?<iops>[1-9]\d*))?(?::(?<throughput>[1-9]\d*))?$/;

function unreadable(subject: string): VolumeMapping {
  return {
    kind: 'unknown',
    device: subject,
    reasons: [`'${subject}' is not written as a volume`],
    settle: 'write type:GiB:IOPS:MiB/s in whole numbers above 0, for example gp3:100:3000:125; `root:` in front for the root volume',
  };
}

function parseVolume(subject: string, { volumes }: Pick<Catalog, 'volumes'>): AmiDisk | undefined {
  const { root, type, size, iops, throughput } = VOLUME.exec(subject)?.groups ?? {};
  const known = volumes.find(({ id }) => id === type);
  if (type === undefined || (!known && !subject.includes(':'))) return undefined;
  return {
    device: subject,
    kind: known?.kind === 'instance-store' ? 'ephemeral' : 'ebs',
    root: root !== undefined,
    type,
    sizeGiB: size === undefined ? undefined : Number(size),
    iops: iops === undefined ? undefined : Number(iops),
    throughput: throughput === undefined ? undefined : Number(throughput),
  };
}
