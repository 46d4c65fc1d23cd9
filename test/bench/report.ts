import { spawnSync } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createArtifacts } from '../../src/adapters/artifacts.ts';
import { reportLines } from '../../src/adapters/report-file.ts';
import { runFleet } from '../../src/fleet.ts';
import { type ImageReport, type ProgressEvent, type Report, type RunRecord, SCHEMA_VERSION } from '../../src/model/index.ts';
import { scenarioFolders } from '../scenarios/folders.ts';
import { inSandbox, SCENARIO_TIME, scenarioSpec } from '../scenarios/walk.ts';
import type { Measurement } from './measure.ts';

const GOLDEN = scenarioFolders().find((folder) => folder.endsWith('/golden')) ?? '';
const PROGRAM = join(import.meta.dirname, '../../src/main.js');
export const RUN_ID = '20261121t081502-0000';

/** How `regild report` can be asked. */
export const REPORT_VIEWS = [
  ['--format', 'text'],
  ['--brief'],
  ['--format', 'markdown'],
  ['--format', 'json'],
  ['--format', 'html'],
  ['--format', 'html', '--brief'],
  ['--format', 'junit'],
] as const;
type ReportView = (typeof REPORT_VIEWS)[number];

/** Leaves a run of so many images below `runs`: one that was built and published in the sandbox, its report and its log again and again under other names. */
export async function leaveRun(images: number, runs: string): Promise<void> {
  const { made, events } = await published();
  const started = SCENARIO_TIME.toISOString();
  const clouds = { aws: 'sandbox', azure: 'sandbox', simulated: true };
  const names = Array.from({ length: images }, (_, index) => nameOf(index));
  const shared = { schemaVersion: SCHEMA_VERSION, runId: RUN_ID, command: 'build', started, clouds } as const;
  const record: RunRecord = { kind: 'RunRecord', ...shared, images: names };
  const report: Report = {
    kind: 'Report',
    ...shared,
    tool: { name: 'regild', version: '1.2.3' },
    finished: started,
    images: names.map((image) => ({ ...made, image })),
    issues: [],
  };
  const folder = join(runs, RUN_ID);
  const artifacts = createArtifacts(folder);
  await artifacts.save('.', record);
  // As it is saved, but for the redactor, which was at it when the image was made.
  await writeFile(join(folder, 'report.json'), reportLines(report));
  for (const [index, image] of names.entries()) {
    const at = new Date(SCENARIO_TIME.getTime() + index * 1000).toISOString();
    await appendFile(join(folder, 'events.jsonl'), events.map((event) => `${JSON.stringify({ at, ...event, image })}\n`).join(''));
  }
}

async function published(): Promise<{ readonly made: ImageReport; readonly events: readonly ProgressEvent[] }> {
  return inSandbox(GOLDEN, {}, async ({ context, events }) => {
    const [made] = await runFleet([scenarioSpec(GOLDEN)], context, { until: 'publish', resume: false, force: false, concurrency: 1 });
    if (made?.outcome !== 'published') throw new Error(`the image is ${made?.outcome}`);
    return { made, events };
  });
}

function nameOf(index: number): string {
  return `image-${String(index).padStart(5, '0')}`;
}

/** The verb as a process of its own, into a file, with so much room (MiB) for what is in use as V8 is given. Throws where it fails, or the last image is not in what it printed. */
export function reportVerb(images: number, view: ReportView, runs: string, heap?: number): Measurement {
  const started = performance.now();
  const path = join(runs, 'printed');
  const printed = openSync(path, 'w+');
  try {
    const code = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS)); await import(${JSON.stringify(PROGRAM)});`;
    const room = heap === undefined ? [] : [`--max-old-space-size=${heap}`];
    const words = [...room, '--input-type=module', '-e', code, 'regild', 'report', RUN_ID, '--runs', runs, ...view];
    const { status, stderr } = spawnSync(process.execPath, words, { stdio: ['ignore', printed, 'pipe'], encoding: 'utf8' });
    if (status !== 0 || !endOf(printed).includes(nameOf(images - 1))) throw new Error(`regild report ended with ${status}: ${stderr}`);
    const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
    const milliseconds = performance.now() - started;
    const size = Math.round(fstatSync(printed).size / 1024 / 1024);
    const also = `peak ${Math.round(peak)} MiB, ${((peak * 1024) / images).toFixed(1)} KiB and ${(milliseconds / images).toFixed(2)} ms each, ${size} MiB printed`;
    return { what: `regild report of ${images} images, ${view.join(' ').replaceAll('--format ', '')}`, milliseconds, also };
  } finally {
    closeSync(printed);
    rmSync(path);
  }
}

/** Every view names the last image within its last two mebibytes. */
function endOf(file: number): string {
  const { size } = fstatSync(file);
  const bytes = Buffer.alloc(Math.min(size, 2 * 1024 * 1024));
  readSync(file, bytes, 0, bytes.length, size - bytes.length);
  return bytes.toString('utf8');
}

/** Every view of a run of so many images, measured in a folder that is made for it. */
export async function reports(images: number, folder: string): Promise<readonly Measurement[]> {
  const runs = join(folder, `runs-${images}`);
  mkdirSync(runs, { recursive: true });
  await leaveRun(images, runs);
  return REPORT_VIEWS.map((view) => reportVerb(images, view, runs));
}
