import type { AzureConnection } from './connect.ts';
import { type AzureAttempt, asAzure } from './errors.ts';
import { groupId } from './ids.ts';
import { NETWORK, type TestPlace } from './test-place.ts';

const RESOURCES = '2022-09-01';
const NETWORKS = '2023-09-01';
/** Skips the graceful shutdown of a VM that nobody needs any more. */
const FORCE = 'forceDeletionTypes=Microsoft.Compute%2FvirtualMachines';

/** Makes the group and, unless the plan names one, a network; gives the id of the subnet. */
export async function createTestGroup(connection: AzureConnection, place: TestPlace, signal: AbortSignal | undefined): Promise<string> {
  const { location, groupPath } = place;
  const tags = { ...place.tags };
  const arm = await connection.arm();
  await asAzure(attempt('create', 'Microsoft.Resources/subscriptions/resourceGroups/write', place), () =>
    arm.put(groupPath, RESOURCES, { location, tags }, signal),
  );
  if (place.givenSubnet !== undefined) return place.givenSubnet;
  const network = `${groupPath}/providers/Microsoft.Network/virtualNetworks/${NETWORK.name}`;
  const subnets = [{ name: NETWORK.subnet, properties: { addressPrefix: NETWORK.range } }];
  const body = { location, tags, properties: { addressSpace: { addressPrefixes: [NETWORK.range] }, subnets } };
  await asAzure(attempt('create the network in', 'Microsoft.Network/virtualNetworks/write', place), () =>
    arm.put(network, NETWORKS, body, signal),
  );
  const group = groupId(place.subscription, place.group);
  return `${group}/providers/Microsoft.Network/virtualNetworks/${NETWORK.name}/subnets/${NETWORK.subnet}`;
}

/** Asks for the deletion of the group and everything in it; resolves when the service has taken the request. */
export async function removeTestGroup(connection: AzureConnection, place: TestPlace, signal: AbortSignal): Promise<void> {
  await asAzure(attempt('delete', 'Microsoft.Resources/subscriptions/resourceGroups/delete', place), async () =>
    (await connection.arm()).remove(`${place.groupPath}?${FORCE}`, RESOURCES, signal),
  );
}

function attempt(verb: string, action: string, { subscription, group }: TestPlace): AzureAttempt {
  return { doing: `${verb} the temporary resource group ${group}`, action, scope: groupId(subscription, group) };
}
