import { expect, test } from 'vitest';
import { liveThrough } from './fleet-year.ts';

// The year of twenty images, with runners that are killed, is `test/survive/run.sh fleet-year`: it takes minutes.
test('two images live for eight weeks, and every fortnight ends quietly', async () => {
  const { wrong, built, mended, quiet, revoked, checks } = await liveThrough({ seed: 20_261_121, images: 2, fortnights: 4, deaths: 0 });
  expect(wrong).toEqual([]);
  // Each image is built, and again when its base is released; a region comes with that, and one goes without a rebuild.
  expect(built).toBeGreaterThanOrEqual(4);
  expect([mended, quiet, revoked, checks > 40]).toEqual([2, 4, 1, true]);
});
