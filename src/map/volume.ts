import type { Catalog, DiskType, VolumeType } from '../catalog/schema.ts';
import type { AmiDisk } from '../model/index.ts';
import { fitDisk, grouped } from './fit-disk.ts';
import { demandOf, type VolumeDemand } from './volume-demand.ts';

/** What an EBS volume or an instance store volume becomes on Azure. Sizes in GiB, throughput in MB/s. */
export type VolumeMapping =
  | {
      readonly kind: 'managed-disk';
      readonly device: string;
      readonly use: 'os' | 'data';
      readonly disk: string;
      /** `sku.name` of the managed disk. */
      readonly sku: string;
      readonly tier: string | undefined;
      readonly sizeGiB: number | undefined;
      readonly iops: number | undefined;
      readonly throughput: number | undefined;
      readonly reasons: readonly string[];
      readonly warnings: readonly string[];
      /** What any disk of this type brings along. */
      readonly notes: readonly string[];
    }
  | { readonly kind: 'local-disk'; readonly device: string; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown'; readonly device: string; readonly reasons: readonly string[]; readonly settle: string };

/** Source: server-side encryption of managed disks (disk-encryption). */
const ENCRYPTED =
  'encrypted in EBS: managed disks always are; a KMS key of your own becomes a customer-managed key in a disk encryption set';

/** Maps one volume of an AMI. The root volume becomes an OS disk, any other one a data disk. */
export function mapVolume(disk: AmiDisk, { volumes, disks }: Pick<Catalog, 'volumes' | 'disks'>): VolumeMapping {
  const { device } = disk;
  const id = disk.kind === 'ephemeral' ? 'instance-store' : disk.type;
  const volume = volumes.find((one) => one.id === id);
  if (!volume) return unknownVolume(device, disk.type);
  if (volume.kind === 'instance-store') return { kind: 'local-disk', device, reasons: [volume.reason] };
  return toDisk(disk, volume, disks);
}

function toDisk(disk: AmiDisk, volume: VolumeType, disks: readonly DiskType[]): VolumeMapping {
  const wanted = disk.root ? volume.osDisks : volume.dataDisks;
  const types = wanted.flatMap((id) => disks.find((one) => one.id === id && (one.osDisk || !disk.root)) ?? []);
  const demand = demandOf(disk, volume);
  const use = disk.root ? 'os' : 'data';
  const tried = types.map((type) => ({ type, fit: fitDisk(type, demand, use) }));
  const limits = tried.flatMap(({ fit }) => (fit.kind === 'exceeded' ? [fit.limit] : []));
  const found = tried.find(({ fit }) => fit.kind === 'fits');
  const type = found?.type ?? types.at(-1);
  if (!type) return unknownVolume(disk.device, disk.type);
  // What EBS can make of the IOPS may be more than any disk does: the IOPS, which somebody asked for, choose then.
  const nearest = found?.fit ?? (demand.stated ? undefined : fitDisk(type, { ...demand, throughput: 0, mebibytes: 0 }, use));
  const fit = nearest?.kind === 'fits' ? nearest : undefined;
  return {
    kind: 'managed-disk',
    device: disk.device,
    use,
    disk: type.title,
    sku: type.sku,
    tier: fit?.tier,
    sizeGiB: fit?.sizeGiB ?? disk.sizeGiB,
    iops: fit?.set?.iops,
    throughput: fit?.set?.throughput,
    reasons: [
      ...reasonsFor(disk, volume, type, disks),
      ...(found ? limits.map((limit) => `next type: ${limit}`) : []),
      ...(fit?.notes ?? []),
    ],
    warnings: found ? [] : [tooMuch(disk, demand, limits)],
    notes: type.notes,
  };
}

function reasonsFor(disk: AmiDisk, volume: VolumeType, type: DiskType, disks: readonly DiskType[]): readonly string[] {
  const preferred = disks.find(({ id }) => id === volume.dataDisks[0]);
  const notForOs = disk.root && preferred && !preferred.osDisk;
  return [
    notForOs ? `${volume.title} would be ${preferred.title}, which is no OS disk` : `${volume.title}: ${volume.reason}`,
    ...lighterReason(disk, volume, disks),
    ...(disk.encrypted ? [ENCRYPTED] : []),
    ...(disk.sizeGiB === undefined ? [`the AMI does not say how large the volume is, so no size of ${type.title} is named`] : []),
  ];
}

/** The cheaper type, unless the volume was given more performance than its type's default and more than the cheaper type has. */
function lighterReason(disk: AmiDisk, volume: VolumeType, disks: readonly DiskType[]): readonly string[] {
  const { lighter, performance } = volume;
  const type = disks.find(({ id, osDisk }) => id === lighter?.disk && (osDisk || !disk.root));
  if (!lighter || !type) return [];
  const provisioned = (disk.iops ?? 0) > (performance?.minIops ?? 0) || (disk.throughput ?? 0) > (performance?.minThroughput ?? 0);
  const demand = demandOf(disk, volume);
  const fit = fitDisk(type, demand.stated ? demand : { ...demand, throughput: 0, mebibytes: 0 }, disk.root ? 'os' : 'data');
  const atItsSize = fit.kind === 'fits' && fit.notes.length === 0;
  return !provisioned || atItsSize ? [`${type.title} is enough when ${lighter.when}`] : [];
}

function tooMuch({ root }: AmiDisk, { iops, throughput }: VolumeDemand, limits: readonly string[]): string {
  const advice = root ? 'put what needs it on a data disk' : 'make it larger, or stripe several';
  return `no single disk does ${grouped(iops)} IOPS and ${grouped(throughput)} MB/s: ${advice} (${limits.join('; ')})`;
}

function unknownVolume(device: string, type: string | undefined): VolumeMapping {
  return {
    kind: 'unknown',
    device,
    reasons: [type === undefined ? 'the AMI names no volume type' : `no EBS volume type '${type}' in the catalog`],
    settle: '`aws ec2 describe-volumes` on an instance of it names type, size, IOPS and throughput',
  };
}
