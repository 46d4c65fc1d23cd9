import { expect, test } from 'vitest';
import { renderReport } from '../../src/report/index.ts';
import { REPORT } from './fixture.ts';

const [well, ...others] = REPORT.images.toSorted((one) => (one.outcome === 'published' ? -1 : 1));
if (well === undefined) throw new Error('the fixture has no image');
const failing = others.map(({ image }) => image);
const brief = (format: 'text' | 'markdown' | 'html' | 'junit', images = REPORT.images) =>
  [...renderReport({ ...REPORT, images, issues: [] }, format, { brief: true })].join('');
const whole = (format: 'text' | 'markdown' | 'html' | 'junit') => [...renderReport(REPORT, format)].join('');

test('as text, what came through is a line, and what did not is told in full', () => {
  expect(well.outcome).toBe('published');
  const text = brief('text');
  expect(text.split('\n')[0]).toMatch(/^✓ web-golden {2}published {2}2026\.1121\.1 {2}\d/);
  expect(text).not.toContain('web-golden: published');
  for (const name of failing)
    expect(text).toContain(whole('text').match(new RegExp(`^${name}: .*(?:\n {2}.*)*`, 'm'))?.[0] ?? 'no such block');
});

test('as Markdown and as a page, only what did not come through has a section, and the table has all', () => {
  const sections = (text: string) => text.match(/^### (.*?):/gm)?.map((line) => line.slice(4, -1));
  expect(sections(brief('markdown'))).toEqual(failing);
  const page = brief('html');
  expect([page.match(/<section id="image-/g)?.length, page.includes('<tr><td>web-golden</td>')]).toEqual([failing.length, true]);
  for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${anchor}"`);
});

test('a run in which all came through is a line, or a table with one row', () => {
  expect(
    brief('text', [well])
      .split('\n')
      .filter((line) => line.startsWith('  ')),
  ).toEqual([]);
  expect(brief('html', [well])).toContain('<tr><td>web-golden</td>');
});

test('a program is told everything', () => {
  expect(brief('junit')).toBe(whole('junit'));
});
