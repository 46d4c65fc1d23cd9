import type { Catalog } from '../catalog/schema.ts';
import { describeDisk, mapVolume, type VolumeMapping } from '../map/index.ts';
import type { Analysis, DataDisk } from '../model/index.ts';

/**
 * What each data volume of the AMI becomes: an image carries none of them, so a team attaches them at deployment. Instance store volumes
 * share one line: Windows AMIs name two dozen of them whether the instance has any or not.
 */
export function planDataDisks(ami: Analysis['ami'], catalog: Pick<Catalog, 'volumes' | 'disks'>): readonly DataDisk[] {
  const data = ami.disks.filter(({ root }) => !root);
  const [first, ...more] = data.filter(({ kind }) => kind === 'ephemeral');
  const local = first ? [{ ...first, device: more.length === 0 ? first.device : `${first.device} and ${more.length} more` }] : [];
  return [...data.filter(({ kind }) => kind === 'ebs'), ...local].map((disk) => {
    const mapping = mapVolume(disk, catalog);
    return { device: disk.device, sizeGiB: disk.sizeGiB, type: typeOf(mapping), reason: reasonOf(mapping) };
  });
}

function typeOf(mapping: VolumeMapping): string {
  switch (mapping.kind) {
    case 'managed-disk':
      return describeDisk({ ...mapping, sizeGiB: undefined });
    case 'local-disk':
      return 'local disk of the VM';
    case 'unknown':
      return 'unknown';
  }
}

function reasonOf(mapping: VolumeMapping): string {
  const warnings = mapping.kind === 'managed-disk' ? mapping.warnings : [];
  const settle = mapping.kind === 'unknown' ? [mapping.settle] : [];
  return [...mapping.reasons, ...warnings, ...settle].join('; ');
}
