import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImageFile } from '../../src/adapters/aws/image-file.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { NO_WISHES } from '../../src/match/index.ts';
import { surveyRecords } from '../../src/survey/index.ts';
import { type Measurement, medianOf } from './measure.ts';

const RECORDS = join(import.meta.dirname, '../analyze/fixtures');

/** A survey of so many AMIs from a file: the real records of the tests again and again, each with an id and a date of its own. */
export async function survey(amis: number, runs: number): Promise<Measurement> {
  const catalog = await loadCatalog();
  const known = readdirSync(RECORDS).map((name) => JSON.parse(readFileSync(join(RECORDS, name), 'utf8')).image);
  const images = Array.from({ length: amis }, (_, index) => ({
    ...known[index % known.length],
    ImageId: `ami-${index.toString(16).padStart(17, '0')}`,
  }));
  const file = JSON.stringify({ Images: images });
  const work = () => surveyRecords(readImageFile(file, 'bench.json', '').amis, catalog, NO_WISHES, new Date('2026-11-21'));
  if (work().images.length !== amis) throw new Error('the survey lost AMIs');
  const milliseconds = await medianOf(runs, work);
  return { what: `survey of ${amis} AMIs`, milliseconds, also: `${(milliseconds / amis).toFixed(2)} ms each` };
}
