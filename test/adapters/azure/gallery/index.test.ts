import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import type { Definition, RegionState, TargetRegion, VersionRef } from '../../../../src/model/index.ts';
import type { Gallery } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { type Connected, connectedTo, ELSEWHERE } from '../connected.ts';

const DEFINITION: Definition = {
  name: 'web',
  osType: 'Linux',
  osState: 'Generalized',
  generation: 'V2',
  architecture: 'x64',
  identifier: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-web' },
  features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
  description: '${env("PATH")}"; rm -rf / #',
};
const WEST: TargetRegion = { name: 'westeurope', replicas: 1, storage: 'Standard_LRS' };
const NORTH: TargetRegion = { name: 'northeurope', replicas: 2, storage: 'Standard_ZRS' };
const EAST: TargetRegion = { name: 'eastus', replicas: 1, storage: 'Standard_LRS' };

let sandbox: Sandbox;
let gallery: Gallery;
let cloud: Connected;
let ref: VersionRef;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 } });
  cloud = await connectedTo(sandbox);
  gallery = createGallery(cloud.connection);
  ref = { subscription: sandbox.subscription, resourceGroup: 'rg-images', gallery: 'gal', definition: 'web', version: '1.0.0' };
});
afterEach(() => sandbox.close());

/** A gallery that is shared by roles alone. */
const PRIVATE = { kind: 'Private', subscriptions: [], tenants: [], public: false } as const;

/** A staged version, as an engine leaves it: in the build region, excluded from latest. */
async function stage(): Promise<void> {
  await gallery.ensureGallery(ref, 'westeurope', {});
  await gallery.createDefinition(ref, DEFINITION, 'westeurope', {});
  const { galleryImageVersions } = await cloud.connection.compute(ref.subscription);
  const version = {
    location: 'westeurope',
    tags: { 'regild-run': 'run-1' },
    publishingProfile: { excludeFromLatest: true, targetRegions: [{ name: 'westeurope' }] },
    storageProfile: { osDiskImage: { source: { storageAccountId: '/storage', uri: 'https://x.blob.core.windows.net/vhds/web.vhd' } } },
  };
  await galleryImageVersions.createOrUpdate('rg-images', 'gal', 'web', '1.0.0', version, { updateIntervalInMs: 1 });
  cloud.requests.splice(0);
}

test('a gallery is created once, also by images that ask at the same moment', async () => {
  const tags = { team: 'web' };
  const both = [gallery.ensureGallery(ref, 'westeurope', tags), gallery.ensureGallery({ ...ref, definition: 'db' }, 'westeurope', tags)];
  expect(await Promise.all(both)).toEqual(['created', 'created']);
  expect(await gallery.ensureGallery(ref, 'westeurope', tags, { softDelete: true })).toBe('existed');
  expect(await gallery.settings(ref)).toEqual({ location: 'westeurope', softDelete: false, sharing: PRIVATE });
  await gallery.setSettings(ref, { softDelete: true });
  expect(await gallery.settings(ref)).toEqual({ location: 'westeurope', softDelete: true, sharing: PRIVATE });
  await gallery.ensureGallery({ ...ref, gallery: 'gal_soft' }, 'westeurope', tags, { softDelete: true });
  expect(await gallery.settings({ ...ref, gallery: 'gal_soft' })).toEqual({ location: 'westeurope', softDelete: true, sharing: PRIVATE });
  expect(await gallery.settings({ ...ref, gallery: 'gal_none' })).toBeUndefined();
  expect(cloud.requests.filter((request) => request === 'PUT galleries/gal')).toHaveLength(1);
});

test('a gallery cannot be created in a group that does not exist, or under an illegal name', async () => {
  await expect(gallery.ensureGallery({ ...ref, resourceGroup: 'rg-none' }, 'westeurope', {})).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    message: "could not create the gallery gal: Resource group 'rg-none' could not be found (ResourceGroupNotFound)",
    hint: expect.stringContaining('az group create'),
  });
  await expect(gallery.ensureGallery({ ...ref, gallery: 'a-b' }, 'westeurope', {})).rejects.toThrow('Gallery name is invalid');
});

test('a definition is created, read back, and left alone the second time', async () => {
  await gallery.ensureGallery(ref, 'westeurope', {});
  expect(await gallery.definition(ref)).toBeUndefined();
  await gallery.createDefinition(ref, DEFINITION, 'westeurope', {});
  const { description: _, ...rest } = DEFINITION;
  const id = `/subscriptions/${ref.subscription}/resourceGroups/rg-images/providers/Microsoft.Compute/galleries/gal/images/web`;
  expect(await gallery.definition(ref)).toEqual({ ...rest, id, location: 'westeurope', purchasePlan: undefined });
  expect(await gallery.definitions(ref)).toEqual([await gallery.definition(ref)]);
  expect(await gallery.definitions({ ...ref, gallery: 'other' })).toEqual([]);
  cloud.requests.splice(0);
  await gallery.createDefinition(ref, DEFINITION, 'westeurope', {});
  expect(cloud.requests).toEqual(['GET images/web']);
});

test('what is fixed in a definition stays: the refusal says what to do', async () => {
  await stage();
  await expect(gallery.createDefinition(ref, { ...DEFINITION, generation: 'V1', features: [] }, 'westeurope', {})).rejects.toMatchObject({
    code: 'PUBLISH_FAILED',
    message: expect.stringContaining('PropertyChangeNotAllowed'),
    hint: expect.stringContaining('fixed once created'),
  });
});

