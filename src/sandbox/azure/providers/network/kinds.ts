import { armError } from '../../errors.ts';
import { parseId, sameId } from '../../ids.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { completeInterface } from './network-interface.ts';
import { completePublicAddress } from './public-address.ts';
import { completeSecurityGroup } from './security-group.ts';
import { completeNetwork, showNetwork, storeSubnets } from './virtual-network.ts';

/** Versions that strangers send: Packer (2023-09-01) and later SDKs. */
export const NETWORK_VERSIONS: readonly string[] = ['2023-09-01', '2024-05-01', '2025-01-01', '2025-03-01', '2025-05-01'];
const COMMON = { versions: NETWORK_VERSIONS, created: 201, seconds: 5, working: 'Updating' } as const;

/** The resource types of Microsoft.Network that a build VM and a test VM need. */
export const NETWORK_KINDS: readonly ResourceKind[] = [
  {
    ...COMMON,
    type: 'Microsoft.Network/virtualNetworks',
    keep: ['extendedLocation'],
    complete: completeNetwork,
    settle: storeSubnets,
    show: showNetwork,
    mayDelete: refuseWhileUsed('InUseSubnetCannotBeDeleted', 'Subnet is in use'),
  },
  {
    ...COMMON,
    type: 'Microsoft.Network/networkInterfaces',
    keep: ['extendedLocation'],
    complete: completeInterface,
    mayDelete: refuseWhileUsed('NicInUse', 'Network interface is used by an existing resource'),
  },
  {
    ...COMMON,
    type: 'Microsoft.Network/publicIPAddresses',
    keep: ['sku', 'zones', 'extendedLocation'],
    complete: completePublicAddress,
    mayDelete: refuseWhileUsed('PublicIPAddressCannotBeDeleted', 'Public IP address is still allocated'),
  },
  {
    ...COMMON,
    type: 'Microsoft.Network/networkSecurityGroups',
    keep: [],
    complete: completeSecurityGroup,
    mayDelete: refuseWhileUsed('InUseNetworkSecurityGroupCannotBeDeleted', 'Network security group is in use'),
  },
];

function refuseWhileUsed(code: string, what: string): (stored: Stored, world: World) => void {
  return (stored, world) => {
    const user = userOf(stored.id, world);
    if (user !== undefined) throw armError(400, code, `${what}: ${stored.id} is used by ${user} and cannot be deleted.`);
  };
}

/** Id of a network interface or VM that refers to the resource or to something below it. */
function userOf(id: string, world: World): string | undefined {
  const users = world.resources
    .below(`/subscriptions/${world.subscription}`)
    .filter((stored) => references(stored).some((used) => within(used, id)));
  return users[0]?.id;
}

function within(used: string, id: string): boolean {
  return sameId(used, id) || used.toLowerCase().startsWith(`${id.toLowerCase()}/`);
}

function references({ id, body }: Stored): readonly string[] {
  const { type } = parseId(id);
  if (type === 'Microsoft.Compute/virtualMachines') return ids(listAt(body, 'properties', 'networkProfile', 'networkInterfaces'));
  if (type !== 'Microsoft.Network/networkInterfaces') return [];
  const configurations = listAt(body, 'properties', 'ipConfigurations').map((one) => objectAt(one, 'properties'));
  return ids([
    objectAt(body, 'properties', 'networkSecurityGroup'),
    ...configurations.flatMap((one) => [objectAt(one, 'subnet'), objectAt(one, 'publicIPAddress')]),
  ]);
}

function ids(objects: readonly unknown[]): readonly string[] {
  return objects.flatMap((object) => textAt(object, 'id') ?? []);
}
