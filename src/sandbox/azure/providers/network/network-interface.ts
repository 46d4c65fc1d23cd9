import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { parseId } from '../../ids.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';

/** A network interface; what it refers to must exist. Throws InvalidResourceReference. */
export function completeInterface({ id, properties, before }: Draft, world: World): Completed {
  requireExisting(properties, 'networkSecurityGroup', id, world);
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
      resourceGuid: textAt(before?.body, 'properties', 'resourceGuid') ?? world.nextGuid(),
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
    privateIPAddress: `10.0.0.${index + 4}`,
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

function requireExisting(properties: JsonObject, reference: string, nic: string, world: World): void {
  const id = textAt(properties, reference, 'id');
  if (id === undefined || world.resources.get(id)) return;
  const { names } = parseId(id);
  const message = `Resource ${id} referenced by resource ${nic} was not found. Please make sure that the referenced resource exists (${names.join('/')}), and that both resources are in the same region.`;
  throw armError(400, 'InvalidResourceReference', message);
}
