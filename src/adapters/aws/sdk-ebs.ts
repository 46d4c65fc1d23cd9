/** What of the SDK is used, so that the bundle holds nothing else of it. */
export { EBSClient, GetSnapshotBlockCommand, ListSnapshotBlocksCommand } from '@aws-sdk/client-ebs';
