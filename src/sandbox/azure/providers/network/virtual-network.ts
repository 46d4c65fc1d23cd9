import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { isObject, listAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';

/** A virtual network; its subnets are kept as resources of their own once the PUT is done. */
export function completeNetwork({ properties, before }: Draft, world: World): Completed {
  if (listAt(properties, 'addressSpace', 'addressPrefixes').length === 0) {
    throw armError(400, 'InvalidRequestFormat', 'Cannot parse the request: addressSpace.addressPrefixes is required.');
  }
  const { subnets: _, ...own } = properties;
  const resourceGuid = textAt(before?.body, 'properties', 'resourceGuid') ?? world.nextGuid();
  return {
    top: { etag: `W/"${world.nextGuid()}"` },
    properties: { enableDdosProtection: false, virtualNetworkPeerings: [], ...own, resourceGuid },
    hidden: { subnets: listAt(properties, 'subnets') },
  };
}

/** Creates the subnets that the network was put with. */
export function storeSubnets({ id, hidden }: Stored, world: World): void {
  for (const subnet of listAt(hidden, 'subnets')) {
    const name = textAt(subnet, 'name') ?? 'default';
    world.resources.put(`${id}/subnets/${name}`, subnetBody(`${id}/subnets/${name}`, name, objectAt(subnet, 'properties'), world));
  }
}

/** A subnet as a GET answers it. Throws InvalidRequestFormat when it has no address prefix. */
export function subnetBody(id: string, name: string, properties: JsonObject, world: World): JsonObject {
  if (textAt(properties, 'addressPrefix') === undefined && listAt(properties, 'addressPrefixes').length === 0) {
    throw armError(400, 'InvalidRequestFormat', `Cannot parse the request: subnet ${name} has no addressPrefix.`);
  }
  const policies = { delegations: [], privateEndpointNetworkPolicies: 'Disabled', privateLinkServiceNetworkPolicies: 'Enabled' };
  return {
    ...{ id, name, etag: `W/"${world.nextGuid()}"`, type: 'Microsoft.Network/virtualNetworks/subnets' },
    properties: { ...policies, ...properties, provisioningState: 'Succeeded' },
  };
}

/** The network with its subnets in it. */
export function showNetwork(stored: Stored, _call: unknown, world: World): JsonObject {
  const subnets: readonly Json[] = world.resources.in(`${stored.id}/subnets`).map(({ body }) => body);
  const { properties } = stored.body;
  return { ...stored.body, properties: { ...(isObject(properties) && properties), subnets } };
}
