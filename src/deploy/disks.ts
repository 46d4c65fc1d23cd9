import { describeDisk, mapVolume, type VolumeMapping } from '../map/index.ts';
import type { DeployedDisk, HostCaching, Issue, Reasoned, VmSize } from '../model/index.ts';
import type { DeployFacts } from './facts.ts';

/** From this size on, GiB, Azure caches no disk. Source: premium-storage-performance, disk caching. */
const UNCACHED_GIB = 4096;

/** Disk types whose performance is set beside their size and which the host does not cache. Source: disks-types. */
const PROVISIONED = new Set(['PremiumV2_LRS', 'UltraSSD_LRS']);

/** The OS disk in the type that stands in for the AMI's root volume; null = left to Azure. */
export function osDiskOf({ ami, catalog, version }: DeployFacts, size: VmSize): Reasoned<string> {
  const root = ami?.disks.find((disk) => disk.root);
  // The disk is as large as the image, whatever the volume was.
  const sizeGiB = Math.max(root?.sizeGiB ?? 0, version.sizeGiB ?? 0) || undefined;
  const mapping = root && mapVolume({ ...root, sizeGiB }, catalog);
  const holds = version.sizeGiB === undefined ? '' : `; the image holds ${version.sizeGiB} GiB`;
  if (mapping?.kind !== 'managed-disk')
    return { value: null, reason: `the AMI's root volume is not known, so Azure's own default is taken${holds}` };
  if (mapping.sku === 'Premium_LRS' && !size.premiumDisks)
    return {
      value: 'StandardSSD_LRS',
      reason: `${describeDisk(mapping)} stands in for the root volume, and ${size.name} takes no premium disk${holds}`,
    };
  return { value: mapping.sku, reason: `${describeDisk(mapping)}: ${mapping.reasons.join('; ')}${holds}` };
}

export interface DataDisks {
  readonly disks: readonly DeployedDisk[];
  readonly issues: readonly Issue[];
}

/** An empty data disk for each EBS volume of the AMI beside its root, in their order; what has none is told. */
export function dataDisksOf({ ami, catalog, spec }: DeployFacts, size: VmSize): DataDisks {
  const volumes = (ami?.disks ?? []).filter(({ root, kind }) => !root && kind === 'ebs');
  const mapped = volumes.map((volume) => mapVolume(volume, catalog));
  const disks = mapped.flatMap((mapping, lun) => deployed(mapping, lun));
  const missing = mapped.flatMap((mapping) => without(mapping, spec.name));
  const refused = [
    ...(disks.length <= size.dataDisks ? [] : [`${size.name} takes ${size.dataDisks} data disks, and the AMI has ${disks.length}`]),
    ...disks
      .filter(({ sku }) => !size.premiumDisks && /^(?:Premium|Ultra)/.test(sku))
      .map(({ device, sku }) => `${size.name} takes no ${sku}, which stands in for ${device}`),
  ];
  return { disks, issues: [...missing, ...refused.map((message) => refusal(message, spec.name))] };
}

function deployed(mapping: VolumeMapping, lun: number): readonly DeployedDisk[] {
  if (mapping.kind !== 'managed-disk' || mapping.sizeGiB === undefined) return [];
  const { device, sizeGiB, sku, iops, throughput, reasons, warnings } = mapping;
  const caching = cachingOf(sku, sizeGiB);
  const reason = [`${device} → ${describeDisk(mapping)}`, ...reasons, ...warnings, caching.reason].join('; ');
  return [{ lun, device, sizeGiB: Math.ceil(sizeGiB), sku, iops, throughput, caching: caching.value ?? 'None', reason }];
}

/** What Azure takes when a data disk says nothing of its caching: ReadOnly on premium storage, None on others. Source: virtualMachine.json, DataDisk.caching. */
function cachingOf(sku: string, sizeGiB: number): Reasoned<HostCaching> {
  if (PROVISIONED.has(sku)) return { value: 'None', reason: `${sku} has no host caching` };
  if (sizeGiB >= UNCACHED_GIB) return { value: 'None', reason: 'disks of 4 TiB and more are not cached' };
  if (sku.startsWith('Premium'))
    return { value: 'ReadOnly', reason: "cached for reading, Azure's own default on premium storage: set None for logs of a database" };
  return { value: 'None', reason: "not cached, Azure's own default on standard storage" };
}

function without(mapping: VolumeMapping, image: string): readonly Issue[] {
  if (mapping.kind === 'managed-disk' && mapping.sizeGiB !== undefined) return [];
  const why = mapping.kind === 'unknown' ? mapping.reasons.join('; ') : 'the AMI does not say how large it is';
  return [
    {
      severity: 'warning',
      code: 'DEPLOY_DISK',
      message: `the volume ${mapping.device} of the AMI has no disk here: ${why}`,
      hint: mapping.kind === 'unknown' ? mapping.settle : 'add a data disk of the size that your instances have',
      image,
    },
  ];
}

function refusal(message: string, image: string): Issue {
  return { severity: 'error', code: 'DEPLOY_DISK', message, hint: 'choose a larger size, or one whose name has an s, with --size', image };
}
