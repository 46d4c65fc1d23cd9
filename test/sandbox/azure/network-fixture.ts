import type { Sandbox } from '../../../src/sandbox/index.ts';
import { ask } from './ask.ts';
import { GROUP } from './gallery-fixture.ts';

const NETWORK = `resourceGroups/${GROUP}/providers/Microsoft.Network`;
const VERSION = 'api-version=2023-09-01';

/** Id of a resource of Microsoft.Network in the fixture's group. */
export function networkId({ subscription }: Sandbox, path: string): string {
  return `/subscriptions/${subscription}/${NETWORK}/${path}`;
}

/** Sends a request to a resource of Microsoft.Network in the fixture's group. */
export function askNetwork(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  return ask(sandbox, method, `${NETWORK}/${path}?${VERSION}`, { body });
}

/** Makes a network with one subnet and gives the subnet's id. */
export async function createSubnet(sandbox: Sandbox): Promise<string> {
  const subnets = [{ name: 'build', properties: { addressPrefix: '10.0.0.0/24' } }];
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets };
  await askNetwork(sandbox, 'PUT', 'virtualNetworks/vnet', { location: 'westeurope', properties });
  sandbox.clock.advance(60);
  return networkId(sandbox, 'virtualNetworks/vnet/subnets/build');
}
