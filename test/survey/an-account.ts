import type { Image } from '@aws-sdk/client-ec2';
import { toAmi } from '../../src/adapters/aws/to-ami.ts';
import type { Ami } from '../../src/model/index.ts';

/** A private x86 Linux AMI of one gp3 volume, changed where a test needs it. */
export function record(change: Image = {}): Image {
  const { ImageId = 'ami-0aaaaaaaaaaaaaaa1' } = change;
  return {
    ImageId,
    Name: 'golden',
    OwnerId: '123456789012',
    CreationDate: '2026-10-01T06:00:00.000Z',
    Architecture: 'x86_64',
    VirtualizationType: 'hvm',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    State: 'available',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    BlockDeviceMappings: [
      { DeviceName: '/dev/xvda', Ebs: { SnapshotId: `snap-of-${ImageId}`, VolumeSize: 8, VolumeType: 'gp3', Encrypted: false } },
    ],
    ...change,
  };
}

/** The records as AMIs of eu-west-1. */
export function amis(...records: readonly Image[]): readonly Ami[] {
  return records.map((image) => toAmi(image, 'eu-west-1'));
}

/** Canonical's Ubuntu as it is. */
export const UBUNTU = record({
  ImageId: 'ami-0ubuntu0000000001',
  Name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20260909',
  OwnerId: '099720109477',
  BootMode: 'uefi-preferred',
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-u', VolumeSize: 8, VolumeType: 'gp2', Encrypted: false } }],
});

/** One AMI for every road, with names that try to break out of each language that a report is written in. */
export const MIXED: readonly Image[] = [
  UBUNTU,
  record({
    ImageId: 'ami-0web00000000000001',
    Name: 'web-2026-09-01',
    SourceImageId: 'ami-0ubuntu0000000001',
    CreationDate: '2026-09-01T06:00:00.000Z',
  }),
  record({ ImageId: 'ami-0web00000000000002', Name: 'web-2026-10-01', SourceImageId: 'ami-0ubuntu0000000001' }),
  record({
    ImageId: 'ami-0win00000000000001',
    Name: 'Windows_Server-2012-R2_RTM-English-64Bit-Base-2019.08.16',
    OwnerId: '801119661308',
    Platform: 'Windows',
    PlatformDetails: 'Windows',
    UsageOperation: 'RunInstances:0002',
  }),
  record({
    ImageId: 'ami-0fgt00000000000001',
    Name: 'FortiGate-VM64-AWSONDEMAND build1396 (7.2.4) GA-7f1b5a7c-0c3e-4c3f-9a57-2f0f2f5d3f11',
    OwnerId: '679593333241',
    ProductCodes: [{ ProductCodeId: '2wqkpek696qhdeo7lbbjncqli', ProductCodeType: 'marketplace' }],
  }),
  record({ ImageId: 'ami-0eks00000000000001', Name: 'amazon-eks-node-1.15-v20200723', OwnerId: '602401143452' }),
  record({
    ImageId: 'ami-0mac00000000000001',
    Name: 'amzn-ec2-macos-14.5-20240701-054007',
    OwnerId: '100343932686',
    Architecture: 'x86_64_mac',
  }),
  record({
    ImageId: 'ami-0evil0000000000001',
    Name: '<script>alert(1)</script> | `rm -rf /` \u202e\u001b[31m"${env}"\n# x',
    Description: '</style><img src=x onerror=alert(1)>',
    Tags: [{ Key: '"><b>', Value: '&' }],
    BlockDeviceMappings: [
      { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-e', VolumeSize: 8, VolumeType: 'io2', Iops: 9000, Encrypted: true } },
      { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 100, VolumeType: 'gp3' } },
    ],
  }),
];
