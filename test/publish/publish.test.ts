import { describe, expect, test } from 'vitest';
import type { Definition, PublishRoute, RegionState, TargetRegion } from '../../src/model/index.ts';
import { publish } from '../../src/publish/index.ts';
import { prepareGallery } from '../../src/publish/prepare.ts';
import { isComplete, nextReplication } from '../../src/publish/regions.ts';
import { fakeContext, NOW } from '../fakes/context.ts';
import { aBuild, aDefinition, aPlan, aVersion } from '../fakes/values.ts';

const state = (name: string, value: RegionState['state'] = 'Completed'): RegionState => ({
  name,
  state: value,
  progress: value === 'Completed' ? 100 : 40,
});
const names = (regions: readonly TargetRegion[]) => regions.map(({ name }) => name);

/** A gallery that answers each replication with the next of the given outcomes, and writes down what it was asked. */
function gallery(outcomes: readonly (readonly RegionState[])[], version = aVersion()) {
  const asked: unknown[] = [];
  let call = 0;
  const context = fakeContext({
    gallery: {
      version: async () => version,
      replicate: async (_ref, regions) => {
        asked.push(names(regions));
        return outcomes[call++] ?? [];
      },
      setVersion: async (_ref, change) => {
        asked.push(change);
        return version;
      },
    },
  });
  return { context, asked };
}

const promotion = {
  excludeFromLatest: false,
  tags: { 'regild-image': 'web', 'regild-digest': 'd'.repeat(64), 'regild-run': 'run-1', 'regild-published': NOW.toISOString() },
};

test('a version that reaches every region is promoted with its tags', async () => {
  const { context, asked } = gallery([[state('northeurope'), state('westeurope')]]);
  expect(await publish(aPlan(), aBuild(), context)).toEqual({
    kind: 'GalleryVersion',
    schemaVersion: 1,
    image: 'web',
    versionId: '/versions/2026.1121.0',
    version: '2026.1121.0',
    promoted: true,
    regions: [state('northeurope'), state('westeurope')],
    tags: promotion.tags,
    simulated: false,
    issues: [],
  });
  expect(asked).toEqual([['northeurope', 'westeurope'], promotion]);
});

test('only the region that failed is taken out and asked for again', async () => {
  const { context, asked } = gallery([
    [state('northeurope'), state('westeurope', 'Failed')],
    [state('northeurope')],
    [state('northeurope'), state('westeurope')],
  ]);
  const { promoted } = await publish(aPlan(), aBuild(), context);
  expect(promoted).toBe(true);
  expect(asked).toEqual([['northeurope', 'westeurope'], ['northeurope'], ['northeurope', 'westeurope'], promotion]);
});

test('a region that keeps failing leaves the version staged and says so', async () => {
  const failed = [state('northeurope'), { ...state('westeurope', 'Failed'), detail: 'no capacity' }];
  const { context, asked } = gallery([failed, [state('northeurope')], failed, [state('northeurope')], failed]);
  const { promoted, issues } = await publish(aPlan(), aBuild(), context);
  expect({ promoted, issues: issues.map(({ code, message }) => `${code}: ${message}`) }).toEqual({
    promoted: false,
    issues: ['REPLICATION_FAILED: version 2026.1121.0 did not replicate to westeurope in 3 attempts (no capacity)'],
  });
  const [all, without] = [['northeurope', 'westeurope'], ['northeurope']];
  expect(asked).toEqual([all, without, all, without, all]);
});

test('publishing again what is already everywhere replicates nothing', async () => {
  const everywhere = aVersion({ targetRegions: aPlan().regions, replication: [state('northeurope'), state('westeurope')] });
  const { context, asked } = gallery([], everywhere);
  expect((await publish(aPlan(), aBuild(), context)).promoted).toBe(true);
  expect(asked).toEqual([promotion]);
});

test('a run that died right after promoting changes nothing when it is repeated', async () => {
  const tags = { ...promotion.tags, 'regild-published': '2026-11-20T00:00:00.000Z' };
  const promoted = {
    excludeFromLatest: false,
    targetRegions: aPlan().regions,
    replication: [state('northeurope'), state('westeurope')],
    tags,
  };
  const { context, asked } = gallery([], aVersion(promoted));
  expect((await publish(aPlan(), aBuild(), context)).tags).toEqual(tags);
  expect(asked).toEqual([{ excludeFromLatest: false, tags }]);
});

