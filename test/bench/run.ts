import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Measurement, table } from './measure.ts';
import { catalog, manifest, rendering } from './parts.ts';
import type { PlannedFleet } from './plan-fleet.ts';
import { startUp } from './start-up.ts';
import { survey } from './survey.ts';

/** Prints what things take on this machine; it judges nothing. `--quick` leaves out what takes minutes. */
async function bench(quick: boolean): Promise<readonly Measurement[]> {
  const runs = quick ? 3 : 11;
  return [
    ...(await startUp(runs)),
    ...(await catalog(runs)),
    await manifest(1000, quick ? 1 : 3),
    ...(await rendering(runs)),
    await survey(1000, runs),
    ...(quick ? [] : [await survey(10_000, 1)]),
    ...(quick ? [1, 100] : [1, 100, 1000]).map(plan),
  ];
}

function plan(images: number): Measurement {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'plan-fleet.ts'), String(images)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { milliseconds, peakMiB, aws, azure }: PlannedFleet = JSON.parse(output);
  const also = `peak ${peakMiB} MiB with the sandbox, ${aws} calls to AWS, ${azure} to Azure, ${(milliseconds / images).toFixed(0)} ms each`;
  return { what: `plan of ${images} ${images === 1 ? 'image' : 'images'}`, milliseconds, also };
}

process.stdout.write(table(await bench(process.argv.includes('--quick'))));
