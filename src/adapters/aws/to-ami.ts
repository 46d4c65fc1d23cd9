import type { BlockDeviceMapping, Image } from '@aws-sdk/client-ec2';
import type { Ami, AmiDisk } from '../../model/index.ts';
import { redact } from '../../model/redact.ts';
import { SECRET_NAME } from '../../model/secret-shapes.ts';

/**
 * An image as EC2 describes it, in our field names; `ssmParameter` is the public parameter that named it. Nothing is judged here, and what looks like a
 * credential in what its owner wrote goes no further: an AMI's record is printed and kept.
 */
export function toAmi(image: Image, region: string, ssmParameter?: string): Ami {
  return {
    id: image.ImageId ?? '',
    region,
    name: masked(image.Name),
    description: masked(image.Description),
    ownerId: image.OwnerId,
    ownerAlias: image.ImageOwnerAlias,
    location: masked(image.ImageLocation),
    created: image.CreationDate,
    deprecated: image.DeprecationTime,
    state: image.State,
    architecture: image.Architecture,
    bootMode: image.BootMode,
    virtualization: image.VirtualizationType,
    platform: image.Platform,
    platformDetails: image.PlatformDetails,
    usageOperation: image.UsageOperation,
    tpm: image.TpmSupport,
    ena: image.EnaSupport,
    rootDevice: image.RootDeviceName,
    rootDeviceType: image.RootDeviceType,
    sourceImageId: image.SourceImageId,
    sourceImageRegion: image.SourceImageRegion,
    ssmParameter,
    public: image.Public,
    productCodes: (image.ProductCodes ?? []).map((code) => ({ id: code.ProductCodeId ?? '', type: code.ProductCodeType ?? '' })),
    disks: (image.BlockDeviceMappings ?? []).flatMap((mapping) => toDisk(mapping, image.RootDeviceName)),
    tags: Object.fromEntries((image.Tags ?? []).map(({ Key = '', Value = '' }) => [redact(Key), tagValue(Key, Value)])),
  };
}

function masked(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text);
}

function tagValue(name: string, value: string): string {
  return SECRET_NAME.test(name) && value !== '' ? '***' : redact(value);
}

/** A mapping with `NoDevice` takes a device away, so it is no disk. */
function toDisk(mapping: BlockDeviceMapping, rootDevice: string | undefined): readonly AmiDisk[] {
  if (mapping.NoDevice !== undefined) return [];
  const device = mapping.DeviceName ?? '';
  const ebs = mapping.Ebs;
  const disk: AmiDisk = {
    device,
    snapshotId: ebs?.SnapshotId,
    sizeGiB: ebs?.VolumeSize,
    type: ebs?.VolumeType,
    iops: ebs?.Iops,
    throughput: ebs?.Throughput,
    encrypted: ebs?.Encrypted,
    kind: ebs ? 'ebs' : 'ephemeral',
    root: device !== '' && device === rootDevice,
  };
  return [disk];
}
