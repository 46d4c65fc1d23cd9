import type { GalleryImageVersion } from '@azure/arm-compute';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { AT_ONCE, computeFor } from './clients.ts';
import { collect } from './collect.ts';
import { createDefinition, createGallery, DEFINITION, fromVhd, GALLERY, GROUP, STANDARD } from './gallery-fixture.ts';
import { problemOf } from './problem.ts';

let sandbox: Sandbox;
let compute: ReturnType<typeof computeFor>;
beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T08:00:00Z') });
  compute = computeFor(sandbox);
  await createGallery(compute);
  await createDefinition(compute);
});
afterEach(() => sandbox.close());

function put(version: GalleryImageVersion, name = '1.0.0') {
  return compute.galleryImageVersions.createOrUpdate(GROUP, GALLERY, DEFINITION, name, version, AT_ONCE);
}

async function status() {
  const { replicationStatus } = await compute.galleryImageVersions.get(GROUP, GALLERY, DEFINITION, '1.0.0', {
    expand: 'ReplicationStatus',
  });
  return {
    state: replicationStatus?.aggregatedState,
    regions: replicationStatus?.summary?.map(({ region, state, progress }) => `${region} ${state} ${progress}`),
  };
}

test('a version comes back complete, with display names of regions and what was left out filled in', async () => {
  const version = await put(fromVhd({ name: 'North Europe', regionalReplicaCount: 2 }));
  expect(version).toMatchObject({ name: '1.0.0', location: 'westeurope', provisioningState: 'Succeeded' });
  const all = { storageAccountType: 'Standard_LRS', excludeFromLatest: false };
  expect(version.publishingProfile).toMatchObject({
    targetRegions: [
      { name: 'West Europe', regionalReplicaCount: 1, ...all },
      { name: 'North Europe', regionalReplicaCount: 2, ...all },
    ],
    ...{ replicaCount: 1, excludeFromLatest: true, storageAccountType: 'Standard_LRS', replicationMode: 'Full' },
  });
});

test('a storage type is taken in any case, and comes back as Azure writes it', async () => {
  const { publishingProfile } = await put(fromVhd({ name: 'North Europe', storageAccountType: 'standard_zrs' }));
  expect(publishingProfile?.targetRegions?.map(({ name, storageAccountType }) => [name, storageAccountType])).toEqual([
    ['West Europe', 'Standard_LRS'],
    ['North Europe', 'Standard_ZRS'],
  ]);
});

test('replication takes virtual time, region by region', async () => {
  const poller = put(fromVhd({ name: 'northeurope' }));
  await poller.submitted();
  expect(await status()).toEqual({ state: 'InProgress', regions: ['West Europe Completed 100', 'North Europe Replicating 33'] });
  expect(await status()).toEqual({ state: 'InProgress', regions: ['West Europe Completed 100', 'North Europe Replicating 66'] });
  expect(await status()).toEqual({ state: 'Completed', regions: ['West Europe Completed 100', 'North Europe Completed 100'] });
  expect((await poller).provisioningState).toBe('Succeeded');
});

test('a region that fails fails the operation and is said by name; a second try replicates to it alone', async () => {
  await put(fromVhd());
  sandbox.faults.add({
    match: { method: 'PATCH', path: '**/versions/1.0.0' },
    effect: { kind: 'fail-region', region: 'UK South', message: 'no capacity' },
  });
  const publishingProfile = { targetRegions: [{ name: 'westeurope' }, { name: 'uksouth' }] };
  const update = () => compute.galleryImageVersions.update(GROUP, GALLERY, DEFINITION, '1.0.0', { publishingProfile }, AT_ONCE);
  expect((await problemOf(update())).message).toContain("details are as follows: '{region:uksouth, detail:no capacity}'");
  expect(await status()).toEqual({ state: 'Failed', regions: ['West Europe Completed 100', 'UK South Failed 0'] });
  await update();
  expect(await status()).toEqual({ state: 'Completed', regions: ['West Europe Completed 100', 'UK South Completed 100'] });
});

test('tags and excludeFromLatest change without replicating again', async () => {
  await put(fromVhd());
  const change = { tags: { 'regild:run': '1' }, publishingProfile: { excludeFromLatest: false } };
  const version = await compute.galleryImageVersions.update(GROUP, GALLERY, DEFINITION, '1.0.0', change, AT_ONCE);
  expect(version).toMatchObject({
    tags: { 'regild:run': '1' },
    publishingProfile: { excludeFromLatest: false, targetRegions: [{ name: 'West Europe' }] },
  });
  expect((await collect(compute.galleryImageVersions.listByGalleryImage(GROUP, GALLERY, DEFINITION))).map(({ name }) => name)).toEqual([
    '1.0.0',
  ]);
});

