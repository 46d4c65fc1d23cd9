import { liveThrough } from '../scenarios/fleet-year.ts';

/** A year of twenty images: REGILD_FLEET_SEED says which runners are killed, and when. Fails when something was that must never be. */
const seed = Number(process.env.REGILD_FLEET_SEED ?? 20_261_121);
const { wrong, ...counts } = await liveThrough({ seed, images: 20, fortnights: 26, deaths: 0.6 });
const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
process.stdout.write(`REGILD_FLEET_SEED=${seed}: ${told.join(', ')}\n${wrong.map((each) => `WRONG   ${each}\n`).join('')}`);
process.stdout.write(`${wrong.length === 0 ? 1 : 0} passed, ${wrong.length === 0 ? 0 : 1} failed, 0 skipped\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
