import type { RefreshItem, RefreshReport } from '../model/index.ts';
import { markdownCode as code, markdown as md, visible } from './encode.ts';
import { renderIssue } from './issue-text.ts';
import { issueList } from './markdown-parts.ts';
import { printedJson } from './print-json.ts';
import { driftLine } from './status/words.ts';

/** Formats of what a refresh found, in the order in which usage texts name them; a page shows what is not done yet ([page](refresh-html.ts)). */
export const REFRESH_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type RefreshFormat = (typeof REFRESH_FORMATS)[number];

/** The Markdown of as many items as fit into so many bytes, the most urgent first; empty where none does. */
export function renderRefreshSummary(report: RefreshReport, mostBytes: number): string {
  for (let shown = report.items.length; shown > 0; shown = Math.floor(shown / 2)) {
    const left = report.items.length - shown;
    const more = left === 0 ? '' : `\n${left} more are left out here\n`;
    const text = `${renderRefresh({ ...report, items: report.items.slice(0, shown) }, 'markdown')}${more}`;
    if (Buffer.byteLength(text) <= mostBytes) return text;
  }
  return '';
}

/** What a refresh found and did: for a terminal, a job summary, a program. Ends with a line feed. */
export function renderRefresh(report: RefreshReport, format: Exclude<RefreshFormat, 'html'>): string {
  switch (format) {
    case 'text':
      return report.items.map(itemText).join('');
    case 'markdown':
      return `${['# Refresh', ...report.items.map(itemMarkdown)].join('\n\n')}\n`;
    case 'json':
      return printedJson(report);
  }
}

function itemText(item: RefreshItem): string {
  const lines = linesOf(item).map((line) => `  ${visible(line)}\n`);
  return `${visible(item.image)}: ${headOf(item)}\n${lines.join('')}${item.issues.map(renderIssue).join('')}`;
}

function itemMarkdown(item: RefreshItem): string {
  const lines = linesOf(item).map((line) => `- ${md(line)}`);
  const issues = item.issues.length > 0 ? [issueList(item.issues)] : [];
  return [`## ${md(item.image)}: ${code(headOf(item))}`, ...(lines.length > 0 ? [lines.join('\n')] : []), ...issues].join('\n\n');
}

function headOf({ action, outcome, run }: RefreshItem): string {
  const what = action === 'none' || action === 'wait' ? outcome : `${action} ${outcome}`;
  return run === undefined ? what : `${what} in run ${run}`;
}

function linesOf({ drifts, held, changes }: RefreshItem): readonly string[] {
  return [...drifts.map(driftLine), ...(held === undefined ? [] : [`waits: ${held}`]), ...changes.map((change) => `mended: ${change}`)];
}
