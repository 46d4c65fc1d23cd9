import type { Report } from '../model/index.ts';
import type { RunHistory } from './history.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

export { renderExplanation } from './explanation.ts';
export { historyOf } from './history.ts';
export { renderJson } from './json.ts';
export { renderSummary } from './markdown.ts';

/** Formats of a report, in the order in which usage texts name them. */
export const REPORT_FORMATS = ['text', 'markdown', 'json', 'html', 'junit'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * The report as a document: text for people at a terminal, Markdown for a job summary, JSON for programs, one HTML page, JUnit XML for CI. In pieces, since the JSON of a
 * large fleet is longer than a text can be. The page draws the run's history where that is known. Ends with a line feed.
 */
export function renderReport(report: Report, format: ReportFormat, history?: RunHistory): Iterable<string> {
  switch (format) {
    case 'text':
      return [renderText(report)];
    case 'markdown':
      return [renderMarkdown(report)];
    case 'json':
      return renderJson(report);
    case 'html':
      return [renderHtml(report, history)];
    case 'junit':
      return [renderJunit(report)];
  }
}
