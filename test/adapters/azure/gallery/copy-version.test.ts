import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { stagingDefinition, type VersionCopy, type VersionRef } from '../../../../src/model/index.ts';
import type { Gallery } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { type Connected, connectedTo } from '../connected.ts';

const WANTED = { ...aPlan().definition, architecture: 'arm64' as const };
const STAGING = stagingDefinition(WANTED);
const COPY: VersionCopy = { location: 'westeurope', storage: 'Standard_ZRS', excludeFromLatest: true, tags: { 'regild-run': 'run-1' } };

let sandbox: Sandbox;
let gallery: Gallery;
let cloud: Connected;
let from: VersionRef;
let to: VersionRef;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 } });
  cloud = await connectedTo(sandbox);
  gallery = createGallery(cloud.connection);
  to = { subscription: sandbox.subscription, resourceGroup: 'rg-images', gallery: 'gal', definition: WANTED.name, version: '1.0.0' };
  from = { ...to, definition: STAGING.name };
  await gallery.ensureGallery(to, 'westeurope', {});
  await gallery.createDefinition(to, WANTED, 'westeurope', {});
  await gallery.createDefinition(from, STAGING, 'westeurope', {});
  await capture(from);
  cloud.requests.splice(0);
});
afterEach(() => sandbox.close());

/** A version from a disk that somebody uploaded. */
async function capture(ref: VersionRef): Promise<void> {
  const { galleryImageVersions } = await cloud.connection.compute(ref.subscription);
  const source = { storageAccountId: '/storage', uri: 'https://x.blob.core.windows.net/vhds/web.vhd' };
  const version = { location: 'westeurope', storageProfile: { osDiskImage: { source } } };
  await galleryImageVersions.createOrUpdate(ref.resourceGroup, ref.gallery, ref.definition, ref.version, version, {
    updateIntervalInMs: 1,
  });
}

test('a TrustedLaunchSupported Arm64 version is made from one of a Standard definition', async () => {
  const updates: string[] = [];
  const onUpdate = (states: readonly { readonly state: string }[]) => void updates.push(states.map(({ state }) => state).join());
  expect(await gallery.copyVersion(from, to, COPY, { onUpdate })).toMatchObject({
    name: '1.0.0',
    location: 'westeurope',
    excludeFromLatest: true,
    provisioningState: 'Succeeded',
    targetRegions: [{ name: 'westeurope', replicas: 1, storage: 'Standard_ZRS' }],
    tags: { 'regild-run': 'run-1' },
  });
  expect(new Set(updates)).toEqual(new Set(['Replicating']));
});

test('it does not need its source any more when it is there', async () => {
  await gallery.copyVersion(from, to, COPY, {});
  await gallery.removeVersion(from);
  expect(await gallery.version(from)).toBeUndefined();
  expect(await gallery.version(to)).toMatchObject({ provisioningState: 'Succeeded' });
});

test('copying again writes nothing', async () => {
  const made = await gallery.copyVersion(from, to, COPY, {});
  cloud.requests.splice(0);
  const { replication: _, ...again } = await gallery.copyVersion(from, to, COPY, {});
  expect(made).toMatchObject(again);
  expect(cloud.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
});

test('a copy that failed is tried again', async () => {
  sandbox.faults.add({
    match: { method: 'PUT', path: '**/web/versions/1.0.0' },
    effect: { kind: 'fail-region', region: 'westeurope', message: 'no room' },
  });
  await expect(gallery.copyVersion(from, to, COPY, {})).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringContaining('could not create version 1.0.0 of web in the gallery gal: '),
  });
  expect(await gallery.version(to)).toMatchObject({ provisioningState: 'Failed' });
  expect(await gallery.copyVersion(from, to, COPY, {})).toMatchObject({ provisioningState: 'Succeeded' });
});

test('a copy under way is waited for', async () => {
  const controller = new AbortController();
  const cut = gallery.copyVersion(from, to, COPY, { signal: controller.signal, onUpdate: () => controller.abort() });
  await expect(cut).rejects.toMatchObject({ code: 'CANCELLED' });
  cloud.requests.splice(0);
  expect(await gallery.copyVersion(from, to, COPY, {})).toMatchObject({ provisioningState: 'Succeeded' });
  expect(cloud.requests.filter((request) => request.startsWith('PUT'))).toEqual([]);
});

test('a version of that name with another origin is left alone', async () => {
  await capture(to);
  await expect(gallery.copyVersion(from, to, COPY, {})).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(/^version 1\.0\.0 of gal\/web exists already and was not made from \/subscriptions\//),
  });
});

test('there must be a source', async () => {
  await expect(gallery.copyVersion({ ...from, version: '9.9.9' }, to, COPY, {})).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
});
