import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImageFile } from '../../src/adapters/aws/image-file.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import type { SurveyFormat } from '../../src/report/survey/index.ts';
import { surveyRecords } from '../../src/survey/index.ts';
import { type Measurement, medianOf } from './measure.ts';

const RECORDS = join(import.meta.dirname, '../analyze/fixtures');

/** A survey of so many AMIs from a file: the real records of the tests again and again, each with an id and a date of its own. */
export async function survey(amis: number, runs: number): Promise<Measurement> {
  const catalog = await loadCatalog();
  const file = records(amis);
  const work = () => surveyRecords(readImageFile(file, 'bench.json', '').amis, catalog, NO_WISHES, new Date('2026-11-21'));
  if (work().images.length !== amis) throw new Error('the survey lost AMIs');
  const milliseconds = await medianOf(runs, work);
  return { what: `survey of ${amis} AMIs`, milliseconds, also: `${(milliseconds / amis).toFixed(2)} ms each` };
}

/** The verb as a process of its own, from a file on its standard input to one of its formats, and how much memory it took at its peak. */
export function surveyVerb(amis: number, format: SurveyFormat): Measurement {
  const started = performance.now();
  const code = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS)); await import(${JSON.stringify(PROGRAM)});`;
  const words = ['--input-type=module', '-e', code, 'regild', 'survey', '--from', '-', '--format', format];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { input: records(amis), maxBuffer: 2 ** 30, encoding: 'utf8' });
  // Every format names each AMI.
  if (status !== 0 || !stdout.includes(idOf(amis - 1))) throw new Error(`regild survey ended with ${status}: ${stderr}`);
  const peak = Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
  const also = `peak ${Math.round(peak)} MiB, ${((peak * 1024) / amis).toFixed(1)} KiB each`;
  return { what: `regild survey of ${amis} AMIs, ${format}`, milliseconds: performance.now() - started, also };
}

const PROGRAM = join(import.meta.dirname, '../../src/main.js');

function records(amis: number): string {
  const known = readdirSync(RECORDS).map((name) => JSON.parse(readFileSync(join(RECORDS, name), 'utf8')).image);
  const images = Array.from({ length: amis }, (_, index) => ({
    ...known[index % known.length],
    ImageId: idOf(index),
  }));
  return JSON.stringify({ Images: images });
}

function idOf(index: number): string {
  return `ami-${index.toString(16).padStart(17, '0')}`;
}
