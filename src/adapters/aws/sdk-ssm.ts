/** What of the SDK is used, so that the bundle holds nothing else of it. */
export { GetParameterCommand, ListInventoryEntriesCommand, paginateGetInventory, SSMClient } from '@aws-sdk/client-ssm';
