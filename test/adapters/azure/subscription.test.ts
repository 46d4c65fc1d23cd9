import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSubscription } from '../../../src/adapters/azure/subscription.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { connectedTo, ELSEWHERE } from './connected.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

async function opened() {
  const { connection, requests } = await connectedTo(sandbox);
  return { port: createSubscription(connection), connection, requests, subscription: sandbox.subscription };
}

test('locations in normal form, read once together with the provider', async () => {
  const { port, requests, subscription } = await opened();
  expect(await port.locations(subscription)).toContain('westeurope');
  expect(await port.provider(subscription, 'Microsoft.Compute')).toBe('Registered');
  expect(requests).toEqual(['GET providers/Microsoft.Compute']);
});

test.each([ELSEWHERE, 'not-a-guid'])('the subscription %s cannot be seen', async (subscription) => {
  const { port } = await opened();
  expect(await port.locations(subscription)).toBeUndefined();
});

test('a provider that is not registered', async () => {
  const { port, subscription } = await opened();
  expect(await port.provider(subscription, 'Microsoft.Migrate')).toBe('NotRegistered');
});

test('a resource group, and one that does not exist', async () => {
  const { port, subscription } = await opened();
  expect(await port.resourceGroup(subscription, 'rg-images')).toEqual({ location: 'westeurope' });
  expect(await port.resourceGroup(subscription, 'rg-"; rm -rf / #')).toBeUndefined();
  await expect(port.resourceGroup(subscription, '..')).rejects.toMatchObject({ code: 'USAGE' });
});

test('a group in a subscription that does not exist is an error with a hint', async () => {
  const { port } = await opened();
  await expect(port.resourceGroup(ELSEWHERE, 'rg')).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    message: `could not read the resource group rg: The subscription '${ELSEWHERE}' could not be found (SubscriptionNotFound)`,
    hint: expect.stringContaining('target.subscription'),
  });
});

test('sizes and quota of a location, each read once', async () => {
  const { port, requests, subscription } = await opened();
  const [sizes, again, quotas] = await Promise.all([
    port.sizes(subscription, 'westeurope'),
    port.sizes(subscription, 'westeurope'),
    port.quotas(subscription, 'westeurope'),
  ]);
  expect(again).toBe(sizes);
  expect(sizes.find(({ name }) => name === 'Standard_D2s_v5')).toEqual({
    name: 'Standard_D2s_v5',
    family: 'standardDSv5Family',
    vcpus: 2,
    memoryGiB: 8,
    architecture: 'x64',
    generations: ['V1', 'V2'],
    controllers: ['SCSI'],
    trustedLaunch: true,
    restriction: undefined,
    zones: ['1', '2', '3'],
    acceleratedNetworking: true,
    premiumDisks: true,
    dataDisks: 4,
    ephemeralOsDisk: undefined,
  });
  expect(quotas.find(({ name }) => name === 'cores')).toEqual({ name: 'cores', used: 4, limit: 100 });
  expect([...requests].sort()).toEqual(['GET Microsoft.Compute/skus', 'GET westeurope/usages']);
});

test('a location that does not exist: the message that came in a page is kept', async () => {
  const { port, subscription } = await opened();
  await expect(port.quotas(subscription, 'marsnorth')).rejects.toMatchObject({
    message: expect.stringContaining("The provided location 'marsnorth' is not available"),
    hint: expect.stringContaining('az account list-locations'),
  });
});

test('permissions on a resource group; none are known where it may not be asked', async () => {
  const { port, subscription } = await opened();
  expect(await port.permissions(subscription, 'rg-images')).toEqual([
    { actions: ['*'], notActions: expect.arrayContaining(['Microsoft.Authorization/*/Write']) },
  ]);
  const refusal = { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'no' } as const;
  sandbox.faults.add({ match: { path: '**/rg-other/**/permissions' }, effect: refusal });
  expect(await port.permissions(subscription, 'rg-other')).toBeUndefined();
});

test('a refusal names action and scope, and is asked again the next time', async () => {
  const { port, subscription } = await opened();
  const refusal = { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'The client has no authorization.' } as const;
  sandbox.faults.add({ match: { path: '**/usages' }, effect: refusal });
  await expect(port.quotas(subscription, 'westeurope')).rejects.toMatchObject({
    code: 'CLOUD_DENIED',
    message: `not allowed to read the quota of westeurope (Microsoft.Compute/locations/usages/read on /subscriptions/${subscription}): The client has no authorization`,
  });
  expect(await port.quotas(subscription, 'westeurope')).not.toEqual([]);
});

