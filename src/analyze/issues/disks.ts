import type { Ami, AmiDisk, Issue } from '../../model/index.ts';
import { amiWord } from './wording.ts';

/** IOPS and MiB/s that every gp3 volume has without paying for more (awsdocs/amazon-ec2-user-guide, general purpose SSD volumes). */
const GP3_BASELINE = { iops: 3000, throughput: 125 };
const PROVISIONED: ReadonlySet<string> = new Set(['io1', 'io2']);

/** Issues about the AMI's volumes. */
export function disksIssues(ami: Ami): readonly Issue[] {
  return [...instanceStore(ami), ...dataDisks(ami), ...encrypted(ami), ...provisioned(ami)];
}

function instanceStore(ami: Ami): readonly Issue[] {
  if (ami.rootDeviceType !== 'instance-store') return [];
  return [
    {
      severity: 'warning',
      code: 'INSTANCE_STORE',
      message: `${amiWord(ami)} boots from instance store, so there is no snapshot to read`,
      hint: 'its content is in a bundle in S3; the rebuild starts from a clean base either way',
    },
  ];
}

/** Where a selection of fields lacks the root's name, one of the volumes is the root all the same. */
function dataDisks(ami: Ami): readonly Issue[] {
  const volumes = ami.disks.filter(({ kind }) => kind === 'ebs');
  const disks = ami.rootDevice === undefined ? volumes.slice(1) : volumes.filter(({ root }) => !root);
  if (disks.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'DATA_DISKS',
      message: `${amiWord(ami)} brings ${disks.length} data ${disks.length === 1 ? 'volume' : 'volumes'} (${devices(disks)}): the image holds the system disk only`,
      hint: 'create data disks with the VM, or move their content separately',
    },
  ];
}

function encrypted(ami: Ami): readonly Issue[] {
  const disks = ami.disks.filter((disk) => disk.encrypted === true);
  if (disks.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'ENCRYPTED_SNAPSHOT',
      message: `${amiWord(ami)} has encrypted volumes (${devices(disks)}): reading them needs the right to decrypt with their KMS key`,
      hint: 'keys do not move: Azure encrypts at rest anyway, a disk encryption set brings your own key',
    },
  ];
}

function provisioned(ami: Ami): readonly Issue[] {
  const disks = ami.disks.filter(exceedsBaseline);
  if (disks.length === 0) return [];
  return [
    {
      severity: 'info',
      code: 'PROVISIONED_IOPS',
      message: `${amiWord(ami)} asks for provisioned performance (${disks.map(performance).join(', ')}), which an image cannot hold`,
      hint: 'choose disk type and VM size when the VM is created: Premium SSD v2 and Ultra Disk serve as data disks only',
    },
  ];
}

function exceedsBaseline({ type, iops = 0, throughput = 0 }: AmiDisk): boolean {
  return PROVISIONED.has(type ?? '') || (type === 'gp3' && (iops > GP3_BASELINE.iops || throughput > GP3_BASELINE.throughput));
}

function performance({ device, type, iops }: AmiDisk): string {
  return `${device} ${type}${iops === undefined ? '' : ` with ${iops} IOPS`}`;
}

function devices(disks: readonly AmiDisk[]): string {
  return disks.map(({ device }) => device).join(', ');
}
