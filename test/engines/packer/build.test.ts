import { expect, test } from 'vitest';
import { buildWithPacker, readyPacker } from '../../../src/engines/packer/build.ts';
import { RegildError } from '../../../src/errors.ts';
import { aSize } from '../../fakes/values.ts';
import { fakeContext, rendered } from '../fake-context.ts';
import { packerPlan } from '../fixtures.ts';

const PLAN = packerPlan();
const FILES = [{ path: 'build.pkr.hcl', content: '' }];

test('runs Packer in the rendered folder and answers the version that the template names', async () => {
  const { context, calls } = fakeContext();
  expect(await buildWithPacker(PLAN, rendered(PLAN, FILES), context)).toEqual({
    versionId: 'built-id',
    issues: [],
    tried: [],
  });
  expect(calls).toEqual([
    ['saveFiles', 'web-golden', 'packer', FILES],
    [
      'packer.build',
      {
        folder: '/run/folder',
        variables: {
          PKR_VAR_run_id: '20261121t081502-3f9a',
          PKR_VAR_attempt: 'mwq4ue7k',
          PKR_VAR_deadline: '2026-11-22T08:15:02.000Z',
          PKR_VAR_digest: PLAN.digest,
          PKR_VAR_vm_size: 'Standard_D2s_v5',
        },
        steps: [],
        captures: {
          ref: {
            subscription: PLAN.subscription,
            resourceGroup: 'images',
            gallery: 'golden',
            definition: 'web-golden',
            version: '2026.1121.1',
          },
          as: {
            location: PLAN.location,
            storage: 'Standard_ZRS',
            excludeFromLatest: true,
            tags: {
              ...PLAN.tags,
              'regild-run': '20261121t081502-3f9a',
              'regild-deadline': '2026-11-22T08:15:02.000Z',
              'regild-digest': PLAN.digest,
            },
          },
        },
        onError: 'cleanup',
      },
    ],
    ['log', 'web-golden', 'packer.log', '\n'],
  ]);
});

test('Packer and its plugin are made ready in the rendered folder', async () => {
  const done: unknown[] = [];
  const { context, calls } = fakeContext({ packer: { init: async (folder) => void done.push(folder) } });
  await readyPacker(PLAN, rendered(PLAN, FILES), context);
  expect({ done, calls }).toEqual({ done: ['/run/folder'], calls: [['saveFiles', 'web-golden', 'packer', FILES]] });
  const missing = fakeContext({ packer: { version: () => Promise.reject(new RegildError('PACKER_MISSING', 'none')) } });
  await expect(readyPacker(PLAN, rendered(PLAN, FILES), missing.context)).rejects.toMatchObject({ code: 'PACKER_MISSING' });
  expect(missing.calls).toEqual([]);
});

test('keeps the log of a build that failed', async () => {
  const error = new RegildError('BUILD_FAILED', 'it failed');
  const { context, calls } = fakeContext({
    packer: {
      build: async (_request, wait) => {
        wait.onUpdate?.('one');
        wait.onUpdate?.('two');
        throw error;
      },
    },
  });
  await expect(buildWithPacker(PLAN, rendered(PLAN, FILES), context)).rejects.toBe(error);
  expect(calls.slice(1)).toEqual([
    { kind: 'stage-note', image: 'web-golden', stage: 'build', text: 'one' },
    { kind: 'stage-note', image: 'web-golden', stage: 'build', text: 'two' },
    ['log', 'web-golden', 'packer.log', '2026-11-21T08:15:02.000Z one\n2026-11-21T09:15:02.000Z two\n'],
  ]);
});

test('runs again with the next size where Azure has no room, in a group of another name, and keeps both logs', async () => {
  const said = 'packer build failed: SkuNotAvailable: The requested VM size is currently not available in location westeurope';
  const asked: unknown[] = [];
  const { context, calls } = fakeContext({
    sizes: [aSize({ name: 'Standard_D2as_v5' })],
    packer: {
      build: async ({ variables }, wait) => {
        asked.push([variables.PKR_VAR_vm_size, variables.PKR_VAR_attempt]);
        wait.onUpdate?.(`with ${variables.PKR_VAR_vm_size}`);
        if (asked.length === 1) throw new RegildError('BUILD_FAILED', said);
        return 'artifact-id';
      },
    },
  });
  const plan = { ...PLAN, build: { ...PLAN.build, fallbackSizes: ['Standard_D2as_v5'] } };
  expect(await buildWithPacker(plan, rendered(plan, FILES), context)).toEqual({
    versionId: 'built-id',
    issues: [
      expect.objectContaining({
        code: 'SIZE_REPLACED',
        message: `the build VM was Standard_D2as_v5, the next of \`build.fallbackSizes\`, since Azure had no room before it: Standard_D2s_v5: not available (${said})`,
      }),
    ],
    tried: [{ vmSize: 'Standard_D2s_v5', why: 'not-available', said }],
  });
  expect(asked).toEqual([
    ['Standard_D2s_v5', 'mwq4ue7k'],
    ['Standard_D2as_v5', 'mwq4ue7kx1'],
  ]);
  expect(calls.filter((call) => Array.isArray(call) && call[0] === 'log').at(-1)).toEqual([
    'log',
    'web-golden',
    'packer.log',
    expect.stringMatching(/with Standard_D2s_v5\n.*with Standard_D2as_v5\n$/),
  ]);
});
