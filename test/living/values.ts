import type { Actual, Wish } from '../../src/living/wish.ts';
import type { ExistingVersion, ImageSpec, VersionUse } from '../../src/model/index.ts';
import { aPlan, aSpec, aVersion } from '../fakes/values.ts';

/** The time in these tests. */
export const NOW = new Date('2026-11-21T08:15:02.000Z');

/** Where a version was made from what aPlan() plans. */
export const ORIGIN = {
  'regild-image': 'web',
  'regild-run': '20261101t080000-0000',
  'regild-ami': 'ami-0abc1234def567890',
  'regild-base': 'Canonical:ubuntu-24_04-lts:server:24.04.202611010',
  'regild-digest': 'd'.repeat(64),
};

/** A version that was published on a day of November, everywhere aSpec() wants it. */
export function released(day: number, change: Partial<ExistingVersion> = {}): ExistingVersion {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  const name = `2026.11${String(day).padStart(2, '0')}.0`;
  return aVersion({
    id: `/versions/${name}`,
    name,
    excludeFromLatest: false,
    targetRegions: aSpec().regions,
    ...change,
    tags: { ...ORIGIN, 'regild-published': `${date}T08:00:00.000Z`, ...change.tags },
  });
}

/** A wish for aSpec() with changes, whose plan fits it. */
export function aWish(change: Partial<ImageSpec> = {}, plan: Parameters<typeof aPlan>[0] = {}): Wish {
  const spec = aSpec({
    ...change,
    refresh: { on: ['ami', 'base', 'recipe', 'age'], blackout: [], timeZone: 'UTC', urgent: [], ...change.refresh },
  });
  return { spec, plan: aPlan({ regions: spec.regions, ...plan }) };
}

export function anActual(versions: readonly ExistingVersion[], change: Partial<Actual> = {}): Actual {
  return { versions, users: [], builds: [], ...change };
}

/** A machine that runs a version in a region. */
export function aUser(version: ExistingVersion, location = 'northeurope', name = 'vm-1'): VersionUse {
  return { kind: 'virtual-machine', id: `/machines/${name}`, name, location, definition: '/definitions/web', version: version.id };
}
