import type { FleetStatus } from '../../model/index.ts';
import { printedJson } from '../print-json.ts';
import { renderStatusHtml } from './html.ts';
import { renderStatusMarkdown } from './markdown.ts';
import { renderStatusText } from './text.ts';

/** Formats of the status of a fleet, in the order in which usage texts name them. */
export const STATUS_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type StatusFormat = (typeof STATUS_FORMATS)[number];

/** The status as a document: for a terminal, a job summary, a program, a browser. Ends with a line feed. */
export function renderStatus(status: FleetStatus, format: StatusFormat): string {
  switch (format) {
    case 'text':
      return renderStatusText(status);
    case 'markdown':
      return renderStatusMarkdown(status);
    case 'json':
      return printedJson(status);
    case 'html':
      return renderStatusHtml(status);
  }
}
