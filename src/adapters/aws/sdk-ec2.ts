/** What of the SDK is used, so that the bundle holds nothing else of it: a whole `import('@aws-sdk/client-ec2')` makes every command that EC2 has. */
export {
  DescribeSnapshotsCommand,
  EC2Client,
  GetImageAncestryCommand,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
} from '@aws-sdk/client-ec2';
