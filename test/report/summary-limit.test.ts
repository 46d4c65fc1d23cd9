import { expect, test } from 'vitest';
import type { RefreshReport } from '../../src/model/index.ts';
import { renderReport, renderSummary } from '../../src/report/index.ts';
import { renderRefreshSummary } from '../../src/report/refresh.ts';
import { REPORT as FLEET } from './fixture.ts';

const whole = [...renderReport(FLEET, 'markdown')].join('');
const sections = (text: string) => text.match(/^### .*$/gm) ?? [];

test('a summary that is too long loses the sections of images that are well, then all, then the table, then itself', () => {
  const bytes = Buffer.byteLength(whole);
  expect(renderSummary(FLEET, bytes)).toBe(whole);
  const failedOnly = renderSummary(FLEET, bytes - 1);
  expect(sections(failedOnly).length).toBeLessThan(sections(whole).length);
  expect(sections(failedOnly)).toEqual(sections(whole).filter((line) => !/: (?:published|unchanged|ready)/.test(line)));
  const table = renderSummary(FLEET, Buffer.byteLength(failedOnly) - 1);
  expect([sections(table), table.includes('| image | outcome |')]).toEqual([[], true]);
  const line = renderSummary(FLEET, Buffer.byteLength(table) - 1);
  expect(line.split('\n')).toHaveLength(2);
  expect(line).toContain(`regild report ${FLEET.runId}`);
  expect(renderSummary(FLEET, Buffer.byteLength(line) - 1)).toBe('');
});

test('of a refresh the most urgent items stay, and how many are left out is said', () => {
  const items = ['a', 'b', 'c', 'd'].map(
    (image) => ({ image, action: 'none', drifts: [], outcome: 'unchanged', changes: [], issues: [] }) as const,
  );
  const report: RefreshReport = { kind: 'RefreshReport', schemaVersion: 1, at: '2026-11-21T08:00:00.000Z', items };
  const all = renderRefreshSummary(report, 10_000);
  expect(renderRefreshSummary(report, Buffer.byteLength(all))).toBe(all);
  const some = renderRefreshSummary(report, Buffer.byteLength(all) - 1);
  expect([some.includes('a'), some.endsWith('\n2 more are left out here\n')]).toEqual([true, true]);
  expect(renderRefreshSummary(report, 5)).toBe('');
});
