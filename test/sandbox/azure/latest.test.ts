import { expect, test } from 'vitest';
import { createWorld } from '../../../src/sandbox/azure/create-world.ts';
import { nameOf } from '../../../src/sandbox/azure/ids.ts';
import { latestVersion } from '../../../src/sandbox/azure/providers/gallery/latest.ts';
import { VirtualClock } from '../../../src/sandbox/clock.ts';

const DEFINITION = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/galleries/g/images/web';
const NOW = new Date('2026-11-21T08:00:00Z');

interface Version {
  readonly name: string;
  readonly ends?: number;
  readonly excluded?: boolean;
  readonly excludedThere?: boolean;
}

function latest(versions: readonly Version[]): string | undefined {
  const clock = new VirtualClock({ kind: 'on-poll', step: 1 }, NOW);
  const world = createWorld({ clock, signingKey: Buffer.from('key'), versions: 'strict', machine: () => 0 });
  for (const { name, ends = 0, excluded = false, excludedThere = false } of versions) {
    const targetRegions = [{ name: 'West Europe', excludeFromLatest: excludedThere }];
    const body = { properties: { publishingProfile: { targetRegions, excludeFromLatest: excluded } } };
    const replicas = [{ region: 'westeurope', displayName: 'West Europe', started: 0, ends: NOW.getTime() + ends }];
    world.resources.put(`${DEFINITION}/versions/${name}`, body, { replicas });
  }
  const found = latestVersion(DEFINITION, 'westeurope', world);
  return found && nameOf(found.id);
}

test.each<[string, readonly Version[], string | undefined]>([
  ['the highest number, not the last made', [{ name: '1.10.0' }, { name: '1.9.9' }, { name: '0.99.0' }], '1.10.0'],
  ['not one that is excluded', [{ name: '1.0.0' }, { name: '2.0.0', excluded: true }], '1.0.0'],
  ['not one that is excluded in the region', [{ name: '1.0.0' }, { name: '2.0.0', excludedThere: true }], '1.0.0'],
  ['not one that is still on its way', [{ name: '1.0.0' }, { name: '2.0.0', ends: 1 }], '1.0.0'],
  ['none', [{ name: '1.0.0', excluded: true }], undefined],
])('latest is %s', (_, versions, expected) => {
  expect(latest(versions)).toBe(expected);
});
