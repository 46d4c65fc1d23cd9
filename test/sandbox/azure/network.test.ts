import { afterEach, beforeEach, expect, it } from 'vitest';
import { listAt, textAt } from '../../../src/sandbox/azure/json-path.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { refusal } from './ask.ts';
import { askNetwork, createSubnet, networkId } from './network-fixture.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T08:00:00Z') });
});
afterEach(() => sandbox.close());

function nic(subnet: string, address?: string) {
  const properties = { subnet: { id: subnet }, ...(address && { publicIPAddress: { id: address } }) };
  return { location: 'westeurope', properties: { ipConfigurations: [{ name: 'ipconfig', properties }] } };
}

it('makes a network with its subnets, an address and an interface, and deletes them in the right order only', async () => {
  const subnet = await createSubnet(sandbox);
  const address = { location: 'westeurope', properties: { publicIPAllocationMethod: 'Static', dnsSettings: { domainNameLabel: 'pkr' } } };
  expect((await askNetwork(sandbox, 'PUT', 'publicIPAddresses/ip', address)).status).toBe(201);
  expect((await askNetwork(sandbox, 'PUT', 'networkInterfaces/nic', nic(subnet, networkId(sandbox, 'publicIPAddresses/ip')))).status).toBe(
    201,
  );
  expect((await askNetwork(sandbox, 'GET', 'virtualNetworks/vnet')).body).toMatchObject({
    properties: { provisioningState: 'Succeeded', subnets: [{ id: subnet }] },
  });
  expect((await askNetwork(sandbox, 'GET', 'publicIPAddresses/ip')).body).toMatchObject({
    properties: { ipAddress: '203.0.113.1', dnsSettings: { fqdn: 'pkr.westeurope.cloudapp.azure.com' } },
  });
  expect(refusal(await askNetwork(sandbox, 'DELETE', 'virtualNetworks/vnet'))).toBe('400 InUseSubnetCannotBeDeleted');
  expect(refusal(await askNetwork(sandbox, 'DELETE', 'publicIPAddresses/ip'))).toBe('400 PublicIPAddressCannotBeDeleted');
  for (const path of ['networkInterfaces/nic', 'publicIPAddresses/ip', 'virtualNetworks/vnet']) {
    expect((await askNetwork(sandbox, 'DELETE', path)).status).toBe(202);
    expect((await askNetwork(sandbox, 'GET', path)).status).toBe(404);
    expect((await askNetwork(sandbox, 'DELETE', path)).status).toBe(204);
  }
});

it('gives every interface an address of its own in its subnet and a MAC address of its own, which stay', async () => {
  const subnet = await createSubnet(sandbox);
  const own = async (name: string) => {
    const { body } = await askNetwork(sandbox, 'GET', `networkInterfaces/${name}`);
    const [configuration] = listAt(body, 'properties', 'ipConfigurations');
    return { address: textAt(configuration, 'properties', 'privateIPAddress'), mac: textAt(body, 'properties', 'macAddress') };
  };
  for (const name of ['one', 'two', 'three']) await askNetwork(sandbox, 'PUT', `networkInterfaces/${name}`, nic(subnet));
  const [one, two, three] = [await own('one'), await own('two'), await own('three')];
  expect([one, two, three].map(({ address }) => address)).toEqual(['10.0.0.4', '10.0.0.5', '10.0.0.6']);
  const macs = [one, two, three].map(({ mac }) => mac);
  expect([macs, new Set(macs).size]).toEqual([Array(3).fill(expect.stringMatching(/^00-0D-3A(?:-[0-9A-F]{2}){3}$/)), 3]);

  await askNetwork(sandbox, 'PUT', 'networkInterfaces/two', { ...nic(subnet), tags: { again: 'yes' } });
  expect(await own('two'), 'a second PUT').toEqual(two);
  await askNetwork(sandbox, 'DELETE', 'networkInterfaces/one');
  sandbox.clock.advance(60);
  await askNetwork(sandbox, 'PUT', 'networkInterfaces/four', nic(subnet));
  expect((await own('four')).address, 'the address of one that is gone').toBe('10.0.0.4');
});

it('keeps a security group with ids for its rules', async () => {
  const properties = { priority: 100, access: 'Allow', direction: 'Inbound', protocol: 'Tcp', destinationPortRange: '22' };
  const group = { location: 'westeurope', properties: { securityRules: [{ name: 'ssh', properties }] } };
  await askNetwork(sandbox, 'PUT', 'networkSecurityGroups/nsg', group);
  expect((await askNetwork(sandbox, 'GET', 'networkSecurityGroups/nsg')).body).toMatchObject({
    properties: { securityRules: [{ id: networkId(sandbox, 'networkSecurityGroups/nsg/securityRules/ssh'), name: 'ssh', properties }] },
  });
});

it('refuses an interface in a subnet that does not exist, and one without', async () => {
  expect(
    refusal(await askNetwork(sandbox, 'PUT', 'networkInterfaces/nic', nic(networkId(sandbox, 'virtualNetworks/none/subnets/x')))),
  ).toBe('400 InvalidResourceReference');
  const body = { location: 'westeurope', properties: { ipConfigurations: [{ name: 'ipconfig', properties: {} }] } };
  expect(refusal(await askNetwork(sandbox, 'PUT', 'networkInterfaces/nic', body))).toBe('400 SubnetNotSpecified');
});
