import { describe, expect, test } from 'vitest';
import { buildImage, renderTemplate } from '../../src/engines/index.ts';
import { unlessStaged } from '../../src/engines/staged.ts';
import { RegildError } from '../../src/errors.ts';
import { type BuildPlan, BuildResult, type ExistingVersion, RenderedTemplate } from '../../src/model/index.ts';
import { type Fakes, fakeContext } from './fake-context.ts';
import { linuxPlan, packerPlan } from './fixtures.ts';

const RUN_TAGS = { 'regild-run': '20261121t081502-3f9a', 'regild-deadline': '2026-11-22T08:15:02.000Z', 'regild-digest': 'd'.repeat(64) };

const STAGED: ExistingVersion = {
  id: 'staged-id',
  name: '2026.1121.1',
  location: 'westeurope',
  excludeFromLatest: true,
  provisioningState: 'Succeeded',
  published: undefined,
  targetRegions: [],
  replication: [],
  excludedRegions: [],
  safety: { blockDeletionBeforeEndOfLife: false, allowDeletionOfReplicatedLocations: false },
  tags: { team: 'web', ...RUN_TAGS },
};

test.each([linuxPlan(), packerPlan()])('$engine renders an artifact with its losses', async (plan) => {
  const template = RenderedTemplate.parse(await renderTemplate(plan, fakeContext().context));
  expect({ ...template, files: template.files[0]?.path, issues: template.issues.map(({ code }) => code) }).toEqual({
    kind: 'RenderedTemplate',
    schemaVersion: 1,
    image: 'web-golden',
    engine: plan.engine,
    digest: 'd'.repeat(64),
    files: plan.engine === 'packer' ? 'build.pkr.hcl' : 'template.json',
    issues: plan.engine === 'packer' ? [] : ['RESTART_NOT_SUPPORTED', 'CONTROLLER_NOT_CHOSEN'],
  });
});

test('a packer that is not run is said before anything is built', async () => {
  const { context } = fakeContext({ packer: { kind: 'simulated' } });
  const said = async (plan: BuildPlan) => (await renderTemplate(plan, context)).issues.map(({ code, severity }) => [code, severity]);
  expect(await said(packerPlan())).toEqual([['PACKER_SIMULATED', 'warning']]);
  expect(await said(linuxPlan())).not.toContainEqual(['PACKER_SIMULATED', 'warning']);
});

const VERSION_REF = {
  subscription: linuxPlan().subscription,
  resourceGroup: 'images',
  gallery: 'golden',
  definition: 'web-golden',
  version: '2026.1121.1',
};

async function build(version: ExistingVersion | undefined, fakes: Fakes = {}) {
  const { context, calls } = fakeContext({ ...(version ? { version } : {}), ...fakes });
  const template = await renderTemplate(linuxPlan(), context);
  const result = BuildResult.parse(await buildImage(linuxPlan(), template, context));
  return { result, did: calls.map((call) => (Array.isArray(call) ? call[0] : call)) };
}

test('builds and says when', async () => {
  expect(await build(undefined)).toEqual({
    result: {
      kind: 'BuildResult',
      schemaVersion: 1,
      image: 'web-golden',
      engine: 'image-builder',
      engineVersion: '2025-10-01',
      runId: '20261121t081502-3f9a',
      versionId: 'built-id',
      version: '2026.1121.1',
      started: '2026-11-21T08:15:02.000Z',
      finished: '2026-11-21T09:15:02.000Z',
      simulated: true,
      issues: [],
    },
    did: ['template.build', 'template.remove'],
  });
});

test.each([
  ['is taken when this run staged it', STAGED, 'staged-id', ['template.remove']],
  [
    'is taken when this run staged it before it was resumed',
    { ...STAGED, tags: { ...RUN_TAGS, 'regild-deadline': '2026-11-21T20:00:00.000Z' } },
    'staged-id',
    ['template.remove'],
  ],
  [
    'is waited for by its engine when it is on its way',
    { ...STAGED, provisioningState: 'Creating' },
    'built-id',
    ['template.build', 'template.remove'],
  ],
  [
    'is deleted first when it is broken',
    { ...STAGED, provisioningState: 'Failed' },
    'built-id',
    ['gallery.removeVersion', 'template.build', 'template.remove'],
  ],
])('a version that exists %s', async (_title, version, versionId, did) => {
  expect(await build(version).then(({ result, did }) => ({ versionId: result.versionId, did }))).toEqual({ versionId, did });
});

