import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createArtifacts } from '../../src/adapters/artifacts.ts';
import { reportVerb } from '../../src/commands/report.ts';
import type { Report } from '../../src/model/index.ts';
import { renderReport } from '../../src/report/index.ts';
import { REPORT } from '../report/fixture.ts';
import { call, fakeIo } from './fake-io.ts';

const [FIRST = '', SECOND = '', THIRD = ''] = ['20261121t081502-3f9a', '20261122t081502-3f9a', '20261123t081502-3f9a'];

function runs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regild-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function leave(folder: string, runId: string, report?: Report): Promise<void> {
  const artifacts = createArtifacts(join(folder, '.regild/runs', runId));
  const images = REPORT.images.map(({ image }) => image);
  const { command, started, clouds, schemaVersion } = REPORT;
  await artifacts.save('.', { kind: 'RunRecord', schemaVersion, runId, command, started, images, clouds } as never);
  if (report !== undefined) await artifacts.save('.', report);
}

const rendered = (report: Report) => [...renderReport(report, 'text')].join('');

test('the last run that wrote is told, or the one that is named; folders that say nothing of a run are passed over', async () => {
  const folder = runs();
  await leave(folder, FIRST, { ...REPORT, runId: FIRST });
  await leave(folder, SECOND, { ...REPORT, runId: SECOND, images: REPORT.images.slice(0, 1) });
  mkdirSync(join(folder, '.regild/runs', THIRD));
  const last = fakeIo(folder);
  expect(await call(reportVerb, [], last)).toBe(0);
  expect(last.stdout()).toBe(rendered({ ...REPORT, runId: SECOND, images: REPORT.images.slice(0, 1) }));
  const named = fakeIo(folder);
  expect(await call(reportVerb, [FIRST], named)).toBe(0);
  expect(named.stdout()).toBe(rendered({ ...REPORT, runId: FIRST }));
  expect(named.stderr()).toMatch(/^next {8}`regild build api-arm64 --resume 20261121t081502-3f9a` goes on with the run\n$/);
});

test('a report in another layout than a run leaves is told like any', async () => {
  const folder = runs();
  await leave(folder, FIRST, REPORT);
  for (const indent of [0, 2, 8]) {
    writeFileSync(join(folder, '.regild/runs', FIRST, 'report.json'), JSON.stringify(REPORT, null, indent));
    const heard = fakeIo(folder);
    await call(reportVerb, ['--json'], heard);
    expect(JSON.parse(heard.stdout())).toEqual(JSON.parse(JSON.stringify(REPORT)));
  }
});

test('a run without a report, no run, and one that nobody knows are told', async () => {
  const folder = runs();
  await expect(call(reportVerb, [], fakeIo(folder))).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    message: 'there is no run yet',
    hint: 'start one with `regild build`',
  });
  await leave(folder, FIRST);
  await expect(call(reportVerb, [], fakeIo(folder))).rejects.toMatchObject({
    code: 'RUN_NOT_FOUND',
    message: `there is no report of a run ${FIRST}`,
    hint: `it was cut short: \`regild build --resume ${FIRST}\` goes on with it`,
  });
  await expect(call(reportVerb, ['20250101t000000-0000'], fakeIo(folder))).rejects.toMatchObject({
    message: 'there is no report of a run 20250101t000000-0000',
    hint: `runs: ${FIRST}`,
  });
});

test.each([
  ['an image', { ...REPORT, images: [...REPORT.images, { ...REPORT.images[0], of: 'tomorrow' }] }],
  ['the run', { ...REPORT, schemaVersion: 2 }],
  ['what holds the images', { ...REPORT, images: [REPORT.images] }],
])('where %s is not as it should be, nothing of the report is printed', async (_, report) => {
  const folder = runs();
  await leave(folder, FIRST, report as never);
  const heard = fakeIo(folder);
  await expect(call(reportVerb, [], heard)).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: `the report of run ${FIRST} cannot be read`,
    hint: 'another version of regild wrote it',
  });
  expect(heard.stdout()).toBe('');
});

test('a page shows when things happened, also where the log ends in the middle of a line', async () => {
  const folder = runs();
  await leave(folder, FIRST, { ...REPORT, runId: FIRST });
  const events = [
    { at: '2026-11-21T08:15:04.000Z', kind: 'stage-started', image: 'web-golden', stage: 'build' },
    { at: '2026-11-21T08:25:04.000Z', kind: 'stage-finished', image: 'web-golden', stage: 'build', milliseconds: 600_000, resumed: false },
  ];
  const log = `${events.map((event) => JSON.stringify(event)).join('\n')}\n{"at":"2026-1`;
  writeFileSync(join(folder, '.regild/runs', FIRST, 'events.jsonl'), log);
  const heard = fakeIo(folder);
  await call(reportVerb, ['--format', 'html'], heard);
  expect(heard.stdout()).toContain('<p class="soft">10 min in which something ran, from left to right.</p>');
});
