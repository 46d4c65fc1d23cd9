import type { GalleryImage } from '@azure/arm-compute';
import type { ImageTemplate } from '@azure/arm-imagebuilder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';
import { AT_ONCE, computeFor } from './clients.ts';
import { collect } from './collect.ts';
import { createDefinition, createGallery, DEFINITION, GALLERY, GROUP, STANDARD } from './gallery-fixture.ts';
import { definitionId, imageBuilderFor, ubuntuTemplate } from './image-builder-client.ts';
import { problemOf } from './problem.ts';

const SUPPORTED = { ...STANDARD, features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }] };
const NAME = 'it-web';
const TEMPLATE = `resourceGroups/${GROUP}/providers/Microsoft.VirtualMachineImages/imageTemplates/${NAME}`;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: { kind: 'on-poll', step: 120 }, start: new Date('2026-11-21T08:00:00Z') });
  await createGallery(computeFor(sandbox));
});
afterEach(() => sandbox.close());

function templates() {
  return imageBuilderFor(sandbox).virtualMachineImageTemplates;
}

async function create(change: Partial<ImageTemplate> = {}, name = NAME): Promise<ImageTemplate> {
  return await templates().createOrUpdate(GROUP, name, ubuntuTemplate(sandbox, change), AT_ONCE);
}

/** Starts a run and gives the states it goes through until it has ended. */
async function runAndWatch(): Promise<readonly string[]> {
  await templates().run(GROUP, NAME, AT_ONCE).submitted();
  const seen: string[] = [];
  for (;;) {
    const { lastRunStatus } = await templates().get(GROUP, NAME);
    const state = [lastRunStatus?.runState, lastRunStatus?.runSubState].filter((part) => part !== undefined).join(' ');
    if (state !== seen.at(-1)) seen.push(state);
    if (lastRunStatus?.endTime) return seen;
  }
}

async function stagingGroups(): Promise<readonly string[]> {
  const { body } = await ask(sandbox, 'GET', 'resourceGroups?api-version=2022-09-01');
  return JSON.stringify(body).match(/IT_[\w-]+/g) ?? [];
}

