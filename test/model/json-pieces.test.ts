import { constants } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces } from '../../src/model/index.ts';
import { rounds } from '../rounds.ts';

test('put together, the pieces are the text that JSON.stringify makes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test.each([
  ['nothing', {}],
  ['an empty list', { images: [] }],
  ['a field that is absent', { a: undefined, b: [undefined, { c: undefined }] }],
  ['only absent fields', { a: undefined }],
  ['a date', { at: new Date(0) }],
  ['text with line ends and half a pair', { 'a\n': ['\n\u2028\ud800'] }],
])('%s', (_, value) => {
  expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value, null, 2));
});

test('a piece is little longer than an image, however long the whole is', () => {
  const image = { image: 'web', text: 'x'.repeat(100_000) };
  const report = { kind: 'Report', images: Array(50).fill(image), issues: [] };
  const lengths = [...jsonPieces(report)].map(({ length }) => length);
  expect(lengths.length).toBe(51);
  expect(Math.max(...lengths)).toBeLessThan(101_000);
});

test.runIf(rounds(0, 1) === 1)('the whole may be longer than a text can be', { timeout: 60_000 }, () => {
  const image = { text: 'x'.repeat(2 ** 24) };
  const pieces = jsonPieces({ images: Array(33).fill(image) });
  expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(constants.MAX_STRING_LENGTH);
});
