import type { AzureConnection } from '../connection/index.ts';
import { asAzure } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { groupAttempt, RESOURCES } from '../resource-group.ts';
import { NETWORK, type TestPlace } from './place.ts';

const NETWORKS = '2023-09-01';

/** Makes the group and, unless the plan names one, a network; gives the id of the subnet. */
export async function createTestGroup(connection: AzureConnection, place: TestPlace, signal: AbortSignal | undefined): Promise<string> {
  const { location, groupPath, subscription } = place;
  const tags = { ...place.tags };
  const arm = await connection.arm();
  await asAzure(groupAttempt('create', subscription, place.group), () => arm.put(groupPath, RESOURCES, { location, tags }, signal));
  if (place.givenSubnet !== undefined) return place.givenSubnet;
  const group = groupId(subscription, place.group);
  const network = `${groupPath}/providers/Microsoft.Network/virtualNetworks/${NETWORK.name}`;
  const subnets = [{ name: NETWORK.subnet, properties: { addressPrefix: NETWORK.range } }];
  const body = { location, tags, properties: { addressSpace: { addressPrefixes: [NETWORK.range] }, subnets } };
  const attempt = {
    doing: `create the network in the temporary resource group ${place.group}`,
    action: 'Microsoft.Network/virtualNetworks/write',
    scope: group,
  };
  await asAzure(attempt, () => arm.put(network, NETWORKS, body, signal));
  return `${group}/providers/Microsoft.Network/virtualNetworks/${NETWORK.name}/subnets/${NETWORK.subnet}`;
}
