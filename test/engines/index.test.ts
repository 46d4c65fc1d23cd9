import { expect, test } from 'vitest';
import { buildImage, renderTemplate } from '../../src/engines/index.ts';
import { BuildResult, RenderedTemplate } from '../../src/model/index.ts';
import type { ExistingVersion } from '../../src/ports.ts';
import { fakeContext } from './fake-context.ts';
import { linuxPlan, packerPlan } from './fixtures.ts';

const RUN_TAGS = { 'regild-run': '20261121t081502-3f9a', 'regild-deadline': '2026-11-22T08:15:02.000Z' };

const STAGED: ExistingVersion = {
  id: 'staged-id',
  name: '2026.1121.1',
  location: 'westeurope',
  excludeFromLatest: true,
  provisioningState: 'Succeeded',
  published: undefined,
  targetRegions: [],
  replication: [],
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

async function build(version: ExistingVersion | undefined) {
  const { context, calls } = fakeContext({ ...(version ? { version } : {}) });
  const template = await renderTemplate(linuxPlan(), context);
  return { result: BuildResult.parse(await buildImage(linuxPlan(), template, context)), built: calls.length > 0 };
}

test('builds and says when', async () => {
  expect(await build(undefined)).toEqual({
    result: {
      kind: 'BuildResult',
      schemaVersion: 1,
      image: 'web-golden',
      engine: 'image-builder',
      runId: '20261121t081502-3f9a',
      versionId: 'built-id',
      version: '2026.1121.1',
      started: '2026-11-21T08:15:02.000Z',
      finished: '2026-11-21T09:15:02.000Z',
      simulated: true,
      issues: [],
    },
    built: true,
  });
});

test.each([
  ['is taken when this run staged it', STAGED, { versionId: 'staged-id', built: false }],
  [
    'is left alone when another run staged it',
    { ...STAGED, tags: { ...RUN_TAGS, 'regild-run': 'other' } },
    { versionId: 'built-id', built: true },
  ],
  ['is left alone when it is not whole', { ...STAGED, provisioningState: 'Creating' }, { versionId: 'built-id', built: true }],
])('a version that exists %s', async (_title, version, expected) => {
  const { result, built } = await build(version);
  expect({ versionId: result.versionId, built }).toEqual(expected);
});
