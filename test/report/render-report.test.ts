import { expect, test } from 'vitest';
import { Report } from '../../src/model/index.ts';
import { REPORT_FORMATS } from '../../src/report/index.ts';
import { REPORT, rendered } from './fixture.ts';

test.each([
  ['text', 'report.txt'],
  ['markdown', 'report.md'],
  ['html', 'report.html'],
  ['junit', 'report.xml'],
] as const)('%s', async (format, file) => {
  await expect(rendered(REPORT, format)).toMatchFileSnapshot(`golden/${file}`);
});

test('JSON is the report itself', () => {
  expect(Report.parse(JSON.parse(rendered(REPORT, 'json')))).toEqual(REPORT);
  expect(rendered(REPORT, 'json')).toBe(`${JSON.stringify(REPORT, null, 2)}\n`);
});

test('a run of real clouds says nothing of a simulation', () => {
  const real = { ...REPORT, clouds: { aws: 'AWS', azure: 'AzureCloud', simulated: false } };
  const said = REPORT_FORMATS.filter((format) => format !== 'json' && format !== 'junit').map((format) => rendered(real, format));
  expect(said.filter((text) => text.includes('simulated'))).toEqual([]);
});

test.each([
  ['text', '0 images in 53 min 20 s (run 20261121t081502-3f9a)'],
  ['markdown', '## regild build-image'],
  ['json', '{'],
  ['html', '<!doctype html>'],
  ['junit', '<?xml version="1.0" encoding="UTF-8"?>'],
] as const)('%s of a run without images begins as ever and ends with a line feed', (format, start) => {
  const text = rendered({ ...REPORT, images: [], issues: [] }, format);
  expect([text.slice(0, start.length), text.at(-1)]).toEqual([start, '\n']);
});
