import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';

const VERSION = 'api-version=2022-09-01';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

function group(name: string) {
  const id = `/subscriptions/${sandbox.subscription}/resourceGroups/${name}`;
  return { id, name, type: 'Microsoft.Resources/resourceGroups', location: 'uksouth', properties: { provisioningState: 'Succeeded' } };
}

test('a resource group is created once and stays where it is', async () => {
  const put = (location: string) => ask(sandbox, 'PUT', `resourcegroups/rg-x?${VERSION}`, { body: { location } });
  expect(await put('UK South')).toMatchObject({ status: 201, body: group('rg-x') });
  expect(await put('uksouth')).toMatchObject({ status: 200, body: group('rg-x') });
  expect(refusal(await put('westeurope'))).toBe('409 InvalidResourceGroupLocation');
});

test('deleting a group is long-running (Location), refuses new resources meanwhile, and takes what is in it', async () => {
  await ask(sandbox, 'PUT', `resourceGroups/rg-x?${VERSION}`, { body: { location: 'uksouth' } });
  const gallery = 'resourceGroups/rg-x/providers/Microsoft.Compute/galleries/sig?api-version=2024-03-03';
  await ask(sandbox, 'PUT', gallery, { body: { location: 'uksouth' } });
  const accepted = await ask(sandbox, 'DELETE', `resourceGroups/rg-x?${VERSION}`);
  expect([accepted.status, accepted.body]).toEqual([202, undefined]);
  expect(refusal(await ask(sandbox, 'PUT', gallery, { body: { location: 'uksouth' } }))).toBe('409 ResourceGroupBeingDeleted');
  const { pathname, search } = new URL(String(accepted.headers.location));
  expect((await ask(sandbox, 'GET', `${pathname}${search}`)).status).toBe(200);
  expect((await ask(sandbox, 'HEAD', `resourceGroups/rg-x?${VERSION}`)).status).toBe(404);
  await ask(sandbox, 'PUT', `resourceGroups/rg-x?${VERSION}`, { body: { location: 'uksouth' } });
  expect(refusal(await ask(sandbox, 'GET', gallery))).toBe('404 ResourceNotFound');
});

test('groups and resources are found by tag', async () => {
  const tags = { 'regild:run': "it's" };
  await ask(sandbox, 'PUT', `resourceGroups/rg-x?${VERSION}`, { body: { location: 'uksouth', tags } });
  const path = 'resourceGroups/rg-x/providers/Microsoft.Compute/galleries/sig';
  await ask(sandbox, 'PUT', `${path}?api-version=2024-03-03`, { body: { location: 'uksouth', tags } });
  const filter = encodeURIComponent("tagName eq 'regild:run' and tagValue eq 'it''s'");
  expect((await ask(sandbox, 'GET', `resourceGroups?${VERSION}&$filter=${filter}`)).body).toEqual({ value: [{ ...group('rg-x'), tags }] });
  const id = `/subscriptions/${sandbox.subscription}/${path}`;
  const found = { id, name: 'sig', type: 'Microsoft.Compute/galleries', location: 'uksouth', tags };
  expect((await ask(sandbox, 'GET', `resources?${VERSION}&$filter=${filter}`)).body).toEqual({ value: [found] });
});

test('a provider is registered after a while, and until then its resources are refused', async () => {
  const state = async () => {
    const { body } = await ask(sandbox, 'GET', `providers/microsoft.compute?${VERSION}`);
    return (body as { readonly registrationState: string }).registrationState;
  };
  await ask(sandbox, 'POST', `providers/Microsoft.Compute/unregister?${VERSION}`);
  expect(await state()).toBe('Unregistered');
  const gallery = 'resourceGroups/rg-images/providers/Microsoft.Compute/galleries/sig?api-version=2024-03-03';
  expect(refusal(await ask(sandbox, 'PUT', gallery, { body: { location: 'uksouth' } }))).toBe('409 MissingSubscriptionRegistration');
  const { body } = await ask(sandbox, 'POST', `providers/Microsoft.Compute/register?${VERSION}`);
  expect(body).toMatchObject({ namespace: 'Microsoft.Compute', registrationState: 'Registering' });
  expect(await state()).toBe('Registered');
});

test('an operation that is stuck stays in progress', async () => {
  sandbox.faults.add({ match: { method: 'PUT', path: '**/galleries/*' }, effect: { kind: 'stuck-operation' } });
  const created = await ask(sandbox, 'PUT', 'resourceGroups/rg-images/providers/Microsoft.Compute/galleries/sig?api-version=2024-03-03', {
    body: { location: 'uksouth' },
  });
  const { pathname, search } = new URL(String(created.headers['azure-asyncoperation']));
  sandbox.clock.advance(86_400);
  expect((await ask(sandbox, 'GET', `${pathname}${search}`)).body).toMatchObject({ status: 'InProgress' });
});

test('lists that the CLIs have kept: tags in use, VM sizes of a location, and what the subscription has none of', async () => {
  const put = (name: string, tags: object) =>
    ask(sandbox, 'PUT', `resourceGroups/${name}?${VERSION}`, { body: { location: 'uksouth', tags } });
  await put('rg-x', { suite: 'a' });
  await put('rg-y', { suite: 'b', only: 'here' });
  const bodyOf = async (path: string) => (await ask(sandbox, 'GET', path)).body;
  const id = `/subscriptions/${sandbox.subscription}/tagNames`;
  const total = (value: number) => ({ type: 'Total', value });
  const value = (tag: string, tagValue: string) => ({ id: `${id}/${tag}/tagValues/${tagValue}`, count: total(1), tagValue });
  expect(await bodyOf(`tagNames?${VERSION}`)).toEqual({
    value: expect.arrayContaining([
      { id: `${id}/suite`, count: total(2), tagName: 'suite', values: [value('suite', 'a'), value('suite', 'b')] },
      { id: `${id}/only`, count: total(1), tagName: 'only', values: [value('only', 'here')] },
    ]),
  });
  const sizes = await bodyOf('providers/Microsoft.Compute/locations/uksouth/vmSizes?api-version=2024-07-01');
  const size = {
    name: 'Standard_D2s_v5',
    numberOfCores: 2,
    osDiskSizeInMB: 1_047_552,
    resourceDiskSizeInMB: 0,
    memoryInMB: 8192,
    maxDataDiskCount: 4,
  };
  expect(sizes).toEqual({ value: expect.arrayContaining([size]) });
  expect(refusal(await ask(sandbox, 'GET', 'providers/Microsoft.Compute/locations/mars/vmSizes?api-version=2024-07-01'))).toBe(
    '400 LocationNotAvailableForResourceType',
  );
  const none = { value: [] };
  expect(await bodyOf('providers/Microsoft.Features/providers/Microsoft.Compute/features?api-version=2021-07-01')).toEqual(none);
  expect(await bodyOf('providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01')).toEqual(none);
  const template = 'resourceGroups/rg-x/providers/Microsoft.VirtualMachineImages/imageTemplates/none/triggers?api-version=2024-02-01';
  expect(refusal(await ask(sandbox, 'GET', template))).toBe('404 ResourceNotFound');
});
