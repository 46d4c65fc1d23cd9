import { expect, test } from 'vitest';
import type { ImageReport, StreamedReport } from '../../src/model/index.ts';
import { historyOf, REPORT_FORMATS, renderReport } from '../../src/report/index.ts';
import { renderSummary } from '../../src/report/markdown.ts';
import { REPORT } from './fixture.ts';

/** The same, whose images are made anew each time they are asked for. */
function streamed(images: readonly ImageReport[]): StreamedReport {
  return { ...REPORT, images: { [Symbol.iterator]: () => Iterator.from(images).map((image) => structuredClone(image)) } };
}

const FLEETS = [[], REPORT.images.slice(0, 1), REPORT.images, [...REPORT.images].reverse()] as const;

test.each(REPORT_FORMATS)('as %s, images that come one by one are told like a list of them', (format) => {
  for (const images of FLEETS)
    for (const brief of [false, true]) {
      const rendered = (report: StreamedReport) => [...renderReport(report, format, { brief, history: historyOf([]) })].join('');
      expect(rendered(streamed(images))).toBe(rendered({ ...REPORT, images }));
    }
});

test.each([1_000_000, 2000, 300, 10])('so they are in the summary of a job of at most %d bytes', (most) => {
  expect(renderSummary(streamed(REPORT.images), most)).toBe(renderSummary(REPORT, most));
});

test('on a page, anchors of the table are those of the sections, whichever failed', () => {
  for (const images of FLEETS)
    for (const brief of [false, true]) {
      const page = [...renderReport(streamed(images), 'html', { brief })].join('');
      const linked = [...page.matchAll(/<a href="#(image-\d+)">([^<]+)</g)].map(([, anchor, name]) => [anchor, name]);
      const sections = [...page.matchAll(/<section id="(image-\d+)"[^>]*>\s*<h2>([^<]+?)(?: |<)/g)].map(([, anchor, name]) => [
        anchor,
        name,
      ]);
      if (images.length > 1) expect(sections).toEqual(linked);
      if (!brief) expect(sections.length).toBe(images.length);
    }
});

test.each(REPORT_FORMATS.filter((format) => format !== 'json'))('as %s, a run whose end is before its beginning took no time', (format) => {
  const took = (finished: string) => [...renderReport({ ...REPORT, finished }, format)].join('');
  expect(took('2001-01-01T00:00:00Z')).toBe(took(REPORT.started));
});
