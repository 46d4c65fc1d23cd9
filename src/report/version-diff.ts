import { DiffArea, type VersionDiff } from '../model/index.ts';
import { issueItems } from './html-parts.ts';
import { paritySections, paritySimulated, unreadSection } from './inventory/parity-sections.ts';
import { renderIssue } from './issue-text.ts';
import { issueList } from './markdown-parts.ts';
import { printedJson } from './print-json.ts';
import { type SectionDocument, sectionsHtml, sectionsMarkdown, sectionsText } from './sections.ts';

export const DIFF_FORMATS = ['text', 'markdown', 'json', 'html'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** How two versions differ: for a terminal, a pull request, a program, a browser. Ends with a line feed. */
export function renderDiff(diff: VersionDiff, format: DiffFormat): string {
  switch (format) {
    case 'text':
      return `${sectionsText(documentOf(diff))}${diff.issues.map(renderIssue).join('')}`;
    case 'markdown':
      return [sectionsMarkdown(documentOf(diff)), ...(diff.issues.length > 0 ? [`${issueList(diff.issues)}\n`] : [])].join('\n');
    case 'json':
      return printedJson(diff);
    case 'html':
      return sectionsHtml(documentOf(diff), { opened: true, below: issueItems(diff.issues) });
  }
}

function documentOf({ image, before, after, changes, inventory }: VersionDiff): SectionDocument {
  return {
    title: `${image}: ${before.version} → ${after.version}`,
    notice: inventory && paritySimulated(inventory),
    facts: [
      { label: 'before', value: sideText(before) },
      { label: 'after', value: sideText(after) },
      { label: 'changes', value: changes.length === 0 ? 'none' : String(changes.length) },
    ],
    sections: [
      ...DiffArea.options.map((area) => ({
        title: area,
        columns: ['what', 'before', 'after'],
        rows: changes.filter((change) => change.area === area).map(({ item, before: old = '–', after: now = '–' }) => [item, old, now]),
      })),
      ...(inventory ? [...paritySections(inventory), unreadSection(inventory)] : []),
    ],
  };
}

function sideText({ version, record }: VersionDiff['before']): string {
  return record === undefined ? `${version}, of which nothing is kept` : `${version}, kept in ${record}`;
}
