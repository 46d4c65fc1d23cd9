import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leaveRun, REPORT_VIEWS, RUN_ID, reportVerb } from '../bench/report.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'regild-large-'));
const MANY = join(FOLDER, 'many');
const TOO_MANY = join(FOLDER, 'too-many');
const PATIENCE = { timeout: 300_000 };

beforeAll(async () => {
  await leaveRun(400, MANY);
  await leaveRun(5600, TOO_MANY);
}, PATIENCE.timeout);

afterAll(() => rmSync(FOLDER, { recursive: true }));

test.each(REPORT_VIEWS.map((view) => ({ view })))('a report of 400 images is printed in 96 MiB of heap: $view', PATIENCE, ({ view }) => {
  expect(reportVerb(400, view, MANY, 96).what).toBe(`regild report of 400 images, ${view.join(' ').replaceAll('--format ', '')}`);
});

test('a report that is longer than a text can be is printed in as little', PATIENCE, () => {
  expect(statSync(join(TOO_MANY, RUN_ID, 'report.json')).size).toBeGreaterThan(2 ** 29);
  reportVerb(5600, ['--brief'], TOO_MANY, 96);
});

test('the reports of the images of a run are looked at without opening all of them at once', PATIENCE, () => {
  const run = join(MANY, RUN_ID);
  for (let index = 0; index < 400; index += 1) {
    mkdirSync(join(run, `image-${String(index).padStart(5, '0')}`));
    writeFileSync(join(run, `image-${String(index).padStart(5, '0')}`, '09-report.json'), '{"outcome":"failed","stage":"build"}');
  }
  const known = join(import.meta.dirname, '../../src/commands/known-runs.ts');
  const code = `const { knownRuns } = await import(${JSON.stringify(known)}); const [run] = await knownRuns(${JSON.stringify(MANY)}); console.log(run.ended.size)`;
  const words = ['-c', 'ulimit -n 128; exec "$0" --input-type=module -e "$1"', process.execPath, code];
  expect(execFileSync('sh', words, { encoding: 'utf8' })).toBe('400\n');
});
