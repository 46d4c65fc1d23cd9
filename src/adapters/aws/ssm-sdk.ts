/** What regild uses of the SDK of Systems Manager; by a file of its own as EC2's is. */
export { GetParameterCommand, ListInventoryEntriesCommand, paginateGetInventory, SSMClient } from '@aws-sdk/client-ssm';
