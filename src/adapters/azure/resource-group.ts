import { armPath } from './connection/arm-path.ts';
import type { AzureConnection } from './connection/index.ts';
import { type AzureAttempt, unlessMissing } from './errors/index.ts';
import { groupId } from './ids.ts';

/** API version of Microsoft.Resources. */
export const RESOURCES = '2022-09-01';
/** Skips the graceful shutdown of a VM that nobody needs any more. */
const FORCE = 'forceDeletionTypes=Microsoft.Compute%2FvirtualMachines';

/** Asks for the deletion of a group and everything in it; resolves when the service has taken the request. One that does not exist is fine. */
export async function removeGroup(connection: AzureConnection, subscription: string, name: string, signal?: AbortSignal): Promise<void> {
  const path = armPath`/subscriptions/${subscription}/resourcegroups/${name}`;
  await unlessMissing(groupAttempt('delete', subscription, name), async () =>
    (await connection.arm()).remove(`${path}?${FORCE}`, RESOURCES, signal),
  );
}

/** What is being done to a temporary group, for messages and hints. */
export function groupAttempt(verb: 'create' | 'read' | 'delete', subscription: string, name: string): AzureAttempt {
  return {
    doing: `${verb} the temporary resource group ${name}`,
    action: `Microsoft.Resources/subscriptions/resourceGroups/${verb === 'create' ? 'write' : verb}`,
    scope: groupId(subscription, name),
  };
}
