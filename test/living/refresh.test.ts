import { expect, test } from 'vitest';
import { decideRefresh, type RefreshOptions } from '../../src/living/refresh.ts';
import type { ImageSpec } from '../../src/model/index.ts';
import { aVersion } from '../fakes/values.ts';
import { anActual, aWish, NOW, ORIGIN, released } from './values.ts';

/** Ten weeks without a build, and a region that the version is not in. */
const BOTH = { refresh: { every: '7d', on: ['age'], blackout: [], timeZone: 'UTC', urgent: [] } } as const;
const REGIONS = ['northeurope', 'westeurope'].map((name) => ({ name, replicas: 1, storage: 'Standard_LRS' }) as const);
const OLD = released(1, { targetRegions: [REGIONS[0] ?? { name: 'northeurope', replicas: 1, storage: 'Standard_LRS' }] });

/** What is done about an image, and what holds its rebuild. */
function decided(change: Partial<ImageSpec>, { planned = true, versions = [OLD], ...options }: Given = {}) {
  const { plan, ...wish } = aWish({ ...BOTH, ...change });
  const looked = { wish: planned ? { ...wish, plan } : wish, actual: anActual(versions), issues: [] };
  return decideRefresh([looked], options, NOW).map(({ action, held }) => [action, held]);
}

interface Given extends RefreshOptions {
  readonly planned?: boolean;
  readonly versions?: readonly ReturnType<typeof released>[];
}

test('the most urgent image comes first, then by name, and beyond --max none is rebuilt', () => {
  const image = (name: string, versions: readonly ReturnType<typeof released>[]) => ({
    wish: aWish({ ...BOTH, name, regions: OLD.targetRegions }),
    actual: anActual(versions),
    issues: [],
  });
  const fresh = released(20, { targetRegions: OLD.targetRegions });
  const fleet = [image('quiet', [fresh]), image('b-old', [OLD]), image('a-old', [OLD]), image('unborn', [])];
  const order = (options: RefreshOptions) =>
    decideRefresh(fleet, options, NOW).map(({ looked, action, held }) => [looked.wish.spec.name, action, held]);
  expect(order({ max: 2 })).toEqual([
    ['unborn', 'rebuild', undefined],
    ['a-old', 'rebuild', undefined],
    ['b-old', 'wait', '--max 2 is reached'],
    ['quiet', 'none', undefined],
  ]);
});

test('what makes a rebuild due takes the regions with it', () => {
  expect(decided({ regions: REGIONS })).toEqual([['rebuild', undefined]]);
});

test('what holds a rebuild back holds no region back', () => {
  const run = '20261121t080000-0000';
  const deadline = '2026-12-01T08:00:00.000Z';
  const building = aVersion({ name: '2026.1121.0', tags: { ...ORIGIN, 'regild-run': run, 'regild-deadline': deadline } });
  expect([
    decided({ regions: REGIONS }, { planned: false }),
    decided({ regions: REGIONS }, { max: 0 }),
    decided({ regions: REGIONS }, { versions: [OLD, building] }),
  ]).toEqual([
    [['reconcile', 'it could not be planned; its issues say why']],
    [['reconcile', '--max 0 is reached']],
    [['reconcile', `run ${run} works on version 2026.1121.0 of web, less than an hour ago`]],
  ]);
});

test('of an image that could not be planned nobody says that nothing is due; what is copied into production has no plan', () => {
  const fresh = { versions: [released(20, { targetRegions: OLD.targetRegions })] };
  const copyOf = { target: aWish().spec.target, automatic: false } as const;
  expect([
    decided({ regions: OLD.targetRegions }, fresh),
    decided({ regions: OLD.targetRegions }, { ...fresh, planned: false }),
    decided({ regions: REGIONS }, { ...fresh, planned: false }),
    decided({ regions: OLD.targetRegions, copyOf }, { ...fresh, planned: false }),
  ]).toEqual([
    [['none', undefined]],
    [['wait', 'it could not be planned; its issues say why']],
    [['reconcile', 'it could not be planned; its issues say why']],
    [['none', undefined]],
  ]);
});

test('without a region to mend, an image whose rebuild is held back waits', () => {
  const regions = OLD.targetRegions;
  expect(decided({ regions }, { planned: false })).toEqual([['wait', 'it could not be planned; its issues say why']]);
});
