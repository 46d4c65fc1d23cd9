import { expect, test } from 'vitest';
import { buildWithPacker } from '../../../src/engines/packer/build.ts';
import { RegildError } from '../../../src/errors.ts';
import { fakeContext, rendered } from '../fake-context.ts';
import { packerPlan } from '../fixtures.ts';

const PLAN = packerPlan();
const FILES = [{ path: 'build.pkr.hcl', content: '' }];

test('runs Packer in the rendered folder and answers the version that the template names', async () => {
  const { context, calls } = fakeContext();
  expect(await buildWithPacker(PLAN, rendered(PLAN, FILES), context)).toEqual({
    versionId: 'built-id',
    issues: [],
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
      },
    ],
    ['log', 'web-golden', 'packer.log', '\n'],
  ]);
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
