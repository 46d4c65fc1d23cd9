import { expect, test } from 'vitest';
import type { BuildPlan, ExistingVersion, RegionState, TestShape } from '../../src/model/index.ts';
import { hereThenElsewhere } from '../../src/validate/in-regions.ts';
import { fakeContext } from '../fakes/context.ts';
import { aPlan, aQuota, aSize, aVersion } from '../fakes/values.ts';

const HOME: TestShape = { vmSize: 'Standard_D2s_v5', controller: 'SCSI' };
const WEST: TestShape = { ...HOME, location: 'westeurope' };
const SOUTH: TestShape = { ...HOME, location: 'uksouth' };
const REGIONS = ['northeurope', 'westeurope', 'uksouth', 'francecentral'].map((name) => ({
  name,
  replicas: 1,
  storage: 'Standard_LRS' as const,
}));
const done = (name: string, state: RegionState['state'] = 'Completed'): RegionState => ({ name, state, progress: 100 });

function planOf(...shapes: readonly TestShape[]): BuildPlan {
  return aPlan({ regions: REGIONS, test: { ...aPlan().test, shapes } });
}

/** What is done in which order, in an Azure whose replications end as told and whose quota has room for so many vCPUs in each location. */
async function walked(
  plan: BuildPlan,
  {
    ends = REGIONS.map(({ name }) => done(name)),
    existing = aVersion(),
    passes = true,
    room = 100,
  }: { ends?: readonly RegionState[]; existing?: ExistingVersion; passes?: boolean; room?: number } = {},
) {
  const log: string[] = [];
  const context = fakeContext({
    gallery: {
      replicate: async (_ref, regions) => {
        log.push(`replicate ${regions.map(({ name }) => name).join(' ')}`);
        return ends;
      },
    },
    subscription: {
      sizes: async (_subscription, location) => {
        log.push(`sizes of ${location}`);
        return [aSize()];
      },
      quotas: async () => [aQuota({ limit: room })],
    },
  });
  const result = await hereThenElsewhere(plan, existing, context, {
    boot: async (shape) => {
      log.push(`boot ${shape.location ?? 'here'}`);
      return shape.location ?? 'here';
    },
    passes: (answers) => {
      log.push(`judge ${answers.join(' ')}`);
      return passes;
    },
  });
  return { log, ...result };
}

test('without other regions nothing is replicated, and nothing is judged early', async () => {
  expect(await walked(planOf(HOME))).toEqual({ log: ['boot here'], answers: ['here'], issues: [] });
});

test('the version is replicated to the regions that boot it, and to no other, once it has passed where it was built', async () => {
  expect(await walked(planOf(HOME, WEST, SOUTH))).toEqual({
    log: ['boot here', 'judge here', 'replicate northeurope westeurope uksouth', 'boot westeurope', 'boot uksouth'],
    answers: ['here', 'westeurope', 'uksouth'],
    issues: [],
  });
});

test('a version that fails where it was built is replicated nowhere', async () => {
  expect(await walked(planOf(HOME, WEST), { passes: false })).toEqual({
    log: ['boot here', 'judge here'],
    answers: ['here'],
    issues: [
      {
        severity: 'info',
        code: 'REGION_UNTESTED',
        message: 'no VM was booted in westeurope: the version failed in northeurope, and is replicated nowhere',
        hint: 'mend what failed, and build again',
        image: 'web',
      },
    ],
  });
});

test('a region that holds the version already keeps it', async () => {
  const held = REGIONS.filter(({ name }) => name === 'northeurope' || name === 'francecentral');
  const { log } = await walked(planOf(HOME, WEST), { existing: aVersion({ targetRegions: held }) });
  expect(log[2]).toBe('replicate northeurope westeurope francecentral');
});

test('a version that is there already is not replicated again', async () => {
  const held = REGIONS.slice(0, 2);
  const existing = aVersion({ targetRegions: held, replication: held.map(({ name }) => done(name)) });
  expect((await walked(planOf(HOME, WEST), { existing })).log).toEqual(['boot here', 'judge here', 'boot westeurope']);
});

test('a region that the version does not reach is an error, and the others boot it', async () => {
  const ends = [done('northeurope'), done('westeurope', 'Failed'), done('uksouth')];
  const { log, answers, issues } = await walked(planOf(HOME, WEST, SOUTH), { ends });
  expect(log.filter((line) => line.startsWith('boot'))).toEqual(['boot here', 'boot uksouth']);
  expect(answers).toEqual(['here', 'uksouth']);
  expect(issues).toEqual([
    {
      severity: 'error',
      code: 'REPLICATION_FAILED',
      message: 'version 2026.1121.0 did not replicate to westeurope in 3 attempts (Failed)',
      hint: 'the version stays staged; run `regild validate` to try the region again, or take it out of `test.regions`',
      image: 'web',
    },
  ]);
});

test('each location is asked for its own room, and only where more than one VM wants it', async () => {
  const { log } = await walked(planOf(HOME, WEST, WEST, SOUTH), { room: 2 });
  expect(log).toEqual([
    'boot here',
    'judge here',
    'replicate northeurope westeurope uksouth',
    'sizes of westeurope',
    'boot westeurope',
    'boot uksouth',
    'boot westeurope',
  ]);
});
