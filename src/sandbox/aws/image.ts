/** An AMI with the field names of the EC2 API; absent fields are left out of the answer, as EC2 does. */
export interface Image {
  readonly ImageId: string;
  readonly Name: string;
  readonly OwnerId: string;
  readonly CreationDate: string;
  readonly Architecture: string;
  readonly ImageLocation: string;
  readonly ImageType: string;
  readonly State: string;
  readonly Public: boolean;
  readonly RootDeviceName: string;
  readonly RootDeviceType: string;
  readonly VirtualizationType: string;
  readonly Hypervisor: string;
  readonly PlatformDetails: string;
  readonly UsageOperation: string;
  readonly BlockDeviceMappings: readonly BlockDeviceMapping[];
  readonly Description?: string;
  readonly EnaSupport?: boolean;
  readonly ImageOwnerAlias?: string;
  readonly SriovNetSupport?: string;
  readonly BootMode?: string;
  readonly TpmSupport?: string;
  readonly DeprecationTime?: string;
  readonly ImdsSupport?: string;
  readonly SourceImageId?: string;
  readonly SourceImageRegion?: string;
  readonly PublicSsmParameterName?: string;
  readonly KernelId?: string;
  readonly Platform?: string;
  readonly ProductCodes?: readonly { readonly ProductCodeId: string; readonly ProductCodeType: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** One device: an EBS volume, or an instance store volume with a `VirtualName` such as `ephemeral0`. */
export interface BlockDeviceMapping {
  readonly DeviceName: string;
  readonly VirtualName?: string;
  readonly Ebs?: EbsBlockDevice;
}

/** `VolumeSize` in GiB, `Throughput` in MiB/s. */
export interface EbsBlockDevice {
  readonly DeleteOnTermination: boolean;
  readonly VolumeType: string;
  readonly VolumeSize?: number;
  readonly SnapshotId?: string;
  readonly Iops?: number;
  readonly Throughput?: number;
  readonly Encrypted?: boolean;
}

/** An AMI of one region and the accounts besides its owner that may see it. */
export interface RegionImage {
  readonly image: Image;
  readonly sharedWith: readonly string[];
}
