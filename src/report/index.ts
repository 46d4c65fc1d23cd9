import { inPieces, type StreamedReport } from '../model/index.ts';
import type { RunHistory } from './history.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { failed, renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

export { renderExplanation } from './explanation.ts';
export { historyOf } from './history.ts';
export { renderJson } from './json.ts';
export { renderSummary } from './markdown.ts';

/** Formats of a report, in the order in which usage texts name them. */
export const REPORT_FORMATS = ['text', 'markdown', 'json', 'html', 'junit'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** How a report is shown. */
export interface ReportView {
  /** Draws the run's history on the page, where it is known. */
  readonly history?: RunHistory | undefined;
  /** Of text, Markdown and pages: of an image that came through only its line. Programs are always told everything. */
  readonly brief?: boolean | undefined;
}

/**
 * The report as a document: text for people at a terminal, Markdown for a job summary, JSON for programs, one HTML page, JUnit XML for CI. In pieces, since that of a
 * large fleet is longer than a text can be, or should. Ends with a line feed.
 */
export function renderReport(report: StreamedReport, format: ReportFormat, { history, brief = false }: ReportView = {}): Iterable<string> {
  switch (format) {
    case 'text':
      return inPieces(renderText(report, { brief }));
    case 'markdown':
      return inPieces(renderMarkdown(report, brief ? failed : undefined));
    case 'json':
      return renderJson(report);
    case 'html':
      return inPieces(renderHtml(report, { history, brief }));
    case 'junit':
      return inPieces(renderJunit(report));
  }
}
