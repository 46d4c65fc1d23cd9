import { liveThrough } from '../scenarios/fleet-year.ts';

/**
 * A year of twenty images (or REGILD_FLEET_IMAGES) for each seed of REGILD_FLEET_SEED (numbers with a blank between), which says which runners are killed,
 * and when. Fails when something was that must never be.
 */
const seeds = (process.env.REGILD_FLEET_SEED ?? '20261121').split(/[\s,]+/).map(Number);
if (!seeds.every(Number.isSafeInteger)) throw new Error('REGILD_FLEET_SEED holds whole numbers');
const images = Number(process.env.REGILD_FLEET_IMAGES ?? 20);
const failed: number[] = [];
for (const seed of seeds) {
  const { wrong, ...counts } = await liveThrough({ seed, images, fortnights: 26, deaths: 0.6 });
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(`REGILD_FLEET_SEED=${seed}: ${told.join(', ')}\n${wrong.map((each) => `WRONG   ${each}\n`).join('')}`);
  if (wrong.length > 0) failed.push(seed);
}
process.stdout.write(`${seeds.length - failed.length} passed, ${failed.length} failed, 0 skipped\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
