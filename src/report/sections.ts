import { padCells, widthOf } from '../terminal/width.ts';
import { markdownCode as code, markdown as md, visible } from './encode.ts';
import type { Fact } from './fact.ts';
import { htmlPage } from './html-page.ts';
import { tableOf } from './html-parts.ts';
import { table } from './markdown-parts.ts';
import { type Markup, markup, when } from './markup.ts';
import type { Section } from './section.ts';

/** A document of facts and tables, for what has no stages and no outcome. Nothing in it is encoded. */
export interface SectionDocument {
  readonly title: string;
  /** Shown before everything else, such as that a cloud is simulated. */
  readonly notice?: string | undefined;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
}

const LABEL_WIDTH = 14;
const PAGE_STYLE = '\nsection > details:only-child { margin: 0; }\n';
/** Letters that are not broken where there is room for a table. */
const WORD = 14;
/** Rows of a section that a terminal shows; the other formats show all. */
const TEXT_ROWS = 25;

/** For a terminal: facts in two columns, then each section's rows. */
export function sectionsText({ title, notice, facts, sections }: SectionDocument): string {
  const lines = facts.map(({ label, value }) => `  ${padCells(visible(label), LABEL_WIDTH)}${visible(value)}`);
  const parts = [
    [visible(title), ...(notice === undefined ? [] : [visible(notice)]), ...lines].join('\n'),
    ...sections.filter(filled).map(sectionText),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionText({ title, rows }: Section): string {
  const shown = rows.slice(0, TEXT_ROWS).map((row) => row.map(visible));
  const widths = shown.reduce<readonly number[]>((most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, widthOf(cell))), []);
  const lines = shown.map((row) =>
    `  ${row.map((cell, index) => (index === row.length - 1 ? cell : padCells(cell, Math.min(widths[index] ?? 0, 60)))).join('  ')}`.trimEnd(),
  );
  const rest = rows.length > shown.length ? [`  … and ${rows.length - shown.length} more (--format markdown, html or json show all)`] : [];
  return [`${visible(title)} (${rows.length})`, ...lines, ...rest].join('\n');
}

/** GitHub-flavoured Markdown. */
export function sectionsMarkdown({ title, notice, facts, sections }: SectionDocument): string {
  const parts = [
    `## ${md(title)}`,
    notice === undefined ? '' : `> **${md(notice)}**`,
    facts.length === 0
      ? ''
      : table(
          ['', ''],
          facts.map(({ label, value }) => [md(label), code(value)]),
        ),
    ...sections.filter(filled).map(sectionMarkdown),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The rows of a section as a Markdown table. */
export function sectionTable({ columns, rows }: Section): string {
  return table(
    columns,
    rows.map((row) => row.map(md)),
  );
}

/** One section with its heading, as Markdown. */
export function sectionMarkdown(section: Section): string {
  return `### ${md(section.title)} (${section.rows.length})\n\n${sectionTable(section)}`;
}

/** How a page shows its sections: open from the start, and what stands below them. */
export interface SectionPage {
  readonly opened?: boolean;
  readonly below?: Markup | undefined;
}

/** One page that holds everything it needs. */
export function sectionsHtml({ title, notice, facts, sections }: SectionDocument, { opened = false, below }: SectionPage = {}): string {
  const rows = facts.map(({ label, value }) => markup`<tr><th scope="row">${label}</th><td class="code">${value}</td></tr>\n`);
  const body = markup`${when(notice, (text) => markup`<p class="notice">${text}</p>\n`)}<section>${tableOf(rows, 'facts')}</section>
${sections.filter(filled).map((section) => markup`<section>${sectionHtml(section, opened)}</section>\n`)}${below}`;
  return htmlPage({ title: `regild ${title}`, heading: title, body, style: PAGE_STYLE });
}

/** One section as a part that opens on a click. */
export function sectionHtml({ title, columns, rows }: Section, opened = false): Markup {
  const lines = rows.map(
    (row) => markup`<tr>${row.map((cell) => markup`<td class="${cell.length <= WORD ? 'word' : ''}">${cell}</td>`)}</tr>\n`,
  );
  return markup`<details${opened ? markup` open` : undefined}><summary>${title} (${rows.length})</summary>\n${tableOf(lines, '', columns)}</details>`;
}

function filled({ rows }: Section): boolean {
  return rows.length > 0;
}
