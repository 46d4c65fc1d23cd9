import { describe, expect, test } from 'vitest';
import type { BuildPlan, Definition, PublishRoute, RegionState, TargetRegion } from '../../src/model/index.ts';
import { publish } from '../../src/publish/index.ts';
import { prepareGallery } from '../../src/publish/prepare.ts';
import { fakeContext, NOW } from '../fakes/context.ts';
import { aBuild, aPlan, aVersion } from '../fakes/values.ts';

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
      replicate: async (_ref, regions, { onUpdate }) => {
        asked.push(names(regions));
        const states = outcomes[call++] ?? [];
        onUpdate?.(states);
        return states;
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
  expect(context.events).toEqual([
    { kind: 'replication', image: 'web', regions: [state('northeurope'), state('westeurope', 'Failed')] },
    { kind: 'replication', image: 'web', regions: [state('northeurope')] },
    { kind: 'replication', image: 'web', regions: [state('northeurope'), state('westeurope')] },
  ]);
});

test('a region that keeps failing leaves the version staged and says so', async () => {
  const failed = [state('northeurope'), { ...state('westeurope', 'Failed'), detail: 'no capacity' }];
  const { context, asked } = gallery([failed, [state('northeurope')], failed, [state('northeurope')], failed]);
  expect(await publish(aPlan(), aBuild(), context)).toEqual({
    kind: 'GalleryVersion',
    schemaVersion: 1,
    image: 'web',
    versionId: '/versions/2026.1121.0',
    version: '2026.1121.0',
    promoted: false,
    regions: failed,
    tags: aVersion().tags,
    simulated: false,
    issues: [
      {
        severity: 'error',
        code: 'REPLICATION_FAILED',
        message: 'version 2026.1121.0 did not replicate to westeurope in 3 attempts (no capacity)',
        hint: 'the version stays staged; run `regild publish` to try the region again, or take it out of `regions`',
        image: 'web',
      },
    ],
  });
  const [all, without] = [['northeurope', 'westeurope'], ['northeurope']];
  expect(asked).toEqual([all, without, all, without, all]);
});

test('a region that is never heard of, and one that says nothing but its state, are told by their state', async () => {
  const going = [state('northeurope', 'Replicating')];
  const { context } = gallery([going, going, going]);
  const { issues } = await publish(aPlan(), aBuild(), context);
  expect(issues.map(({ message }) => message)).toEqual([
    'version 2026.1121.0 did not replicate to northeurope in 3 attempts (Replicating)',
    'version 2026.1121.0 did not replicate to westeurope in 3 attempts (Unknown)',
  ]);
});

test('a version that was deleted while it was replicated is not promoted', async () => {
  const { context, asked } = gallery([[state('northeurope'), state('westeurope')]]);
  let looks = 0;
  const { ports } = fakeContext({ gallery: { ...context.ports.gallery, version: async () => (looks++ === 0 ? aVersion() : undefined) } });
  await expect(publish(aPlan(), aBuild(), { ...context, ports })).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
  expect(asked).toEqual([['northeurope', 'westeurope']]);
});

describe('a release in waves', () => {
  const release = { laterRegions: ['westeurope'], endOfLife: '90d', safety: { blockDeletionBeforeEndOfLife: true } };
  const rest = { ...promotion, endOfLife: '2027-02-19T08:15:02.000Z', safety: { blockDeletionBeforeEndOfLife: true } };
  const everywhere = { targetRegions: aPlan().regions, replication: [state('northeurope'), state('westeurope')] };

  test('keeps the later regions back, and ends as long after its promotion as asked', async () => {
    const { context, asked } = gallery([], aVersion(everywhere));
    await publish(aPlan({ release }), aBuild(), context);
    expect(asked).toEqual([{ ...rest, excludedRegions: ['westeurope'] }]);
  });

  test('says nothing of the regions of a version that is promoted already: some were let go since', async () => {
    const { context, asked } = gallery(
      [],
      aVersion({ ...everywhere, excludeFromLatest: false, tags: { ...aVersion().tags, ...promotion.tags } }),
    );
    await publish(aPlan({ release }), aBuild(), context);
    expect(asked).toEqual([rest]);
  });

  test('without an end has none', async () => {
    const { context, asked } = gallery([], aVersion(everywhere));
    await publish(aPlan({ release: { laterRegions: [], safety: {} } }), aBuild(), context);
    expect(asked).toEqual([{ ...promotion, excludedRegions: [], endOfLife: undefined, safety: {} }]);
  });
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

describe('the gallery before a build', () => {
  const calls = async (exists: boolean, route: PublishRoute = 'direct', change: Partial<BuildPlan> = {}) => {
    const made: string[] = [];
    const context = fakeContext({
      gallery: {
        ensureGallery: async (ref, location, tags, settings) => {
          made.push(`gallery ${ref.gallery} in ${location}`);
          told.push([ref, location, tags, settings]);
          return 'created';
        },
        settleDefinition: async () => exists,
        createDefinition: async (ref, definition, location, tags) => {
          made.push(`definition ${ref.definition} ${featureOf(definition)}`);
          told.push([ref, location, tags]);
        },
      },
    });
    await prepareGallery(aPlan({ route, tags: { 'regild-image': 'web', team: 'web' }, ...change }), context);
    return made;
  };
  const told: unknown[] = [];
  const featureOf = ({ features }: Definition) => features.find(({ name }) => name === 'SecurityType')?.value;

  test('is made with its definition', async () => {
    expect(await calls(false)).toEqual(['gallery gal in northeurope', 'definition web TrustedLaunchSupported']);
  });

  test('is made with a staging definition where the route goes through one', async () => {
    expect(await calls(false, 'staging-definition')).toEqual([
      'gallery gal in northeurope',
      'definition web TrustedLaunchSupported',
      'definition web-staging Standard',
    ]);
  });

  test.each([
    [true, { softDelete: true }],
    [false, { softDelete: false }],
    [undefined, undefined],
  ])('gets the tags of user and run, and keeps deleted versions where that is asked: %s', async (softDelete, settings) => {
    told.length = 0;
    await calls(false, 'direct', { release: { laterRegions: [], safety: {}, softDelete } });
    const ref = { subscription: 'sub', resourceGroup: 'rg-images', gallery: 'gal', definition: 'web' };
    const tags = { team: 'web', 'regild-run': 'run-1' };
    expect(told).toEqual([
      [ref, 'northeurope', tags, settings],
      [ref, 'northeurope', tags],
    ]);
  });

  test('a plan without a release asks for no settings', async () => {
    told.length = 0;
    await calls(true);
    expect(told).toEqual([[expect.anything(), 'northeurope', expect.anything(), undefined]]);
  });

  test('keeps a definition that exists', async () => {
    expect(await calls(true)).toEqual(['gallery gal in northeurope']);
  });
});
