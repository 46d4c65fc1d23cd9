import { nameOf, parseId } from '../../ids.ts';
import { objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';

/** A public IP address out of the block that is reserved for examples (RFC 5737), so that nothing real is ever reached. */
export function completePublicAddress({ id, call, location, properties, before }: Draft, world: World): Completed {
  const label = textAt(properties, 'dnsSettings', 'domainNameLabel');
  const fqdn = label && {
    dnsSettings: { ...objectAt(properties, 'dnsSettings'), fqdn: `${label}.${location}.cloudapp.azure.com`.toLowerCase() },
  };
  return {
    top: { etag: `W/"${world.nextGuid()}"`, sku: { name: 'Standard', tier: 'Regional', ...objectAt(call.body, 'sku') } },
    properties: {
      ...{ publicIPAllocationMethod: 'Dynamic', publicIPAddressVersion: 'IPv4', idleTimeoutInMinutes: 4, ipTags: [] },
      ...properties,
      ...fqdn,
      ipAddress: textAt(before?.body, 'properties', 'ipAddress') ?? nextAddress(id, world),
      resourceGuid: textAt(before?.body, 'properties', 'resourceGuid') ?? world.nextGuid(),
    },
  };
}

function nextAddress(id: string, world: World): string {
  const taken = world.resources
    .below(`/subscriptions/${world.subscription}`)
    .filter((stored) => parseId(stored.id).type === 'Microsoft.Network/publicIPAddresses' && nameOf(stored.id) !== nameOf(id))
    .map(({ body }) => textAt(body, 'properties', 'ipAddress'));
  const last = Array.from({ length: 254 }, (_, index) => index + 1).find((number) => !taken.includes(`203.0.113.${number}`)) ?? 254;
  return `203.0.113.${last}`;
}
