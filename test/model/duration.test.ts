import { expect, test } from 'vitest';
import { formatDuration, parseDuration, roughDuration, tickingDuration } from '../../src/model/index.ts';

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1 s'],
  [4_240, '4.2 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min'],
  [200_000, '3 min 20 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
])('%d ms in a report is %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [59_999, '60.0 s'],
  [61_000, '1m01s'],
  [3_720_000, '1h02m'],
])('%i ms on a display that ticks is %s', (milliseconds, text) => {
  expect(tickingDuration(milliseconds)).toBe(text);
});

test.each([
  [0, 'less than an hour'],
  [3_599_999, 'less than an hour'],
  [3_600_000, '1 hour'],
  [47 * 3_600_000, '47 hours'],
  [48 * 3_600_000, '2 days'],
])('an age of %i ms is %s', (milliseconds, text) => expect(roughDuration(milliseconds)).toBe(text));

test.each([
  ['90m', 5_400_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['4w', 2_419_200_000],
  ['0d', 0],
  ['7', undefined],
  ['-1d', undefined],
  ['1.5h', undefined],
  ['100000d', undefined],
  ['1 d', undefined],
  ['1D', undefined],
])('%s is %s ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));
