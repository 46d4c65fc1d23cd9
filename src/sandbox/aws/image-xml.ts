import type { BlockDeviceMapping, EbsBlockDevice, Image } from './image.ts';
import type { XmlValue } from './xml.ts';

/** The image as the content of an `<item>` of `<imagesSet>`, with the wire names of API 2016-11-15. */
export function imageXml(image: Image): XmlValue {
  return {
    imageId: image.ImageId,
    imageLocation: image.ImageLocation,
    imageState: image.State,
    imageOwnerId: image.OwnerId,
    creationDate: image.CreationDate,
    isPublic: image.Public,
    productCodes: image.ProductCodes?.map((code) => ({ productCode: code.ProductCodeId, type: code.ProductCodeType })),
    architecture: image.Architecture,
    imageType: image.ImageType,
    kernelId: image.KernelId,
    platform: image.Platform,
    sriovNetSupport: image.SriovNetSupport,
    imageOwnerAlias: image.ImageOwnerAlias,
    name: image.Name,
    description: image.Description,
    rootDeviceType: image.RootDeviceType,
    rootDeviceName: image.RootDeviceName,
    blockDeviceMapping: image.BlockDeviceMappings.map(mappingXml),
    virtualizationType: image.VirtualizationType,
    tagSet: image.Tags?.map((tag) => ({ key: tag.Key, value: tag.Value })),
    hypervisor: image.Hypervisor,
    enaSupport: image.EnaSupport,
    platformDetails: image.PlatformDetails,
    usageOperation: image.UsageOperation,
    bootMode: image.BootMode,
    tpmSupport: image.TpmSupport,
    deprecationTime: image.DeprecationTime,
    imdsSupport: image.ImdsSupport,
    sourceImageId: image.SourceImageId,
    sourceImageRegion: image.SourceImageRegion,
    publicSsmParameterName: image.PublicSsmParameterName,
  };
}

function mappingXml({ DeviceName, VirtualName, Ebs }: BlockDeviceMapping): XmlValue {
  return {
    deviceName: DeviceName,
    ...(VirtualName === undefined ? {} : { virtualName: VirtualName }),
    ...(Ebs === undefined ? {} : { ebs: ebsXml(Ebs) }),
  };
}

function ebsXml(ebs: EbsBlockDevice): XmlValue {
  return {
    snapshotId: ebs.SnapshotId,
    volumeSize: ebs.VolumeSize,
    deleteOnTermination: ebs.DeleteOnTermination,
    volumeType: ebs.VolumeType,
    iops: ebs.Iops,
    throughput: ebs.Throughput,
    encrypted: ebs.Encrypted,
  };
}
