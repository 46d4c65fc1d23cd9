import { expect, test } from 'vitest';
import type { RegionState, TargetRegion } from '../../src/model/index.ts';
import { failedRegions, isComplete, isSettled, nextReplication } from '../../src/replication/regions.ts';
import { aPlan } from '../fakes/values.ts';

const state = (name: string, value: RegionState['state'] = 'Completed'): RegionState => ({
  name,
  state: value,
  progress: value === 'Completed' ? 100 : 40,
});
const names = (regions: readonly TargetRegion[]) => regions.map(({ name }) => name);
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

test('what failed is what is wanted and not complete, with what is known of it', () => {
  expect(failedRegions(wanted, [state('westeurope', 'Failed'), state('uksouth', 'Failed')])).toEqual([
    { name: 'northeurope', state: 'Unknown', progress: 0 },
    { name: 'westeurope', state: 'Failed', progress: 40 },
  ]);
  expect(failedRegions(wanted, [state('northeurope'), state('westeurope', 'Replicating')])).toEqual([
    { name: 'westeurope', state: 'Replicating', progress: 40 },
  ]);
});

const [first, second] = wanted;
test.each([
  ['the same', 'Succeeded', wanted, true],
  ['in another order', 'Succeeded', wanted.toReversed(), true],
  ['stored otherwise', 'Succeeded', wanted.map((region) => ({ ...region, storage: 'Premium_LRS' as const })), true],
  ['still worked on', 'Updating', wanted, false],
  ['fewer', 'Succeeded', wanted.slice(0, 1), false],
  ['more', 'Succeeded', [...wanted, { name: 'uksouth', replicas: 1, storage: 'Standard_LRS' as const }], false],
  ['others with as many replicas', 'Succeeded', wanted.map((region) => ({ ...region, name: `${region.name}2` })), false],
  ['with other replicas', 'Succeeded', wanted.map((region) => ({ ...region, replicas: region.replicas + 1 })), false],
  [
    'with their replicas swapped',
    'Succeeded',
    [
      { ...first, replicas: second?.replicas },
      { ...second, replicas: first?.replicas },
    ],
    false,
  ],
] as [string, string, readonly TargetRegion[], boolean][])('regions that are %s', (_name, provisioningState, targetRegions, settled) => {
  expect(isSettled(wanted, { provisioningState, targetRegions })).toBe(settled);
});
