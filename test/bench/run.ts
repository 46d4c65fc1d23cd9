import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileCatalog } from '../../src/catalog/compile.ts';
import { readCatalog } from '../../src/catalog/load.ts';
import { SURVEY_FORMATS } from '../../src/report/survey/index.ts';
import { bundled } from './bundled.ts';
import { type Measurement, table } from './measure.ts';
import { catalog, manifest, rendering } from './parts.ts';
import type { PlannedFleet, Sources } from './plan-fleet.ts';
import { reports } from './report.ts';
import { startUp } from './start-up.ts';
import { survey, surveyVerb } from './survey.ts';

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
    ...SURVEY_FORMATS.map((format) => surveyVerb(quick ? 10_000 : 50_000, format)),
    ...(await inFolder((folder) => reports(quick ? 100 : 10_000, folder))),
    ...(await plans(quick)),
  ];
}

/** Planned by a bundle with the compiled catalog, as the published program is. */
async function plans(quick: boolean): Promise<readonly Measurement[]> {
  return inFolder(async (folder) => {
    const compiled = join(folder, 'catalog.json');
    writeFileSync(compiled, compileCatalog(await readCatalog({ compiled: join(folder, 'none.json') })));
    const fleets = quick ? [1, 100, 1000] : [1, 100, 1000, 10_000];
    const start = { program: await bundled('plan-fleet', folder), catalog: compiled };
    return [...fleets.map((images) => plan(images, 'alike', start)), plan(quick ? 20 : 1000, 'own', start)];
  });
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'regild-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Start {
  readonly program: string;
  readonly catalog: string;
}

function plan(images: number, sources: Sources, { program, catalog }: Start): Measurement {
  const output = execFileSync(process.execPath, [program, String(images), sources], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // The launcher of the published program keeps compiled code too; the first, small fleet makes it.
    env: { ...process.env, REGILD_CATALOG: catalog, NODE_COMPILE_CACHE: join(dirname(catalog), 'compiled') },
  });
  const { milliseconds, peakMiB, aws, azure }: PlannedFleet = JSON.parse(output);
  const also = `peak ${peakMiB} MiB with the sandbox, ${aws} calls to AWS, ${azure} to Azure, ${(milliseconds / images).toFixed(1)} ms each`;
  const what = `plan of ${images} ${images === 1 ? 'image' : 'images'}${sources === 'own' ? ', each with an AMI and a disk of its own' : ''}`;
  return { what, milliseconds, also };
}

/** The table of what reading disks costs: stock roots, 100 GiB, XFS, aged; from a file and over EBS direct. Takes root, and makes the disks. */
function disks(): void {
  execFileSync(join(import.meta.dirname, '../inspect-disks/run.sh'), ['bars'], { stdio: 'inherit' });
}

if (process.argv.includes('--disks')) disks();
else process.stdout.write(table(await bench(process.argv.includes('--quick'))));
