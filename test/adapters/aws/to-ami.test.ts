import type { Image } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { toAmi } from '../../../src/adapters/aws/to-ami.ts';
import { Ami } from '../../../src/model/index.ts';

const HOSTILE = '${env("PATH")}"; rm -rf / #';

test('every field that EC2 returns is carried over as it is', () => {
  const image: Image = {
    ImageId: 'ami-0abc',
    Name: HOSTILE,
    Description: '<script>',
    OwnerId: '123456789012',
    ImageOwnerAlias: 'amazon',
    ImageLocation: '123456789012/web',
    CreationDate: '2026-09-15T06:41:22.000Z',
    DeprecationTime: '2028-09-15T06:41:22.000Z',
    State: 'available',
    Architecture: 'arm64',
    BootMode: 'uefi',
    VirtualizationType: 'hvm',
    Platform: 'Windows',
    PlatformDetails: 'Windows with SQL Server Standard',
    UsageOperation: 'RunInstances:0006',
    TpmSupport: 'v2.0',
    ImdsSupport: 'v2.0',
    EnaSupport: true,
    ImageType: 'machine',
    RootDeviceName: '/dev/sda1',
    RootDeviceType: 'ebs',
    SourceImageId: 'ami-0def',
    SourceImageRegion: 'us-east-1',
    Public: false,
    ProductCodes: [{ ProductCodeId: 'abc', ProductCodeType: 'marketplace' }],
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/sda1',
        Ebs: { SnapshotId: 'snap-1', VolumeSize: 30, VolumeType: 'io2', Iops: 4000, Throughput: 250, Encrypted: true },
      },
      { DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' },
      { DeviceName: '/dev/sdc', NoDevice: '' },
    ],
    Tags: [{ Key: HOSTILE, Value: '' }, { Key: 'team' }],
  };
  const ami = toAmi(image, 'eu-west-1', '/aws/service/x');
  expect(ami).toEqual({
    id: 'ami-0abc',
    region: 'eu-west-1',
    name: HOSTILE,
    description: '<script>',
    ownerId: '123456789012',
    ownerAlias: 'amazon',
    location: '123456789012/web',
    created: '2026-09-15T06:41:22.000Z',
    deprecated: '2028-09-15T06:41:22.000Z',
    state: 'available',
    architecture: 'arm64',
    bootMode: 'uefi',
    virtualization: 'hvm',
    platform: 'Windows',
    platformDetails: 'Windows with SQL Server Standard',
    usageOperation: 'RunInstances:0006',
    tpm: 'v2.0',
    ena: true,
    rootDevice: '/dev/sda1',
    rootDeviceType: 'ebs',
    sourceImageId: 'ami-0def',
    sourceImageRegion: 'us-east-1',
    ssmParameter: '/aws/service/x',
    public: false,
    productCodes: [{ id: 'abc', type: 'marketplace' }],
    disks: [
      {
        device: '/dev/sda1',
        snapshotId: 'snap-1',
        sizeGiB: 30,
        type: 'io2',
        iops: 4000,
        throughput: 250,
        encrypted: true,
        kind: 'ebs',
        root: true,
      },
      { device: '/dev/sdb', kind: 'ephemeral', root: false },
    ],
    tags: { [HOSTILE]: '', team: '' },
  });
  expect(Ami.parse(ami)).toEqual(ami);
});

test('an image of which EC2 says nothing is still an AMI', () => {
  expect(Ami.parse(toAmi({}, 'eu-west-1'))).toEqual({ id: '', region: 'eu-west-1', productCodes: [], disks: [], tags: {} });
});
