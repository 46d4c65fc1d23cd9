import type { CodeEntry } from './entry.ts';

/** What the record of the AMI says, and what it leaves open. */
export const ANALYZE_CODES = {
  UNKNOWN_OS: {
    severities: ['question', 'warning', 'info'],
    says: 'nothing that EC2 says tells the distribution',
    cause: 'a private AMI with a name of its own, made from nothing that is known',
    cure: 'look into the AMI (`/etc/os-release`), then set `base`',
  },
  UNKNOWN_VERSION: {
    severities: ['question', 'warning'],
    says: 'the distribution is known and its version is not',
    cause: 'a name without numbers',
    cure: 'look into the AMI, then set `base`',
  },
  EVIDENCE_CONFLICT: {
    severities: ['warning'],
    says: 'two observations of the AMI contradict each other',
    cause: 'a copied name, or an upgrade in place',
    cure: 'look into the AMI, then set `base`',
  },
  OWNER_MISMATCH: {
    severities: ['warning'],
    says: "the AMI is named like a publisher's own and belongs to somebody else",
    cause: 'anyone may choose any name',
    cure: 'check that you trust the owner',
  },
  BETA_SOURCE: {
    severities: ['warning'],
    says: 'the AMI comes from a preview build, not from a release',
    cause: 'it was made before the release',
    cure: 'test what relied on the preview: the Azure base is a released version',
  },
  LICENCE_UNCLEAR: {
    severities: ['warning'],
    says: 'the system is sold by subscription, and EC2 does not say who bills it',
    cause: 'a usage operation that says plain Linux for a system with a licence',
    cure: 'say it with `licence`',
  },
  BILLING_CODE_UNKNOWN: {
    severities: ['warning'],
    says: 'the AMI carries a billing code that the catalog does not know',
    cause: 'a code younger than the catalog',
    cure: 'look the code up at AWS, and say the licence with `licence`',
  },
  PAYG_LICENCE: {
    severities: ['info'],
    says: 'AWS bills the licence by the hour',
    cause: 'an AMI with the licence included',
    cure: 'on Azure it is billed anew or brought along: see the question LICENCE_CHOICE',
  },
  VENDOR_TERMS: {
    severities: ['warning'],
    says: 'the AMI is an AWS Marketplace product, whose terms do not reach to Azure',
    cause: 'a product code of AWS Marketplace',
    cure: "accept the vendor's terms on Azure",
  },
  PRODUCT_CODE_INHERITED: {
    severities: ['warning'],
    says: 'the AMI was made from a Marketplace product and inherited its product code',
    cause: 'EC2 hands product codes on to every copy',
    cure: 'ask the vendor whether the licence covers what was made from it',
  },
  SQL_SERVER: {
    severities: ['warning'],
    says: 'the AMI carries SQL Server, whose licence AWS bills',
    cause: 'a billing code, or the name',
    cure: 'choose an Azure base with SQL Server, or bring the licence along',
  },
  SOURCE_32_BIT: {
    severities: ['warning'],
    says: 'the AMI holds a 32-bit system, which no Azure base offers',
    cause: 'architecture i386',
    cure: 'rebuild for x64: packages and binaries need their 64-bit counterparts',
  },
  PARAVIRTUAL: {
    severities: ['warning'],
    says: 'the AMI is paravirtual: its disk has no boot loader that Azure could use',
    cause: 'virtualization type `paravirtual`',
    cure: 'rebuild on a clean base',
  },
  DEPRECATED_AMI: {
    severities: ['info'],
    says: 'the AMI is deprecated, and EC2 hides it from searches',
    cause: 'its owner set a date',
    cure: 'name it by id, or move to its successor',
  },
  AMI_NOT_AVAILABLE: {
    severities: ['warning'],
    says: 'the AMI is in a state from which no instance can be launched',
    cause: 'it is pending, failed or disabled',
    cure: 'analysis and rebuild go on; a comparison with the running machine needs another AMI',
  },
  ANCESTRY_CUT: {
    severities: ['info'],
    says: 'the chain of AMIs behind this one was not followed to its end',
    cause: 'it is long, or leads in a circle',
    cure: 'nothing: what is known of the nearer ones is used',
  },
  ANCESTOR_UNREADABLE: {
    severities: ['info'],
    says: 'the AMI was made from one that this account cannot read',
    cause: 'it is deleted, private, or in a region that is not enabled',
    cure: 'nothing, or ask its owner to share it',
  },
  INSTANCE_STORE: {
    severities: ['warning'],
    says: 'the AMI boots from instance store: there is no snapshot to read',
    cause: 'root device type `instance-store`',
    cure: 'its content is in a bundle in S3; the rebuild starts from a clean base either way',
  },
  DATA_DISKS: {
    severities: ['warning'],
    says: 'the AMI brings data volumes, and the image holds the system disk only',
    cause: 'block device mappings beside the root',
    cure: 'create data disks with the VM, or move their content separately',
  },
  DISK_NOT_READ: {
    severities: ['info', 'error'],
    says: "what is on the AMI's disk is not known; an error where the manifest says `inspect: require`",
    cause: 'the snapshot is public, pending, archived, not shared, or its file system is none that is read',
    cure: 'as the hint says; or `inspect: never`',
  },
  ENCRYPTED_SNAPSHOT: {
    severities: ['warning'],
    says: 'the AMI has encrypted volumes',
    cause: 'reading them needs the right to decrypt with their KMS key',
    cure: 'keys do not move: a disk encryption set brings your own key to Azure',
  },
  PROVISIONED_IOPS: {
    severities: ['info'],
    says: 'the AMI asks for provisioned performance, which an image cannot hold',
    cause: 'IOPS or throughput in its block device mappings',
    cure: 'choose disk type and VM size when the VM is created',
  },
  FIELD_UNREADABLE: {
    severities: ['warning'],
    says: 'a field of a file of DescribeImages output has not the form that EC2 gives it',
    cause: 'the file was edited or made by another program',
    cure: 'write the file anew with `aws ec2 describe-images`',
  },
  TEMPLATE_BY_PARAMETER: {
    severities: ['info'],
    says: 'a launch template names its image through an SSM parameter, so which AMI it uses is not known',
    cause: '`resolve:ssm:` in the template',
    cure: 'look up what the parameter holds',
  },
} as const satisfies Record<string, CodeEntry>;
