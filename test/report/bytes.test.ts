import { expect, test } from 'vitest';
import { sizeText } from '../../src/report/bytes.ts';

test.each([
  [0, '0 MiB'],
  [1, '1 MiB'],
  [64 * 2 ** 20, '64 MiB'],
  [2 ** 30 / 8, '0.1 GiB'],
  [7.94 * 2 ** 30, '7.9 GiB'],
])('%d bytes are told as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
