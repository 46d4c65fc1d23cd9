import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { fixture, memorySource } from './disks/open-fixture.ts';
import { HOSTILE_DISKS } from './hostile-disks.ts';
import { mutate, structureSectors, survive } from './mutate-disk.ts';

/** Mutations of each disk. */
const SEEDS = rounds(12, 60);

test.each(HOSTILE_DISKS)('%s: no change of its bytes crashes a reader or keeps it busy', async (_, make) => {
  const bytes = make();
  const sectors = await structureSectors(bytes);
  const outcomes = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const undo = mutate(bytes, sectors, seed);
    outcomes.push(await survive(memorySource(bytes)).catch((error: unknown) => ({ seed, error })));
    undo();
  }
  expect(outcomes.filter((outcome) => 'error' in outcome)).toEqual([]);
  // The changes reach what is read: some of them are refused, and not all.
  expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused > 0).length).toBeGreaterThan(SEEDS / 20);
  expect(outcomes.filter((outcome) => 'read' in outcome && outcome.read > 3).length).toBeGreaterThan(SEEDS / 5);
});

/** What `run.sh mutations` found: kept, so that it is tried in every run. */
test.each([['btrfs', 142]])('%s, changed as seed %d says, is refused in parts', async (name, seed) => {
  const bytes = fixture(name);
  mutate(bytes, await structureSectors(bytes), seed);
  expect((await survive(memorySource(bytes))).refused).toBeGreaterThan(0);
});
