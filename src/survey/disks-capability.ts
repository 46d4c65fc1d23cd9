import type { Ami, AmiDisk, Capability } from '../model/index.ts';

/** The largest OS disk of Azure is 4,095 GiB (Azure subscription limits, managed virtual machine disks). */
const LARGEST_OS_DISK_GIB = 4095;

/** How the AMI's volumes carry over; undefined where the record names none. `warnings` are the survey's. */
export function disksCapability(
  { disks, rootDeviceType }: Pick<Ami, 'disks' | 'rootDeviceType'>,
  warnings: readonly string[],
): Capability | undefined {
  if (rootDeviceType === 'instance-store')
    return fits('needs another design', 'its root is in S3: the machine boots from a managed disk instead');
  const volumes = disks.filter(({ kind, sizeGiB, type }) => kind === 'ebs' && (sizeGiB !== undefined || type !== undefined));
  if (volumes.length === 0) return undefined;
  const root = volumes.find((disk) => disk.root);
  if (root?.sizeGiB !== undefined && root.sizeGiB > LARGEST_OS_DISK_GIB) {
    return fits('needs another design', `its root of ${root.sizeGiB} GiB is larger than an OS disk of Azure can be`);
  }
  const differences = differencesOf(volumes, root, warnings);
  return differences.length === 0
    ? fits('direct match', 'one general purpose volume: a Premium or Standard SSD as OS disk')
    : fits('match with differences', differences.join('; '));
}

function differencesOf(volumes: readonly AmiDisk[], root: AmiDisk | undefined, warnings: readonly string[]): readonly string[] {
  const data = root === undefined ? volumes.length - 1 : volumes.filter((disk) => disk !== root).length;
  return [
    ...(data > 0 ? [`${data} data ${data === 1 ? 'disk is' : 'disks are'} made with the VM`] : []),
    ...(warnings.includes('provisioned-iops')
      ? ['provisioned performance comes from disk type and VM size; Ultra Disk and Premium SSD v2 serve data only']
      : []),
    ...(warnings.includes('encrypted-snapshot') ? ['its KMS key stays on AWS: a disk encryption set takes its place'] : []),
  ];
}

function fits(fit: Capability['fit'], reason: string): Capability {
  return { name: 'disks', fit, reason };
}
