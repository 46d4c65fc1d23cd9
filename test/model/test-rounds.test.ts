import { expect, test } from 'vitest';
import { testRounds, togetherInRounds } from '../../src/model/index.ts';
import { aQuota, aSize } from '../fakes/values.ts';

const SIZES = [aSize(), aSize({ name: 'Standard_D2s_v6', family: 'standardDSv6Family' })];
const shape = (vmSize: string) => ({ vmSize, controller: 'SCSI' }) as const;
const [v5, v6] = [shape('Standard_D2s_v5'), shape('standard_d2s_v6')];

test.each([
  ['room for all', [aQuota({ limit: 10 })], [[v5, v6, v5]]],
  ['room for two', [aQuota({ used: 6, limit: 10 })], [[v5, v6], [v5]]],
  ['a family with room for one', [aQuota(), aQuota({ name: 'StandardDSv5Family', limit: 3 })], [[v5, v6], [v5]]],
  ['no room at all', [aQuota({ used: 12, limit: 10 })], [[v5], [v6], [v5]]],
  ['no quota that is known', [], [[v5, v6, v5]]],
])('%s', (_name, quotas, rounds) => {
  expect(testRounds([v5, v6, v5], SIZES, quotas)).toEqual(rounds);
});

test('a size that is not known runs by itself', () => {
  const other = shape('Standard_X1');
  expect(testRounds([other, v5, other, v6], SIZES, [aQuota()])).toEqual([[other], [v5, v6], [other]]);
  expect(testRounds([v5, v6], [], [])).toEqual([[v5], [v6]]);
});

test('locations go side by side, round by round', () => {
  expect(togetherInRounds([[['a', 'b'], ['c']], [['d']], []])).toEqual([['a', 'b', 'd'], ['c']]);
  expect(togetherInRounds([])).toEqual([]);
});