test('which locations have zones', async () => {
  const { port, subscription } = await opened();
  const zonal = await port.zonalLocations(subscription);
  expect([zonal?.includes('northeurope'), zonal?.includes('westus')]).toEqual([true, false]);
});

test('a subnet with its location and policies, one that does not exist, and one that may not be read', async () => {
  const { connection } = await connectedTo(sandbox);
  const port = createSubscription(connection);
  const network = `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers/Microsoft.Network/virtualNetworks/hub`;
  const delegations = [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }];
  const subnets = [
    { name: 'build', properties: { addressPrefix: '10.0.0.0/24' } },
    { name: 'web', properties: { addressPrefix: '10.0.1.0/24', delegations } },
  ];
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets };
  await (await connection.arm()).put(network, '2023-09-01', { location: 'westeurope', properties });
  const elsewhere = network.replace('rg-images', 'rg-net');
  sandbox.faults.add({
    match: { method: 'GET', path: '**/virtualNetworks/closed' },
    effect: { kind: 'respond', status: 403, code: 'AuthorizationFailed', message: 'no' },
  });
  const found = {
    location: 'westeurope',
    privateLinkServicePolicies: true,
    delegatedTo: [],
    toCaller: [{ actions: ['*'], notActions: expect.any(Array) }],
  };
  expect([
    await port.subnet(`${network}/subnets/build`),
    await port.subnet(`${network}/subnets/web`),
    await port.subnet(`${network}/subnets/other`),
    await port.subnet(`${elsewhere}/subnets/build`),
    await port.subnet(`${network.replace('hub', 'closed')}/subnets/build`),
  ]).toEqual([found, { ...found, delegatedTo: ['Microsoft.Web/serverFarms'] }, undefined, undefined, 'unreadable']);
});

test('an identity with what it may do, and what the caller may do with it; none where there is none', async () => {
  const { port, subscription } = await opened();
  const group = `/subscriptions/${subscription}/resourceGroups/rg-images`;
  const id = (name: string) => `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  expect(await port.identity(id('id-that-does-not-exist'), group)).toBeUndefined();
  expect(await port.identity(id('id-image-builder'), group)).toEqual({
    location: 'westeurope',
    rights: [{ actions: expect.arrayContaining(['Microsoft.Compute/galleries/images/versions/write']), notActions: [] }],
    inNetwork: undefined,
    toCaller: [{ actions: ['*'], notActions: expect.arrayContaining(['Microsoft.Authorization/*/Write']) }],
  });
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/hub`;
  expect(await port.identity(id('id-image-builder'), group, network)).toMatchObject({
    inNetwork: [{ actions: expect.arrayContaining(['Microsoft.Network/virtualNetworks/subnets/join/action']), notActions: [] }],
  });
  sandbox.change({ kind: 'rights-given', actions: ['Microsoft.Authorization/permissions/read'] });
  expect(await port.identity(`${id('id-image-builder')}-2`, group)).toBe('unreadable');
  sandbox.change({ kind: 'rights-given', actions: ['*'] });
});

test('what policies deny, by their names and the tags that they want; the same policies refuse the write', async () => {
  const { port, subscription, connection } = await opened();
  const tags = { 'regild-run': 'regild' };
  const group = {
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    apiVersion: '2022-09-01',
    location: 'northeurope',
    tags,
    properties: {},
  };
  expect(await port.policies(subscription, undefined, group)).toEqual([]);
  const policies = [
    { name: 'require-cost-center', requiredTag: 'CostCenter' },
    { name: 'no-key-vaults', deniedType: 'Microsoft.KeyVault/vaults' },
  ];
  sandbox.change({ kind: 'policies-assigned', policies });
  expect(await port.policies(subscription, undefined, { ...group, location: 'westeurope' })).toEqual([
    { policy: 'require-cost-center', fields: ['tags.CostCenter'] },
  ]);
  const vault = { ...group, type: 'Microsoft.KeyVault/vaults', tags: { costcenter: '1' } };
  expect(await port.policies(subscription, 'rg-images', vault)).toEqual([{ policy: 'no-key-vaults', fields: [] }]);
  const arm = await connection.arm();
  const path = `/subscriptions/${subscription}/resourcegroups/rg-new`;
  await expect(arm.put(path, '2022-09-01', { location: 'northeurope', tags })).rejects.toThrow('disallowed by policy');
  await arm.put(path, '2022-09-01', { location: 'northeurope', tags: { ...tags, CostCenter: '4711' } });
});

test('cores of Azure Container Instances', async () => {
  const { port, subscription } = await opened();
  sandbox.change({ kind: 'container-cores-used', used: 7, limit: 10 });
  expect(await port.containerCores(subscription, 'northeurope')).toEqual({ name: 'StandardCores', used: 7, limit: 10 });
});
