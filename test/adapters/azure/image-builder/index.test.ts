import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGallery } from '../../../../src/adapters/azure/gallery/index.ts';
import { logPlace } from '../../../../src/adapters/azure/image-builder/build-log.ts';
import { createImageBuilder } from '../../../../src/adapters/azure/image-builder/index.ts';
import type { ImageBuilder, TemplateRef } from '../../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';
import { aPlan } from '../../../fakes/values.ts';
import { type Connected, connectedTo } from '../connected.ts';

let sandbox: Sandbox;
let cloud: Connected;
let builder: ImageBuilder;
let ref: TemplateRef;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 } });
  cloud = await connectedTo(sandbox);
  builder = createImageBuilder(cloud.connection);
  ref = { subscription: sandbox.subscription, resourceGroup: 'rg-images', name: 'it-web' };
  const target = { ...ref, gallery: 'gal', definition: 'web' };
  const gallery = createGallery(cloud.connection);
  await gallery.ensureGallery(target, 'westeurope', {});
  await gallery.createDefinition(target, aPlan().definition, 'westeurope', {});
});
afterEach(() => sandbox.close());

function group(): string {
  return `/subscriptions/${sandbox.subscription}/resourceGroups/rg-images/providers`;
}

function versionId(version: string): string {
  return `${group()}/Microsoft.Compute/galleries/gal/images/web/versions/${version}`;
}

function body(version = '1.0.0') {
  const distribute = {
    type: 'SharedImage',
    galleryImageId: versionId(version),
    runOutputName: 'web',
    excludeFromLatest: true,
    targetRegions: [{ name: 'westeurope', replicaCount: 1, storageAccountType: 'Standard_LRS' }],
  };
  return {
    location: 'westeurope',
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: { [`${group()}/Microsoft.ManagedIdentity/userAssignedIdentities/builder`]: {} },
    },
    tags: { 'regild-run': 'run-1' },
    properties: {
      source: { type: 'PlatformImage', publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '24.04.202610120' },
      customize: [{ type: 'Shell', name: 'hostile', inline: ['echo \'${env("PATH")}"; rm -rf / #\''] }],
      distribute: [distribute],
      vmProfile: { vmSize: 'Standard_D2s_v5', osDiskSizeGB: 40 },
    },
  };
}

function puts(): number {
  return cloud.requests.filter((request) => request === 'PUT imageTemplates/it-web').length;
}

test('a template is created and run, with progress, and gives the gallery version', async () => {
  const progress: string[] = [];
  expect(await builder.build(ref, body(), { onUpdate: (text) => progress.push(text) })).toBe(versionId('1.0.0'));
  expect(progress[0]).toBe('Creating');
  expect(progress.at(-1)).toBe('Distributing');
  expect(new Set(progress).size).toBe(progress.length);
  expect(await createGallery(cloud.connection).version({ ...ref, gallery: 'gal', definition: 'web', version: '1.0.0' })).toMatchObject({
    excludeFromLatest: true,
    provisioningState: 'Succeeded',
  });
});

test('a finished build is not done again', async () => {
  await builder.build(ref, body(), {});
  cloud.requests.splice(0);
  expect(await builder.build(ref, body(), {})).toBe(versionId('1.0.0'));
  expect(cloud.requests).toEqual(['GET imageTemplates/it-web', 'GET runOutputs/web']);
});

test('a running build is waited for, not started again', async () => {
  const leaving = new AbortController();
  const onUpdate = (text: string) => text === 'Building' && leaving.abort();
  await expect(builder.build(ref, body(), { signal: leaving.signal, onUpdate })).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await builder.build(ref, body(), {})).toBe(versionId('1.0.0'));
  expect([puts(), cloud.requests.filter((request) => request === 'POST it-web/run').length]).toEqual([1, 1]);
});

test('a template of another version is made anew', async () => {
  await builder.build(ref, body(), {});
  expect(await builder.build(ref, body('1.0.1'), {})).toBe(versionId('1.0.1'));
  expect(puts()).toBe(2);
});

test('a failed build tells where and why, in the words of the service, and the next one starts afresh', async () => {
  const effect = {
    kind: 'fail-operation',
    code: 'Failed',
    message: 'Microsoft.X was installed for a user, but not provisioned for all users.',
  } as const;
  sandbox.faults.add({ match: { method: 'POST', path: '**/it-web/run' }, effect });
  await expect(builder.build(ref, body(), {})).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(/^image builder run of it-web ended Failed while Customizing: .*installed for a user/),
    hint: expect.stringContaining('Store app'),
    details: { runState: 'Failed', template: 'it-web' },
  });
  expect(await builder.build(ref, body(), {})).toBe(versionId('1.0.0'));
});

test('the log of a failed build is read from the storage account of its staging group', async () => {
  const effect = {
    kind: 'fail-operation',
    code: 'Failed',
    message: 'E: Unable to locate package ngnix\u001b[31m password=hunter2hunter2',
  } as const;
  sandbox.faults.add({ match: { method: 'POST', path: '**/it-web/run' }, effect });
  await expect(builder.build(ref, body(), {})).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  const log = await builder.buildLog(ref);
  expect(log?.split('\n').map((line) => line.replace(/^\[[\w-]+\] /, ''))).toEqual([
    'PACKER OUT azure-arm: output will be in this color.',
    'PACKER OUT ',
    'PACKER OUT ==> azure-arm: Provisioning with shell script: /tmp/packer-shell1234567',
    'PACKER OUT     azure-arm: done',
    'PACKER OUT ==> azure-arm: E: Unable to locate package ngnix password=***',
    'PACKER OUT ==> azure-arm: Provisioning step had errors: Running the cleanup provisioner, if present...',
    'PACKER OUT ==> azure-arm: Script exited with non-zero exit status: 1. Allowed exit codes are: [0]',
    'PACKER OUT ==> Builds finished but no artifacts were created.',
    '',
  ]);
});