test.each([
  ['another run', { ...STAGED, tags: { ...RUN_TAGS, 'regild-run': 'other' } }, 'by run other'],
  ['somebody else', { ...STAGED, tags: {} }, 'by somebody else'],
])('a name that %s took since the plan is refused before anything is built', async (_title, version, by) => {
  await expect(build(version, { imageBuilder: { build: () => Promise.reject(new Error('must not be built')) } })).rejects.toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message: `version 2026.1121.1 of golden/web-golden was made ${by} since it was planned`,
  });
});

test('a build that takes longer than it may ends as timed out, and its template stays', async () => {
  const asked: number[] = [];
  const removed: unknown[] = [];
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const fakes: Fakes = {
    sleep: async (milliseconds) => {
      asked.push(milliseconds);
      await started;
    },
    imageBuilder: {
      build: (_ref, _body, { signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new RegildError('CANCELLED', 'cancelled')));
          start();
        }),
      remove: async (ref) => void removed.push(ref),
    },
  };
  await expect(build(undefined, fakes)).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: `the build of web-golden took longer than ${linuxPlan().build.timeoutMinutes} minutes`,
  });
  expect({ asked, removed }).toEqual({ asked: [linuxPlan().build.timeoutMinutes * 60_000], removed: [] });
});

test('a broken version that a failed build leaves is deleted', async () => {
  const states = [undefined, { ...STAGED, provisioningState: 'Failed' }];
  const removed: unknown[] = [];
  const error = new RegildError('BUILD_FAILED', 'it failed');
  const fakes: Fakes = {
    gallery: { version: async () => states.shift(), removeVersion: async (ref) => void removed.push(ref) },
    imageBuilder: { build: () => Promise.reject(error) },
  };
  await expect(build(undefined, fakes)).rejects.toBe(error);
  expect(removed).toEqual([VERSION_REF]);
});

describe('what stands under the name after a build', () => {
  const whenBuilt = (version: ExistingVersion | undefined) => {
    const states: (ExistingVersion | undefined)[] = [undefined];
    return build(undefined, { gallery: { version: async () => (states.length > 0 ? states.pop() : version) } });
  };

  test.each([
    ['by another run', { ...RUN_TAGS, 'regild-run': 'other' }, 'by run other'],
    ['from another recipe', { ...RUN_TAGS, 'regild-digest': 'e'.repeat(64) }, 'by this run from another recipe'],
    ['by nobody knows whom', {}, 'by somebody else'],
  ])('is refused when it was made %s', async (_title, tags, by) => {
    await expect(whenBuilt({ ...STAGED, tags })).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: `version 2026.1121.1 of golden/web-golden was made ${by} since it was planned`,
    });
  });

  test.each([
    ['nothing', undefined, 'does not exist'],
    ['a broken version', { ...STAGED, provisioningState: 'Failed' }, 'is broken'],
  ])('is no success when it is %s', async (_title, version, state) => {
    await expect(whenBuilt(version)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: `the build ended well, but version 2026.1121.1 of golden/web-golden ${state}`,
    });
  });

  test('says why a build failed whose name was taken meanwhile', async () => {
    const states: (ExistingVersion | undefined)[] = [{ ...STAGED, tags: { ...RUN_TAGS, 'regild-run': 'other' } }, undefined];
    const fakes: Fakes = {
      gallery: { version: async () => states.pop() },
      imageBuilder: { build: () => Promise.reject(new RegildError('BUILD_FAILED', 'changing the source is not allowed')) },
    };
    await expect(build(undefined, fakes)).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED', cause: { code: 'BUILD_FAILED' } });
  });
});

test('after an abort nothing is deleted: what is on its way may yet become whole', async () => {
  const run = new AbortController();
  const states = [undefined, { ...STAGED, provisioningState: 'Failed' }];
  const removed: unknown[] = [];
  const { context } = fakeContext({
    gallery: { version: async () => states.shift(), removeVersion: async (ref) => void removed.push(ref) },
  });
  const error = new RegildError('CANCELLED', 'cancelled');
  const made = unlessStaged(VERSION_REF, linuxPlan(), { ...context, run: { ...context.run, signal: run.signal } }, () => {
    run.abort();
    return Promise.reject(error);
  });
  await expect(made).rejects.toBe(error);
  expect(removed).toEqual([]);
});
