import type { Json, JsonObject } from '../../../http.ts';
import { armError } from '../../errors.ts';
import { parseId, resourceId } from '../../ids.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { completeInterface } from '../network/network-interface.ts';
import { completePublicAddress } from '../network/public-address.ts';
import type { Completed, Draft } from '../resource-kind.ts';
import { withState } from '../tracked-resource.ts';

/** References to the VM's network interfaces: those that exist, and those that its networkInterfaceConfigurations make. Throws when there is none. */
export function interfacesOf(draft: Draft, world: World): readonly Json[] {
  const profile = objectAt(draft.properties, 'networkProfile');
  const references = listAt(profile, 'networkInterfaces');
  for (const reference of references) requireInterface(textAt(reference, 'id') ?? '', draft.id, world);
  const made = listAt(profile, 'networkInterfaceConfigurations').map((configuration) => makeInterface(draft, configuration, world));
  if (made.length > 0 && textAt(profile, 'networkApiVersion') === undefined) {
    throw armError(
      400,
      'InvalidParameter',
      "Required parameter 'networkProfile.networkApiVersion' is missing (null).",
      'networkProfile.networkApiVersion',
    );
  }
  if (references.length + made.length > 0) return [...references, ...made];
  throw armError(400, 'InvalidParameter', `Virtual Machine '${draft.id}' must have at least one network interface.`, 'networkProfile');
}

function requireInterface(id: string, vm: string, world: World): void {
  if (world.resources.get(id)) return;
  throw armError(
    400,
    'InvalidResourceReference',
    `Resource ${id} referenced by resource ${vm} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}

function makeInterface(draft: Draft, configuration: Json, world: World): JsonObject {
  const { primary, deleteOption, ipConfigurations: _, ...properties } = objectAt(configuration, 'properties');
  const id = networkId(draft, 'networkInterfaces', textAt(configuration, 'name') ?? 'nic', world);
  const ipConfigurations = listAt(configuration, 'properties', 'ipConfigurations').map((one) => ipConfiguration(draft, one, world));
  const made = { ...draft, id, before: undefined, properties: { ...properties, ipConfigurations } };
  store(made, 'Microsoft.Network/networkInterfaces', completeInterface(made, world), world);
  return { id, properties: { primary: primary ?? true, deleteOption: deleteOption ?? 'Detach' } };
}

function ipConfiguration(draft: Draft, given: Json, world: World): JsonObject {
  const { publicIPAddressConfiguration, ...properties } = objectAt(given, 'properties');
  const name = textAt(given, 'name') ?? 'ipconfig1';
  if (publicIPAddressConfiguration === undefined) return { name, properties };
  const id = networkId(draft, 'publicIPAddresses', textAt(publicIPAddressConfiguration, 'name') ?? 'ip', world);
  const made = { ...draft, id, before: undefined, properties: objectAt(publicIPAddressConfiguration, 'properties') };
  store(made, 'Microsoft.Network/publicIPAddresses', completePublicAddress(made, world), world);
  return { name, properties: { ...properties, publicIPAddress: { id } } };
}

function networkId({ id }: Draft, type: string, name: string, world: World): string {
  const { subscription, group } = parseId(id);
  return resourceId(subscription, group, 'Microsoft.Network', type, `${name}-${world.nextGuid().slice(-8)}`);
}

function store({ id, location }: Draft, type: string, { properties, top = {} }: Completed, world: World): void {
  world.resources.put(id, withState({ id, name: parseId(id).names.at(-1), type, location, ...top, properties }, 'Succeeded'));
}
