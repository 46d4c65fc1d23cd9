import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { parseId, sameId } from '../../ids.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';

/** A network interface; what it refers to must exist. Throws InvalidResourceReference. */
export function completeInterface({ id, properties, before }: Draft, world: World): Completed {
  requireExisting(properties, 'networkSecurityGroup', id, world);
  const old = objectAt(before?.body, 'properties');
  const configurations = listAt(properties, 'ipConfigurations').map((one, index) => configuration(id, one, index, world));
  if (configurations.length === 0) {
    throw armError(400, 'NicMustHaveAtLeastOneIpConfiguration', `Network interface ${id} must have at least one IP configuration.`);
  }
  return {
    top: { etag: `W/"${world.nextGuid()}"` },
    properties: {
      ...{
        enableAcceleratedNetworking: false,
        enableIPForwarding: false,
        dnsSettings: { dnsServers: [] },
        nicType: 'Standard',
        tapConfigurations: [],
      },
      ...properties,
      ipConfigurations: configurations,
      resourceGuid: textAt(old, 'resourceGuid') ?? world.nextGuid(),
      macAddress: textAt(old, 'macAddress') ?? macAddress(world.nextGuid()),
    },
  };
}

function configuration(nic: string, given: Json, index: number, world: World): JsonObject {
  const name = textAt(given, 'name') ?? `ipconfig${index + 1}`;
  const properties = objectAt(given, 'properties');
  if (textAt(properties, 'subnet', 'id') === undefined) {
    throw armError(400, 'SubnetNotSpecified', `IP configuration ${name} of ${nic} has no subnet.`);
  }
  requireExisting(properties, 'subnet', nic, world);
  requireExisting(properties, 'publicIPAddress', nic, world);
  const defaults = {
    privateIPAddress: freeAddress(textAt(properties, 'subnet', 'id') ?? '', `${nic}/ipConfigurations/${name}`, index, world),
    privateIPAllocationMethod: 'Dynamic',
    privateIPAddressVersion: 'IPv4',
    primary: index === 0,
  };
  return {
    ...{
      name,
      id: `${nic}/ipConfigurations/${name}`,
      etag: `W/"${world.nextGuid()}"`,
      type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
    },
    properties: { ...defaults, ...properties, provisioningState: 'Succeeded' },
  };
}

/** In the block that Microsoft's own cards have (00-0D-3A); the rest from a GUID, so that no two are alike. */
function macAddress(guid: string): string {
  return ['00', '0D', '3A', ...(guid.toUpperCase().replaceAll('-', '').slice(-6).match(/../g) ?? [])].join('-');
}

/** The next address of a subnet that no other card has; Azure keeps the first four of each for itself. */
function freeAddress(subnet: string, own: string, index: number, world: World): string {
  const prefix = textAt(world.resources.get(subnet)?.body, 'properties', 'addressPrefix') ?? '10.0.0.0/24';
  const taken = world.resources
    .below(`/subscriptions/${world.subscription}`)
    .filter(({ id }) => parseId(id).type === 'Microsoft.Network/networkInterfaces')
    .flatMap(({ body }) => listAt(body, 'properties', 'ipConfigurations'))
    .filter((one) => textAt(one, 'id') !== own && sameId(textAt(one, 'properties', 'subnet', 'id') ?? '', subnet))
    .map((one) => textAt(one, 'properties', 'privateIPAddress'));
  const [first = 10, second = 0, third = 0, fourth = 0] = (prefix.split('/')[0] ?? '').split('.').map(Number);
  const address = (number: number) => [first, second, third + Math.floor(number / 256), fourth + (number % 256)].join('.');
  const free = Array.from({ length: 1000 }, (_, number) => address(number + 4)).filter((one) => !taken.includes(one));
  return free[index] ?? address(4);
}

function requireExisting(properties: JsonObject, reference: string, nic: string, world: World): void {
  const id = textAt(properties, reference, 'id');
  if (id === undefined || world.resources.get(id)) return;
  const { names } = parseId(id);
  const message = `Resource ${id} referenced by resource ${nic} was not found. Please make sure that the referenced resource exists (${names.join('/')}), and that both resources are in the same region.`;
  throw armError(400, 'InvalidResourceReference', message);
}