test('a log that may not be read says which right is missing, and one that never was is none', async () => {
  const effect = { kind: 'fail-operation', code: 'Failed', message: 'no' } as const;
  sandbox.faults.add({ match: { method: 'POST', path: '**/it-web/run' }, effect });
  sandbox.faults.add({
    match: { method: 'GET', path: '/blob/**' },
    effect: { kind: 'respond', status: 403, code: 'AuthorizationPermissionMismatch', message: 'not permitted' },
  });
  expect(await builder.buildLog(ref)).toBeUndefined();
  await expect(builder.build(ref, body(), {})).rejects.toMatchObject({ code: 'BUILD_FAILED' });
  await expect(builder.buildLog(ref)).rejects.toMatchObject({
    code: 'CLOUD_DENIED',
    message: expect.stringContaining('Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'),
  });
});

test.each([
  [
    'Packer build logs are at location /subscriptions/s/resourceGroups/IT_r/providers/Microsoft.Storage/storageAccounts/a1/blobServices/default/containers/packerlogs/g/customization.log. Please navigate',
    {
      kind: 'account',
      account: '/subscriptions/s/resourceGroups/IT_r/providers/Microsoft.Storage/storageAccounts/a1',
      blob: 'packerlogs/g/customization.log',
    },
  ],
  [
    'Image Build log location: https://a1.blob.core.windows.net/packerlogs/g/customization.log. OperationId: g.',
    { kind: 'address', address: 'https://a1.blob.core.windows.net/packerlogs/g/customization.log' },
  ],
  ['Internal error occurred.', undefined],
])('the place of the log in %j', (message, place) => {
  expect(logPlace(message)).toEqual(place);
});

test('a template that the service refuses', async () => {
  const wrong = { ...body(), properties: { ...body().properties, buildTimeoutInMinutes: 3 } };
  await expect(builder.build(ref, wrong, {})).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringContaining('buildTimeoutInMinutes must be 0 or between 6 and 960'),
  });
  await expect(builder.build(ref, {}, {})).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' });
  expect(puts()).toBe(1);
});

test('a build is cancelled, and cancelling what does not run or exist is fine', async () => {
  const leaving = new AbortController();
  const onUpdate = (text: string) => text === 'Customizing' && leaving.abort();
  await expect(builder.build(ref, body(), { signal: leaving.signal, onUpdate })).rejects.toMatchObject({ code: 'CANCELLED' });
  await builder.cancel(ref);
  await builder.cancel({ ...ref, name: 'it-none' });
  const { virtualMachineImageTemplates } = await cloud.connection.imageBuilder(sandbox.subscription);
  const states = new Set([(await virtualMachineImageTemplates.get('rg-images', 'it-web')).lastRunStatus?.runState]);
  expect(['Canceling', 'Canceled']).toContain([...states][0]);
  await builder.cancel(ref);
});

test('the template of a build that was cancelled a moment ago is removed as soon as it can be', async () => {
  const leaving = new AbortController();
  const onUpdate = (text: string) => text === 'Customizing' && leaving.abort();
  await expect(builder.build(ref, body(), { signal: leaving.signal, onUpdate })).rejects.toMatchObject({ code: 'CANCELLED' });
  await builder.cancel(ref);
  cloud.requests.splice(0);
  await builder.remove(ref);
  expect(cloud.requests.filter((request) => request === 'DELETE imageTemplates/it-web')).toHaveLength(2);
  const { virtualMachineImageTemplates } = await cloud.connection.imageBuilder(sandbox.subscription);
  const gone = async () => (await virtualMachineImageTemplates.get('rg-images', 'it-web')).provisioningState ?? 'there';
  await expect.poll(() => gone().catch((error: { statusCode?: number }) => error.statusCode)).toBe(404);
});

test('a template that keeps running is given up on after some seconds, in the words of the service', async () => {
  sandbox.faults.add({ match: { method: 'POST', path: '**/run' }, effect: { kind: 'stuck-operation' } });
  const leaving = new AbortController();
  const onUpdate = (text: string) => text === 'Customizing' && leaving.abort();
  await expect(builder.build(ref, body(), { signal: leaving.signal, onUpdate })).rejects.toMatchObject({ code: 'CANCELLED' });
  let seconds = 0;
  const sleep = async () => {
    seconds += 1;
  };
  const clock = { now: () => new Date(seconds * 1000), sleep };
  await expect(createImageBuilder((await connectedTo(sandbox, clock)).connection).remove(ref)).rejects.toMatchObject({
    code: 'CLOUD_FAILED',
    message: expect.stringContaining('is running'),
  });
  expect(seconds).toBe(8);
});

test('a template is removed, and again', async () => {
  await builder.build(ref, body(), {});
  await builder.remove(ref);
  const { virtualMachineImageTemplates } = await cloud.connection.imageBuilder(sandbox.subscription);
  const gone = async () => (await virtualMachineImageTemplates.get('rg-images', 'it-web')).provisioningState ?? 'there';
  await expect.poll(() => gone().catch((error: { statusCode?: number }) => error.statusCode)).toBe(404);
  await builder.remove(ref);
});