describe('a template that builds', () => {
  beforeEach(async () => {
    await createDefinition(computeFor(sandbox), SUPPORTED);
  });

  it('is run to a gallery version with its regions, tags and run output', async () => {
    const created = await create();
    expect({ state: created.provisioningState, error: created.provisioningError }).toEqual({ state: 'Succeeded', error: undefined });
    expect(await runAndWatch()).toEqual([
      'Running Building',
      'Running Customizing',
      'Running Validating',
      'Running Distributing',
      'Succeeded',
    ]);
    const version = await computeFor(sandbox).galleryImageVersions.get(GROUP, GALLERY, DEFINITION, '1.0.0');
    expect({
      state: version.provisioningState,
      tags: version.tags,
      excluded: version.publishingProfile?.excludeFromLatest,
      regions: version.publishingProfile?.targetRegions?.map(({ name, regionalReplicaCount, storageAccountType }) => [
        name,
        regionalReplicaCount,
        storageAccountType,
      ]),
    }).toEqual({
      state: 'Succeeded',
      tags: { origin: 'ami-064b0f5e3937918bf' },
      excluded: true,
      regions: [
        ['West Europe', 1, 'Standard_LRS'],
        ['North Europe', 2, 'Standard_ZRS'],
      ],
    });
    const outputs = await collect(templates().listRunOutputs(GROUP, NAME));
    expect(outputs.map(({ name, artifactId }) => [name, artifactId])).toEqual([['web', version.id]]);
    expect((await templates().getRunOutput(GROUP, NAME, 'web')).artifactId).toBe(version.id);
  });

  it('has a staging group as long as it lives', async () => {
    expect(await stagingGroups()).toEqual([]);
    const { exactStagingResourceGroup } = await create();
    expect(exactStagingResourceGroup).toMatch(/\/resourceGroups\/IT_rg-images_it-web_[0-9a-f-]{36}$/);
    expect(await stagingGroups()).not.toEqual([]);
    await templates().delete(GROUP, NAME, AT_ONCE);
    expect(await stagingGroups()).toEqual([]);
    expect((await problemOf(templates().get(GROUP, NAME))).status).toBe(404);
  });

  it('names versions by itself when the distribution names only the definition', async () => {
    const distribute: ImageTemplate['distribute'] = [
      { type: 'SharedImage', galleryImageId: definitionId(sandbox), runOutputName: 'web', versioning: { scheme: 'Latest' } },
    ];
    await create({ distribute });
    await runAndWatch();
    await runAndWatch();
    const versions = await collect(computeFor(sandbox).galleryImageVersions.listByGalleryImage(GROUP, GALLERY, DEFINITION));
    expect(versions.map(({ name }) => name)).toEqual(['0.0.1', '0.0.2']);
  });

  it('refuses to be run, changed or deleted while it is running', async () => {
    await create();
    await templates().run(GROUP, NAME, AT_ONCE).submitted();
    expect(await problemOf(templates().run(GROUP, NAME, AT_ONCE))).toMatchObject({ status: 409, code: 'Conflict' });
    expect(await problemOf(templates().delete(GROUP, NAME, AT_ONCE))).toMatchObject({ status: 409, code: 'Conflict' });
    expect(await problemOf(templates().update(GROUP, NAME, { tags: {} }, AT_ONCE))).toMatchObject({ status: 409, code: 'Conflict' });
  });

  it('can be cancelled', async () => {
    await create();
    await templates().run(GROUP, NAME, AT_ONCE).submitted();
    await templates().cancel(GROUP, NAME, AT_ONCE);
    const { lastRunStatus } = await templates().get(GROUP, NAME);
    expect(lastRunStatus).toMatchObject({ runState: 'Canceled', message: 'The image build was canceled.' });
    expect(await problemOf(templates().cancel(GROUP, NAME, AT_ONCE))).toMatchObject({ status: 409 });
    expect((await runAndWatch()).at(-1)).toBe('Succeeded');
  });

  it('fails a run with a message that names the log', async () => {
    await create();
    sandbox.faults.add({
      match: { method: 'POST', path: '/**/run' },
      effect: { kind: 'fail-operation', code: 'BuildFailed', message: 'Script exited with non-zero exit status: 100.' },
    });
    expect(await runAndWatch()).toEqual(['Running Building', 'Running Customizing', 'Failed']);
    const { lastRunStatus } = await templates().get(GROUP, NAME);
    expect(lastRunStatus?.message).toMatch(
      /Script exited with non-zero exit status: 100\. .* Packer build logs are at location \/\S+\/storageAccounts\/\S+\/packerlogs\/\S+\/customization\.log/,
    );
    expect(await problemOf(templates().getRunOutput(GROUP, NAME, 'web'))).toMatchObject({ status: 404 });
  });

  it('leaves the build VM in the staging group where the template says so', async () => {
    const staged = async () => {
      const { exactStagingResourceGroup = '' } = await templates().get(GROUP, NAME);
      const { body } = await ask(sandbox, 'GET', `${exactStagingResourceGroup}/resources?api-version=2022-09-01`);
      return JSON.stringify(body).includes('Microsoft.Compute/virtualMachines');
    };
    const failing = { kind: 'fail-operation', code: 'BuildFailed', message: 'Script exited with non-zero exit status: 1.' } as const;
    await create();
    sandbox.faults.add({ match: { method: 'POST', path: '/**/run' }, effect: failing });
    await runAndWatch();
    expect(await staged()).toBe(false);
    await templates().delete(GROUP, NAME, AT_ONCE);
    await create({ errorHandling: { onCustomizerError: 'abort' } });
    sandbox.faults.add({ match: { method: 'POST', path: '/**/run' }, effect: failing });
    await runAndWatch();
    expect(await staged()).toBe(true);
  });

  it('fails a run whose replication fails', async () => {
    await create();
    sandbox.faults.add({
      match: { method: 'POST', path: '/**/run' },
      effect: { kind: 'fail-region', region: 'northeurope', message: 'no capacity' },
    });
    expect((await runAndWatch()).at(-1)).toBe('Failed');
    expect((await templates().get(GROUP, NAME)).lastRunStatus?.message).toContain('no capacity');
  });

  it('stays in its customizers when it is stuck, until it is cancelled', async () => {
    await create();
    sandbox.faults.add({ match: { method: 'POST', path: '/**/run' }, effect: { kind: 'stuck-operation' } });
    await templates().run(GROUP, NAME, AT_ONCE).submitted();
    sandbox.clock.advance(86_400);
    expect((await templates().get(GROUP, NAME)).lastRunStatus).toMatchObject({ runState: 'Running', runSubState: 'Customizing' });
    await templates().cancel(GROUP, NAME, AT_ONCE);
    expect((await templates().get(GROUP, NAME)).lastRunStatus?.runState).toBe('Canceled');
  });

  it('is changed by PATCH in its tags and distributions alone, and not by PUT', async () => {
    await create();
    const updated = await templates().update(GROUP, NAME, { tags: { team: 'platform' } }, AT_ONCE);
    expect(updated.tags).toEqual({ team: 'platform' });
    expect(await problemOf(create({ customize: [] }))).toMatchObject({ status: 409, code: 'Conflict' });
    const distribute: ImageTemplate['distribute'] = [{ type: 'VHD', runOutputName: 'vhd' }];
    expect(await problemOf(templates().update(GROUP, NAME, { properties: { distribute } }, AT_ONCE))).toMatchObject({
      status: 400,
      code: 'ValidationFailed',
    });
  });

  it('runs at once with autoRun', async () => {
    await create({ autoRun: { state: 'Enabled' } });
    expect((await templates().get(GROUP, NAME)).lastRunStatus?.runState).toBe('Running');
  });
});

