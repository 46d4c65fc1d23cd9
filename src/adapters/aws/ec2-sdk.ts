/**
 * What regild uses of EC2's SDK. Imported by this file, and this file when it is needed: of a package that is imported lazily itself the bundle takes all
 * seven hundred operations along, and evaluating them takes 25 MB.
 */
export {
  DescribeSnapshotsCommand,
  EC2Client,
  GetImageAncestryCommand,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
} from '@aws-sdk/client-ec2';
