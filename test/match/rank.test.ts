import { expect, test } from 'vitest';
import type { Option } from '../../src/match/option.ts';
import { byScore, type Ranked } from '../../src/match/rank.ts';
import { aCandidate } from '../fakes/values.ts';

function ranked(urn: string, score: number): Ranked {
  const [publisher = '', offer = '', sku = ''] = urn.split(':');
  const option = { base: { publisher, offer, sku } } as Option;
  return { option, candidate: aCandidate({ score }) };
}

test('higher scores first, equal ones in the order of their URNs, whatever order they come in', () => {
  const all = [ranked('b:o:s', 5), ranked('a:o:t', 5), ranked('a:o:s', 5), ranked('z:o:s', 9), ranked('a:n:z', 5), ranked('A:o:s', 5)];
  const names = (items: readonly Ranked[]) => items.map(({ option: { base } }) => `${base.publisher}:${base.offer}:${base.sku}`);
  const expected = ['z:o:s', 'A:o:s', 'a:n:z', 'a:o:s', 'a:o:t', 'b:o:s'];
  expect(names(all.toSorted(byScore))).toEqual(expected);
  expect(names(all.toReversed().toSorted(byScore))).toEqual(expected);
});
