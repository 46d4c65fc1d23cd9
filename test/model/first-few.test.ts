import { expect, test } from 'vitest';
import { firstFew } from '../../src/model/index.ts';

test.each([
  [[], 2, ''],
  [['a'], 2, 'a'],
  [['a', 'b'], 2, 'a, b'],
  [['a', 'b', 'c', 'd'], 2, 'a, b, and 2 more'],
])('%j, at most %i', (items, most, expected) => {
  expect(firstFew(items, most)).toBe(expected);
});
