import { expect, test } from 'vitest';
import { unchanged } from '../../src/plan/unchanged.ts';
import { aVersion } from '../fakes/values.ts';

const plan = { image: 'web', digest: 'a'.repeat(64) };
const built = { 'regild-digest': plan.digest };

test('a promoted version of the same digest makes a build needless', () => {
  const versions = [aVersion({ name: '2026.1119.0' }), aVersion({ name: '2026.1120.0', excludeFromLatest: false, tags: built })];
  expect(unchanged(plan, versions)).toEqual([
    {
      severity: 'info',
      code: 'UNCHANGED',
      message: 'version 2026.1120.0 was already built from the same AMI, base and recipe (tag regild-digest)',
      hint: 'use --force to build it again',
      image: 'web',
    },
  ]);
});

test.each([
  ['none', []],
  ['one that was staged and never promoted', [aVersion({ excludeFromLatest: true, tags: built })]],
  ['one of another digest', [aVersion({ excludeFromLatest: false, tags: { 'regild-digest': 'b'.repeat(64) } })]],
  ['one that regild did not make', [aVersion({ excludeFromLatest: false, tags: {} })]],
])('%s leaves the build due', (_name, versions) => expect(unchanged(plan, versions)).toEqual([]));
