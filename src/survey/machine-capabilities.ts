import type { Catalog } from '../catalog/schema.ts';
import { describeDisk, disksOnSize, type InstanceMapping, mapInstance, mapVolume } from '../map/index.ts';
import type { Ami, AmiDisk, Capability, Fit } from '../model/index.ts';

/** The part of the catalog that says what machines become. */
export type MachineFacts = Pick<Catalog, 'instances' | 'series' | 'volumes' | 'disks'>;

const HARDEST_FIRST: readonly Fit[] = ['needs another design', 'match with differences', 'direct match'];

/** How the sizes of the machines carry over with the AMI's volumes on them, the hardest one first, as `map` says; undefined where none is known. */
export function sizeCapability(instanceTypes: readonly string[], disks: readonly AmiDisk[], facts: MachineFacts): Capability | undefined {
  const judged = [...new Set(instanceTypes)].sort().map((type) => withVolumes(mapInstance(type, facts), disks, facts));
  return judged.toSorted((a, b) => HARDEST_FIRST.indexOf(a.fit) - HARDEST_FIRST.indexOf(b.fit))[0];
}

function withVolumes(mapping: InstanceMapping, disks: readonly AmiDisk[], facts: MachineFacts): Capability {
  const fit = sizeFit(mapping);
  const best = mapping.kind === 'sizes' ? mapping.candidates[0]?.name : undefined;
  const volumes = best === undefined ? undefined : disksOnSize(best, disks, facts);
  if (volumes?.kind !== 'exceeded' || fit.fit === 'needs another design') return fit;
  return { ...fit, fit: 'match with differences', reason: `${fit.reason}; ${volumes.reason}` };
}

function sizeFit(mapping: InstanceMapping): Capability {
  const { type, reasons } = mapping;
  const fits = (fit: Fit, reason: string): Capability => ({ name: 'size', fit, reason: `${type}: ${reason}` });
  switch (mapping.kind) {
    case 'none':
      return fits('needs another design', reasons[0] ?? 'nothing on Azure does its job');
    case 'dedicated-host':
      return fits('needs another design', 'bare metal: a Dedicated Host isolates, but gives no access to the hypervisor');
    case 'unknown':
      return fits('match with differences', reasons[0] ?? 'the catalog does not know it');
    case 'sizes': {
      const [best] = mapping.candidates;
      const against = best?.reasons.filter(({ points }) => points < 0).map(({ text }) => text) ?? [];
      const { localDisk, known } = mapping.shape;
      const wiped = localDisk ? ['whose local disk is wiped when the VM is deallocated'] : [];
      const size = [best?.name, ...wiped, ...against].filter(Boolean).join(', ');
      if (mapping.confidence === 'low' && known !== 'grammar') return fits('needs another design', size);
      return fits(mapping.confidence === 'high' && !localDisk ? 'direct match' : 'match with differences', size);
    }
  }
}

/** How the AMI's volumes carry over, as `map` says; undefined where the record names none. `warnings` are the survey's. */
export function disksCapability(
  { disks, rootDeviceType }: Pick<Ami, 'disks' | 'rootDeviceType'>,
  warnings: readonly string[],
  facts: MachineFacts,
): Capability | undefined {
  const fits = (fit: Fit, reason: string): Capability => ({ name: 'disks', fit, reason });
  if (rootDeviceType === 'instance-store')
    return fits('needs another design', 'its root is in S3: the machine boots from a managed disk instead');
  const volumes = disks.filter(({ kind, sizeGiB, type }) => kind === 'ebs' && (sizeGiB !== undefined || type !== undefined));
  const root = volumes.find((disk) => disk.root) ?? volumes[0];
  if (root === undefined) return undefined;
  const mapped = volumes.map((disk) => ({ disk, mapping: mapVolume({ ...disk, root: disk === root }, facts) }));
  const system = mapped.find(({ disk }) => disk === root)?.mapping;
  if (system?.kind === 'managed-disk' && system.warnings.some((text) => text.includes('as an OS disk')))
    return fits('needs another design', `its root of ${root.sizeGiB} GiB is larger than an OS disk of Azure can be`);
  const differences = differencesOf(volumes, root, warnings, facts);
  if (differences.length > 0) return fits('match with differences', differences.join('; '));
  return fits('direct match', system?.kind === 'managed-disk' ? describeDisk(system) : 'one volume: an OS disk');
}

function differencesOf(volumes: readonly AmiDisk[], root: AmiDisk, warnings: readonly string[], facts: MachineFacts): readonly string[] {
  const data = volumes.filter((disk) => disk !== root);
  const become = data.map((disk) => {
    const mapping = mapVolume(disk, facts);
    return mapping.kind === 'managed-disk' ? describeDisk(mapping) : 'unknown';
  });
  const beyond = [root, ...data].flatMap((disk) => {
    const mapping = mapVolume({ ...disk, root: disk === root }, facts);
    return mapping.kind === 'managed-disk' ? mapping.warnings : [];
  });
  return [
    ...(data.length > 0
      ? [`${data.length} data ${data.length === 1 ? 'disk is' : 'disks are'} made with the VM (${become.join(' · ')})`]
      : []),
    ...(warnings.includes('provisioned-iops')
      ? ['provisioned performance comes from disk type and VM size; Ultra Disk and Premium SSD v2 serve data only']
      : []),
    ...beyond,
    ...(warnings.includes('encrypted-snapshot') ? ['its KMS key stays on AWS: a disk encryption set takes its place'] : []),
  ];
}