test('a version that has too few replicas is replicated, though every region holds it', async () => {
  const few = aPlan().regions.map((region) => ({ ...region, replicas: 1 }));
  const everywhere = [state('northeurope'), state('westeurope')];
  const { context, asked } = gallery([everywhere], aVersion({ targetRegions: few, replication: everywhere }));
  expect((await publish(aPlan(), aBuild(), context)).promoted).toBe(true);
  expect(asked).toEqual([['northeurope', 'westeurope'], promotion]);
});

test('a version that is still being changed is waited for before it is promoted', async () => {
  const everywhere = [state('northeurope'), state('westeurope')];
  const busy = aVersion({ provisioningState: 'Updating', targetRegions: aPlan().regions, replication: everywhere });
  const { context, asked } = gallery([everywhere], busy);
  await publish(aPlan(), aBuild(), context);
  expect(asked).toEqual([['northeurope', 'westeurope'], promotion]);
});

test('an aborted run promotes nothing', async () => {
  const { context, asked } = gallery([[state('northeurope'), state('westeurope')]]);
  const aborted = { ...context, run: { ...context.run, signal: AbortSignal.abort() } };
  await expect(publish(aPlan(), aBuild(), aborted)).rejects.toMatchObject({ name: 'AbortError' });
  expect(asked).toEqual([['northeurope', 'westeurope']]);
});

test('a staged version that was deleted meanwhile is an error with its name', async () => {
  const context = fakeContext({ gallery: { version: async () => undefined } });
  await expect(publish(aPlan(), aBuild(), context)).rejects.toMatchObject({
    code: 'VERSION_NOT_FOUND',
    message: 'the staged version gal/web/2026.1121.0 does not exist any more',
  });
});

describe('regions', () => {
  const wanted = aPlan().regions;

  test.each([
    ['nothing known', [], [['northeurope', 'westeurope']]],
    ['still going', [state('northeurope'), state('westeurope', 'Replicating')], [['northeurope', 'westeurope']]],
    ['one failed', [state('northeurope'), state('westeurope', 'Failed')], [['northeurope'], ['northeurope', 'westeurope']]],
    ['all failed', [state('northeurope', 'Failed'), state('westeurope', 'Failed')], [['northeurope', 'westeurope']]],
    ['one failed that is not wanted', [state('uksouth', 'Failed')], [['northeurope', 'westeurope']]],
  ])('%s', (_name, states, expected) => {
    expect(nextReplication(wanted, states).map(names)).toEqual(expected);
  });

  test('complete means that every wanted region says so', () => {
    expect(isComplete(wanted, [state('northeurope')])).toBe(false);
    expect(isComplete(wanted, [state('northeurope'), state('westeurope'), state('uksouth', 'Failed')])).toBe(true);
  });
});

describe('the gallery before a build', () => {
  const calls = async (existing: ReturnType<typeof aDefinition> | undefined, route: PublishRoute = 'direct') => {
    const made: string[] = [];
    const context = fakeContext({
      gallery: {
        ensureGallery: async (ref, location) => {
          made.push(`gallery ${ref.gallery} in ${location}`);
          return 'created';
        },
        definition: async () => existing,
        createDefinition: async (ref, definition) => void made.push(`definition ${ref.definition} ${featureOf(definition)}`),
      },
    });
    await prepareGallery(aPlan({ route }), context);
    return made;
  };
  const featureOf = ({ features }: Definition) => features.find(({ name }) => name === 'SecurityType')?.value;

  test('is made with its definition', async () => {
    expect(await calls(undefined)).toEqual(['gallery gal in northeurope', 'definition web TrustedLaunchSupported']);
  });

  test('is made with a staging definition where the route goes through one', async () => {
    expect(await calls(undefined, 'staging-definition')).toEqual([
      'gallery gal in northeurope',
      'definition web TrustedLaunchSupported',
      'definition web-staging Standard',
    ]);
  });

  test('keeps a definition that exists', async () => {
    expect(await calls(aDefinition())).toEqual(['gallery gal in northeurope']);
  });
});
