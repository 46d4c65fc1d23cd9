import { expect, test } from 'vitest';
import { boundedPause } from '../../src/adapters/retry-after.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');

test.each([
  ['3600', 1000, '120'],
  ['121', 1000, '120'],
  ['120', 1000, undefined],
  ['0', 1000, undefined],
  ['-5', 1000, undefined],
  ['999999999999999999999', 1000, '120'],
  ['3600000', 1, '120000'],
  ['120000', 1, undefined],
  ['Wed, 25 Nov 2026 13:00:00 GMT', 1000, '120'],
  ['Wed, 25 Nov 2026 12:01:00 GMT', 1000, undefined],
  ['soon', 1000, undefined],
] as const)('a pause of %s (unit %d) becomes %s', (header, unit, bounded) => {
  expect(boundedPause(header, NOW, unit)).toBe(bounded);
});
