import { expect, test } from 'vitest';
import { didYouMean, suggest } from '../../src/manifest/suggest.ts';

const KEYS = ['gallery', 'location', 'resourceGroup', 'subscription'];

test.each([
  ['galery', 'gallery'],
  ['gallrey', 'gallery'],
  ['GALLERY', 'gallery'],
  ['resource_group', 'resourceGroup'],
  ['subscriptoin', 'subscription'],
  ['cheese', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s', (word, expected) => {
  expect(suggest(word, KEYS)).toBe(expected);
});

test('the nearest of several wins, the first of equals', () => {
  expect(suggest('web-1', ['web-23', 'web-12', 'web-2'])).toBe('web-12');
});

test('in words', () => {
  expect([didYouMean('locaton', KEYS), didYouMean('cheese', KEYS)]).toEqual(['did you mean `location`?', undefined]);
});

test('a place is not guessed from half of its letters', () => {
  const places = ['malaysiawest', 'westeurope', 'northeurope', 'eastus', 'uaenorth'];
  expect(['marseurope', 'westeurpe', 'nortEurope', 'moon'].map((name) => suggest(name, places))).toEqual([
    undefined,
    'westeurope',
    'northeurope',
    undefined,
  ]);
});