describe('a template that is refused at once', () => {
  async function put(change: (properties: Record<string, unknown>) => unknown, version = '2025-10-01') {
    const { location, identity, tags: _, ...properties } = ubuntuTemplate(sandbox);
    const body = { location, identity, properties: change({ ...properties }) };
    return ask(sandbox, 'PUT', `${TEMPLATE}?api-version=${version}`, { body });
  }

  it.each([
    ['a field in the wrong case', (properties: object) => ({ ...properties, VmProfile: {} }), '400 InvalidRequestContent'],
    [
      'a customizer of an unknown type',
      (properties: object) => ({ ...properties, customize: [{ type: 'shell', inline: ['x'] }] }),
      '400 InvalidRequestContent',
    ],
    ['a build timeout above 960', (properties: object) => ({ ...properties, buildTimeoutInMinutes: 961 }), '400 InvalidRequestContent'],
    ['a build timeout below 6', (properties: object) => ({ ...properties, buildTimeoutInMinutes: 5 }), '400 ValidationFailed'],
    [
      'a run output name with a space',
      (properties: object) => ({ ...properties, distribute: [{ type: 'VHD', runOutputName: 'a b' }] }),
      '400 InvalidRequestContent',
    ],
    [
      'two run outputs of one name',
      (properties: object) => ({
        ...properties,
        distribute: [
          { type: 'VHD', runOutputName: 'a' },
          { type: 'VHD', runOutputName: 'a' },
        ],
      }),
      '400 ValidationFailed',
    ],
  ])('%s', async (_, change, expected) => {
    expect(refusal(await put(change))).toBe(expected);
  });

  it('fields of a later api-version', async () => {
    const change = (properties: object) => ({ ...properties, additionalDataDisks: [{ sizeGB: 32 }] });
    expect(refusal(await put(change, '2024-02-01'))).toBe('400 InvalidRequestContent');
    expect((await put(change)).status).toBe(201);
  });

  it.each([[{}], [{ type: 'None' as const }], [{ type: 'UserAssigned' as const, userAssignedIdentities: { '/one': {}, '/two': {} } }]])(
    'the identity %j',
    async (identity) => {
      expect(await problemOf(create({ identity }))).toMatchObject({ status: 400, code: 'InvalidIdentity' });
    },
  );
});

describe('a template that fails to be created', () => {
  async function provisioningError(change: Partial<ImageTemplate>) {
    await problemOf(create(change));
    const { provisioningState, provisioningError: error } = await templates().get(GROUP, NAME);
    return `${provisioningState} ${error?.provisioningErrorCode}: ${error?.message}`;
  }

  it.each<[string, Partial<ImageTemplate>, RegExp]>([
    [
      'an image that is not sold',
      { source: { type: 'PlatformImage', publisher: 'Canonical', offer: 'nothing', sku: 'server', version: 'latest' } },
      /BadPIRSource: .*Canonical:nothing:server:latest/,
    ],
    [
      'a plan that is not named',
      { source: { type: 'PlatformImage', publisher: 'almalinux', offer: 'almalinux-x86_64', sku: '9-gen2', version: 'latest' } },
      /BadPIRSource: .*missing plan information/,
    ],
    ['a PowerShell step on Linux', { customize: [{ type: 'PowerShell', inline: ['dir'] }] }, /UnsupportedCustomizerType/],
    ['a shell step with nothing to run', { customize: [{ type: 'Shell' }] }, /NoCustomizerScript/],
    ['a file outside /tmp', { customize: [{ type: 'File', sourceUri: 'https://x/y', destination: '/etc/motd' }] }, /Other: .*under \/tmp/],
    ['a disk smaller than the image', { vmProfile: { osDiskSizeGB: 10 } }, /Other: .*smaller/],
    ['a size of another architecture', { vmProfile: { vmSize: 'Standard_D2ps_v6' } }, /Other: .*Architecture/],
  ])('%s', async (_, change, expected) => {
    await createDefinition(computeFor(sandbox), SUPPORTED);
    expect(await provisioningError(change)).toMatch(expected);
  });

  it.each<[string, GalleryImage | undefined, RegExp]>([
    ['no definition', undefined, /was not found/],
    ['a normal definition for a Trusted Launch source', STANDARD, /security type 'TrustedLaunchSupported' of the source is not 'Standard'/],
    [
      'a definition of the other generation',
      { ...STANDARD, hyperVGeneration: 'V1', features: [] },
      /Hyper-V generation 'V2' of the source is not 'V1'/,
    ],
    ['a definition for Windows', { ...SUPPORTED, osType: 'Windows' }, /OS type 'Linux' of the source is not 'Windows'/],
    ['a definition for Arm64', { ...SUPPORTED, architecture: 'Arm64' }, /architecture 'x64' of the source is not 'Arm64'/],
  ])('%s', async (_, definition, expected) => {
    if (definition) await createDefinition(computeFor(sandbox), definition);
    const message = await provisioningError({});
    expect(message).toMatch(/^Failed BadSharedImageDistribute/);
    expect(message).toMatch(expected);
  });

  it('is mended by another PUT', async () => {
    await problemOf(create());
    await createDefinition(computeFor(sandbox), SUPPORTED);
    expect((await create()).provisioningState).toBe('Succeeded');
  });
});
