import { expect, test } from 'vitest';
import { ancestryOf, byId, withAncestors } from '../../src/survey/ancestries.ts';
import { anAmi } from '../analyze/an-ami.ts';

const ids = (amis: readonly { readonly id: string }[]) => amis.map(({ id }) => id);

test('generation by generation, each region asked once for all of its AMIs', async () => {
  const asked: (readonly [string, readonly string[]])[] = [];
  const parents = [
    anAmi({ id: 'p1', sourceImageId: 'root', sourceImageRegion: 'us-east-1' }),
    anAmi({ id: 'p2', sourceImageId: 'gone' }),
    anAmi({ id: 'root', region: 'us-east-1' }),
  ];
  const young = [anAmi({ id: 'a', sourceImageId: 'p1' }), anAmi({ id: 'b', sourceImageId: 'p1' }), anAmi({ id: 'c', sourceImageId: 'p2' })];
  const known = await withAncestors(young, async (wanted, region) => {
    asked.push([region, wanted]);
    return parents.filter(({ id }) => wanted.includes(id));
  });
  expect(asked).toEqual([
    ['eu-west-1', ['p1', 'p2']],
    ['us-east-1', ['root']],
    ['eu-west-1', ['gone']],
  ]);
  expect(young.map((ami) => ids(ancestryOf(ami, known)))).toEqual([['p1', 'root'], ['p1', 'root'], ['p2']]);
});

test('a circle ends', async () => {
  const circle = [anAmi({ id: 'a', sourceImageId: 'b' }), anAmi({ id: 'b', sourceImageId: 'a' })];
  const known = await withAncestors(circle, () => Promise.reject(new Error('all of them are known')));
  expect(ids(ancestryOf(anAmi({ id: 'a', sourceImageId: 'b' }), known))).toEqual(['b']);
});

test('a chain of nightly copies is followed ten AMIs far', async () => {
  const chain = Array.from({ length: 30 }, (_, index) => anAmi({ id: `n${index}`, sourceImageId: `n${index + 1}` }));
  expect(ancestryOf(anAmi({ id: 'n0', sourceImageId: 'n1' }), byId(chain))).toHaveLength(10);
});
