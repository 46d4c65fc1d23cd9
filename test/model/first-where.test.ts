import { expect, test } from 'vitest';
import { firstWhere } from '../../src/model/index.ts';

test.each([
  [[], 5, 0],
  [[1, 3, 3, 7], 0, 0],
  [[1, 3, 3, 7], 3, 1],
  [[1, 3, 3, 7], 4, 3],
  [[1, 3, 3, 7], 8, 4],
])('in %j what is at least %i begins at index %i', (sorted: readonly number[], least, index) => {
  expect(firstWhere(sorted, (item) => item >= least)).toBe(index);
});
