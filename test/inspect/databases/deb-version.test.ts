import { expect, test } from 'vitest';
import { compareDebVersion } from '../../../src/inspect/databases/deb-version.ts';

test.each([
  ['1.0-1', '1.0-1', 0],
  ['1.0-1', '1.0-2', -1],
  ['1.10', '1.9', 1],
  ['1:0.1', '9.9', 1],
  ['1.0~rc1-1', '1.0-1', -1],
  ['1.0~~', '1.0~', -1],
  ['1.0', '1.0-0', 0],
  ['1.0+dfsg', '1.0', 1],
  ['1.0a', '1.0+', -1],
  ['2.36-9+deb12u8', '2.36-9+deb12u10', -1],
  ['1.2.3-4ubuntu1', '1.2.3-4', 1],
])('dpkg orders %s against %s', (left, right, order) => {
  expect(Math.sign(compareDebVersion(left, right))).toBe(order);
  expect(Math.sign(compareDebVersion(right, left))).toBe(order === 0 ? 0 : -order);
});
