import { expect, test } from 'vitest';
import { rounds } from '../rounds.ts';
import { liveThrough } from './fleet-year.ts';

const SEED = Number(process.env.REGILD_TEST_SEED ?? 20_261_121);
const IMAGES = rounds(2, 20);
const FORTNIGHTS = rounds(4, 26);

test(`${IMAGES} images live for ${FORTNIGHTS * 2} weeks (REGILD_TEST_SEED=${SEED})`, { timeout: 3_600_000 }, async () => {
  const { wrong, built, mended, quiet, revoked, killed, retired, checks } = await liveThrough({
    seed: SEED,
    images: IMAGES,
    fortnights: FORTNIGHTS,
  });
  process.stdout.write(
    `fleet: ${built} built, ${mended} mended, ${killed} runners killed, ${retired} versions retired, ${revoked} revoked, ${checks} looks\n`,
  );
  expect(wrong).toEqual([]);
  // Each image is built, and again when its base is released; a region comes and one goes; every fortnight ends quietly.
  expect(built).toBeGreaterThan(IMAGES * Math.floor(FORTNIGHTS / 2));
  expect(mended).toBeGreaterThanOrEqual(IMAGES);
  expect([quiet, revoked]).toEqual([FORTNIGHTS, 1]);
});