test.each<[string, GalleryImageVersion, string, string]>([
  ['a name of two parts', fromVhd(), '1.0', 'The image version name is invalid.'],
  ['a number of 33 bits', fromVhd(), '1.0.4294967296', 'The image version name is invalid.'],
  ['a region twice', fromVhd({ name: 'West Europe' }), '1.0.0', 'Duplicate regions are not allowed in target publishing regions.'],
  [
    '101 replicas',
    fromVhd({ name: 'uksouth', regionalReplicaCount: 101 }),
    '1.0.0',
    "The value '101' of parameter 'regionalReplicaCount' is out of range.",
  ],
  [
    'zone-redundant storage where there are no zones',
    fromVhd({ name: 'ukwest', storageAccountType: 'Standard_ZRS' }),
    '1.0.0',
    "ZRS storage account type is not supported in this region 'ukwest'.",
  ],
  [
    'its own region left out',
    { ...fromVhd(), publishingProfile: { targetRegions: [{ name: 'uksouth' }] } },
    '1.0.0',
    "must contain the location of image version 'westeurope'",
  ],
  ['no source', { ...fromVhd(), storageProfile: {} }, '1.0.0', 'One and only one source type'],
  [
    'an end of life in the past',
    { ...fromVhd(), publishingProfile: { endOfLifeDate: new Date('2026-11-20') } },
    '1.0.0',
    'EndOfLifeDate must be set to a future date.',
  ],
])('a version is refused with %s', async (_, version, name, message) => {
  const problem = await problemOf(put(version, name));
  expect(problem).toMatchObject({ status: 400, code: 'InvalidParameter' });
  expect(problem.message).toContain(message);
});

test('source, storage and replication mode of a version cannot be changed', async () => {
  await put(fromVhd());
  const shallow = { ...fromVhd(), publishingProfile: { ...fromVhd().publishingProfile, replicationMode: 'Shallow' as const } };
  const other = { ...fromVhd(), storageProfile: { osDiskImage: { source: { uri: 'https://x.blob.core.windows.net/vhds/other.vhd' } } } };
  const zoned = fromVhd();
  const storage = { ...zoned, publishingProfile: { ...zoned.publishingProfile, storageAccountType: 'Standard_ZRS' as const } };
  const problems = await Promise.all([shallow, other, storage].map((version) => problemOf(put(version))));
  expect(problems.map(({ status: code, message }) => `${code} ${message}`)).toEqual([
    "409 Changing property 'galleryImageVersion.properties.publishingProfile.replicationMode' is not allowed.",
    "409 Changing property 'galleryImageVersion.properties.storageProfile.source.id' is not allowed.",
    '409 Global storage account type does not match the storage account type in the existing TargetRegion.',
  ]);
});

test('a version of another definition must be of the same generation and carry the same plan', async () => {
  await put(fromVhd());
  const id = `/subscriptions/${sandbox.subscription}/resourceGroups/${GROUP}/providers/Microsoft.Compute/galleries/${GALLERY}/images/${DEFINITION}/versions/1.0.0`;
  const copy = { location: 'westeurope', storageProfile: { source: { id } } };
  const identifier = { publisher: 'contoso', offer: 'web' };
  await createDefinition(
    compute,
    { ...STANDARD, identifier: { ...identifier, sku: 'gen1' }, hyperVGeneration: 'V1', features: [] },
    'gen1',
  );
  await createDefinition(
    compute,
    { ...STANDARD, identifier: { ...identifier, sku: 'plan' }, purchasePlan: { name: '9', publisher: 'resf', product: 'rocky' } },
    'plan',
  );
  await createDefinition(
    compute,
    { ...STANDARD, identifier: { ...identifier, sku: 'tls' }, features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] },
    'tls',
  );
  const into = (definition: string) => compute.galleryImageVersions.createOrUpdate(GROUP, GALLERY, definition, '1.0.0', copy, AT_ONCE);
  expect(await problemOf(into('gen1'))).toMatchObject({
    ...{ status: 409, code: 'Conflict' },
    message: `The resource with id '${id}' has a different Hypervisor generation ['V2'] than the parent gallery image Hypervisor generation ['V1'].`,
  });
  expect((await problemOf(into('plan'))).message).toBe(
    `The resource with id '${id}' has a different plan ['null'] than the parent gallery image plan ['{"name":"9","publisher":"resf","product":"rocky"}'].`,
  );
  expect((await into('tls')).provisioningState).toBe('Succeeded');
});

test('deletion is blocked before the end of life where the version says so', async () => {
  await put({ ...fromVhd(), safetyProfile: { blockDeletionBeforeEndOfLife: true } });
  const remove = () => compute.galleryImageVersions.delete(GROUP, GALLERY, DEFINITION, '1.0.0', AT_ONCE);
  expect(await problemOf(remove())).toMatchObject({ status: 409, code: 'DeleteGalleryImageVersionBlockedBeforeEndOfLife' });
  await compute.galleryImageVersions.update(
    GROUP,
    GALLERY,
    DEFINITION,
    '1.0.0',
    { safetyProfile: { blockDeletionBeforeEndOfLife: false } },
    AT_ONCE,
  );
  await remove();
  expect(await problemOf(compute.galleryImageVersions.get(GROUP, GALLERY, DEFINITION, '1.0.0'))).toMatchObject({ status: 404 });
});

test('an operation that a fault fails leaves a failed version', async () => {
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/versions/*' },
    effect: { kind: 'fail-operation', code: 'InternalExecutionError', message: 'an internal execution error occurred' },
  });
  expect((await problemOf(put(fromVhd()))).message).toContain('an internal execution error occurred');
  expect((await compute.galleryImageVersions.get(GROUP, GALLERY, DEFINITION, '1.0.0')).provisioningState).toBe('Failed');
});