test('there is nothing where there is no gallery or group, but a subscription must exist', async () => {
  expect(await gallery.definition(ref)).toBeUndefined();
  expect(await gallery.versions({ ...ref, resourceGroup: 'rg-none' })).toEqual([]);
  expect(await gallery.version(ref)).toBeUndefined();
  await expect(gallery.version({ ...ref, subscription: ELSEWHERE })).rejects.toMatchObject({
    details: { armCode: 'SubscriptionNotFound' },
  });
});

test('a staged version is replicated with progress per region, and not written again', async () => {
  await stage();
  const updates: (readonly RegionState[])[] = [];
  const states = await gallery.replicate(ref, [WEST, NORTH, EAST], { onUpdate: (update) => updates.push(update) });
  expect(states).toEqual(['westeurope', 'northeurope', 'eastus'].map((name) => ({ name, state: 'Completed', progress: 100 })));
  expect(updates.at(-1)).toEqual(states);
  expect(updates.some((update) => update.some(({ state, progress }) => state === 'Replicating' && progress < 100))).toBe(true);
  expect(new Set(updates.map((update) => JSON.stringify(update))).size).toBe(updates.length);
  expect(await gallery.version(ref)).toMatchObject({
    excludeFromLatest: true,
    provisioningState: 'Succeeded',
    targetRegions: [WEST, NORTH, EAST],
    tags: { 'regild-run': 'run-1' },
  });
  cloud.requests.splice(0);
  expect(await gallery.replicate(ref, [EAST, NORTH, WEST], {})).toEqual(states);
  expect(cloud.requests).toEqual(['GET versions/1.0.0']);
});

test('a region that fails is in the answer; asking again mends it', async () => {
  await stage();
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/versions/1.0.0' },
    effect: { kind: 'fail-region', region: 'eastus', message: 'no room' },
  });
  expect(await gallery.replicate(ref, [WEST, EAST], {})).toEqual([
    { name: 'westeurope', state: 'Completed', progress: 100 },
    { name: 'eastus', state: 'Failed', progress: 0, detail: 'no room' },
  ]);
  expect((await gallery.replicate(ref, [WEST, EAST], {})).map(({ state }) => state)).toEqual(['Completed', 'Completed']);
});

test('a failure that concerns no region is thrown', async () => {
  await stage();
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/versions/1.0.0' },
    effect: { kind: 'fail-operation', code: 'InternalExecutionError', message: 'An internal error occurred.' },
  });
  await expect(gallery.replicate(ref, [WEST], {})).resolves.toBeDefined();
  await expect(gallery.replicate(ref, [WEST, EAST], {})).rejects.toMatchObject({
    code: 'PUBLISH_FAILED',
    message: 'could not update version 1.0.0 of web in the gallery gal: An internal error occurred (InternalExecutionError)',
  });
});

test('a definition whose creation failed is made by the next attempt', async () => {
  await gallery.ensureGallery(ref, 'westeurope', {});
  const other = { ...ref, definition: 'other' };
  const wanted = { ...aPlan().definition, name: 'other', identifier: { publisher: 'regild', offer: 'other', sku: 'v2' } };
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/images/other' },
    effect: { kind: 'fail-operation', code: 'InternalExecutionError', message: 'An internal error occurred.' },
  });
  const make = () => gallery.createDefinition(other, wanted, 'westeurope', {});
  await expect(make()).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  cloud.requests.splice(0);
  await make();
  await make();
  expect(cloud.requests.filter((request) => request.endsWith('images/other'))).toEqual([
    'GET images/other',
    'PUT images/other',
    'GET images/other',
    'GET images/other',
  ]);
});

test('what the service refuses comes with a hint', async () => {
  await stage();
  await expect(gallery.replicate(ref, [EAST], {})).rejects.toMatchObject({
    code: 'PUBLISH_FAILED',
    hint: expect.stringContaining('target.location'),
  });
  await expect(gallery.replicate({ ...ref, version: '9.9.9' }, [WEST], {})).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
});

test('a replication that is under way is waited for, as a run does that continues', async () => {
  await stage();
  const leaving = new AbortController();
  const left = gallery.replicate(ref, [WEST, EAST], { signal: leaving.signal, onUpdate: () => leaving.abort() });
  await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await gallery.version(ref))?.provisioningState).toBe('Updating');
  expect((await gallery.replicate(ref, [WEST, EAST], {})).map(({ state }) => state)).toEqual(['Completed', 'Completed']);
  expect(cloud.requests.filter((request) => request === 'PUT versions/1.0.0')).toHaveLength(1);
});

test('a version is promoted with its tags replaced, once', async () => {
  await stage();
  const change = { excludeFromLatest: false, tags: { 'regild-digest': 'abc' } };
  expect(await gallery.setVersion(ref, change)).toMatchObject({ ...change, targetRegions: [WEST], provisioningState: 'Succeeded' });
  cloud.requests.splice(0);
  expect(await gallery.setVersion(ref, change)).toMatchObject(change);
  expect(cloud.requests).toEqual(['GET versions/1.0.0']);
  expect(await gallery.versions(ref)).toEqual([expect.objectContaining({ name: '1.0.0', ...change, replication: [] })]);
});

test('a version is deleted, and again', async () => {
  await stage();
  await gallery.removeVersion(ref);
  expect(await gallery.version(ref)).toBeUndefined();
  await gallery.removeVersion(ref);
});

test('a request that the network loses is said to be so', async () => {
  sandbox.faults.add({ match: { path: '**/galleries/gal' }, effect: { kind: 'disconnect' } });
  await expect(gallery.ensureGallery(ref, 'westeurope', {})).rejects.toMatchObject({ code: 'CLOUD_UNREACHABLE' });
});
