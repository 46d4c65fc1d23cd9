import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';
import { computeFor } from './clients.ts';
import { collect } from './collect.ts';
import { problemOf } from './problem.ts';

let sandbox: Sandbox;
let compute: ReturnType<typeof computeFor>;
beforeAll(async () => {
  sandbox = await startSandbox();
  compute = computeFor(sandbox);
});
afterAll(() => sandbox.close());

test('versions are listed by number, newest first and as many as asked for', async () => {
  const images = compute.virtualMachineImages;
  const newest = await images.list('West Europe', 'canonical', 'ubuntu-24_04-lts', 'server', { top: 2, orderby: 'name desc' });
  expect(newest.map(({ name, location }) => `${name} ${location}`)).toEqual(['24.04.202610120 westeurope', '24.04.202609070 westeurope']);
  expect((await images.listSkus('westeurope', 'Debian', 'debian-12')).map(({ name }) => name)).toEqual(['12', '12-arm64', '12-gen2']);
});

test('an exact version says what it is', async () => {
  expect(await compute.virtualMachineImages.get('westeurope', 'resf', 'rockylinux-x86_64', '9-base', '9.7.20261005')).toMatchObject({
    plan: { name: '9-base', product: 'rockylinux-x86_64', publisher: 'resf' },
    osDiskImage: { operatingSystem: 'Linux' },
    hyperVGeneration: 'V2',
    architecture: 'x64',
    features: [
      { name: 'SecurityType', value: 'TrustedLaunchSupported' },
      { name: 'IsAcceleratedNetworkSupported', value: 'True' },
      { name: 'DiskControllerTypes', value: 'SCSI, NVMe' },
      { name: 'IsHibernateSupported', value: 'True' },
    ],
    imageDeprecationStatus: { imageState: 'Active' },
  });
});

test('an image on its way out names what to take instead; one that is gone is refused', async () => {
  const [focal] = await compute.virtualMachineImages.list('westeurope', 'Canonical', '0001-com-ubuntu-server-focal', '20_04-lts-gen2', {
    expand: 'properties',
  });
  const image = await compute.virtualMachineImages.get(
    'westeurope',
    'Canonical',
    '0001-com-ubuntu-server-focal',
    '20_04-lts-gen2',
    focal?.name ?? '',
  );
  expect(image.imageDeprecationStatus).toEqual({
    imageState: 'ScheduledForDeprecation',
    scheduledDeprecationTime: new Date('2027-05-31T00:00:00.000Z'),
    alternativeOption: { type: 'Offer', value: 'ubuntu-24_04-lts' },
  });
  const gone = compute.virtualMachineImages.get('westeurope', 'Canonical', 'UbuntuServer', '18_04-lts-gen2', '18.04.202505150');
  expect(await problemOf(gone)).toMatchObject({ status: 404, code: 'ImageVersionDeprecated' });
  expect(await compute.virtualMachineImages.list('westeurope', 'Canonical', 'UbuntuServer', '18_04-lts-gen2')).toEqual([]);
});

test('what is not sold is not found', async () => {
  const problem = problemOf(compute.virtualMachineImages.list('westeurope', 'Canonical', 'ubuntu-24_04-lts', 'desktop'));
  expect(await problem).toEqual({ status: 404, code: 'NotFound', message: 'Artifact: VMImage was not found.' });
});

test('sizes say their architecture, generations and disk controllers, and where they are closed', async () => {
  const skus = await collect(compute.resourceSkus.list({ filter: "location eq 'westeurope'" }));
  const capabilities = (name: string) =>
    Object.fromEntries((skus.find((sku) => sku.name === name)?.capabilities ?? []).map((each) => [each.name, each.value]));
  expect(capabilities('Standard_D2ps_v6')).toMatchObject({
    CpuArchitectureType: 'Arm64',
    HyperVGenerations: 'V2',
    DiskControllerTypes: 'SCSI, NVMe',
  });
  expect(capabilities('Standard_D2s_v6')).toMatchObject({ vCPUs: '2', MemoryGB: '8', DiskControllerTypes: 'NVMe', PremiumIO: 'True' });
  expect(capabilities('Standard_D2ps_v5')).toHaveProperty('TrustedLaunchDisabled', 'True');
  expect(skus.find(({ name }) => name === 'Standard_NC4as_T4_v3')?.restrictions).toEqual([
    { type: 'Location', values: ['westeurope'], restrictionInfo: { locations: ['westeurope'] }, reasonCode: 'NotAvailableForSubscription' },
  ]);
});

test('terms of a plan are open until they are signed', async () => {
  const plan = 'providers/Microsoft.MarketplaceOrdering/agreements/resf/offers/rockylinux-x86_64/plans/9-base';
  const current =
    'providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/resf/offers/rockylinux-x86_64/plans/9-base/agreements/current';
  const answer = async (path: string, method = 'GET') => (await ask(sandbox, method, `${path}?api-version=2021-01-01`)).body;
  expect(await answer(current)).toMatchObject({
    properties: { publisher: 'resf', product: 'rockylinux-x86_64', plan: '9-base', accepted: false },
  });
  expect(await answer(`${plan}/sign`, 'POST')).toMatchObject({ properties: { state: 'Active' } });
  expect(await answer(current)).toMatchObject({ properties: { accepted: true } });
  expect(await answer(`${plan}/cancel`, 'POST')).toMatchObject({ properties: { state: 'Canceled' } });
  expect(refusal(await ask(sandbox, 'GET', `${plan}-none?api-version=2021-01-01`))).toBe('400 BadRequest');
});

test('the caller may do everything in a group but change who may', async () => {
  const { body } = await ask(
    sandbox,
    'GET',
    'resourceGroups/rg-images/providers/Microsoft.Authorization/permissions?api-version=2022-04-01',
  );
  expect(body).toMatchObject({ value: [{ actions: ['*'], dataActions: [] }] });
});
