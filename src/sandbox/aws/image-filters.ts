import { matchesWildcard } from '../../model/wildcard.ts';
import { AwsError } from './error.ts';
import type { BlockDeviceMapping, EbsBlockDevice, Image } from './image.ts';
import type { Filter } from './query-request.ts';

type Field = (image: Image) => readonly (string | number | boolean | undefined)[];

/** The filters of DescribeImages (API 2016-11-15) that the sandbox's records have a field for. */
const FIELDS: Readonly<Record<string, Field>> = {
  architecture: (image) => [image.Architecture],
  'block-device-mapping.delete-on-termination': ebs('DeleteOnTermination'),
  'block-device-mapping.device-name': (image) => image.BlockDeviceMappings.map((mapping) => mapping.DeviceName),
  'block-device-mapping.encrypted': ebs('Encrypted'),
  'block-device-mapping.snapshot-id': ebs('SnapshotId'),
  'block-device-mapping.volume-size': ebs('VolumeSize'),
  'block-device-mapping.volume-type': ebs('VolumeType'),
  'creation-date': (image) => [image.CreationDate],
  description: (image) => [image.Description],
  'ena-support': (image) => [image.EnaSupport],
  hypervisor: (image) => [image.Hypervisor],
  'image-id': (image) => [image.ImageId],
  'image-type': (image) => [image.ImageType],
  'is-public': (image) => [image.Public],
  'kernel-id': (image) => [image.KernelId],
  'manifest-location': (image) => [image.ImageLocation],
  name: (image) => [image.Name],
  'owner-alias': (image) => [image.ImageOwnerAlias],
  'owner-id': (image) => [image.OwnerId],
  platform: (image) => [image.Platform],
  'product-code': (image) => image.ProductCodes?.map((code) => code.ProductCodeId) ?? [],
  'product-code.type': (image) => image.ProductCodes?.map((code) => code.ProductCodeType) ?? [],
  'public-ssm-parameter-name': (image) => [image.PublicSsmParameterName],
  'root-device-name': (image) => [image.RootDeviceName],
  'root-device-type': (image) => [image.RootDeviceType],
  'source-image-id': (image) => [image.SourceImageId],
  'source-image-region': (image) => [image.SourceImageRegion],
  state: (image) => [image.State],
  'sriov-net-support': (image) => [image.SriovNetSupport],
  'tag-key': (image) => image.Tags?.map((tag) => tag.Key) ?? [],
  'virtualization-type': (image) => [image.VirtualizationType],
};

/** Whether the image passes every filter; within one filter any value will do. Throws InvalidParameterValue for an unknown filter. */
export function matchesFilters(image: Image, filters: readonly Filter[]): boolean {
  return filters.every((filter) => {
    const values = fieldOf(filter.name)(image).filter((value) => value !== undefined);
    return values.some((value) => filter.values.some((pattern) => matchesWildcard(pattern, String(value))));
  });
}

function fieldOf(name: string): Field {
  if (name.startsWith('tag:')) return tag(name.slice('tag:'.length));
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`);
  return field;
}

function tag(key: string): Field {
  return (image) => image.Tags?.filter((candidate) => candidate.Key === key).map((candidate) => candidate.Value) ?? [];
}

function ebs(key: keyof EbsBlockDevice): Field {
  return (image) => image.BlockDeviceMappings.map((mapping: BlockDeviceMapping) => mapping.Ebs?.[key]);
}
