import type { Survey, SurveyedImage } from '../../model/index.ts';
import { cutCells, padCells, widest, widthOf } from '../../terminal/width.ts';
import { visible } from '../encode.ts';
import { renderIssue } from '../issue-text.ts';
import { duplicateOf, idOf, summaryLines, systemOf, useOf, type WaveSection, waveSections } from './words.ts';

const LONGEST_NAME = 44;
/** An AMI's id and two spaces. */
const ID_WIDTH = 23;
const HEAD = ['AMI', 'name', 'what it is', 'verdict', 'base', 'gen', 'licence', 'in use', 'warnings'];

/**
 * The survey for a terminal: the numbers, then a table for each wave with what is left to decide in it. Where a table is wider than the screen's `columns`
 * each of its AMIs is a paragraph instead, which says the same.
 */
export function renderSurveyText(survey: Survey, columns = Number.POSITIVE_INFINITY): string {
  const { images, summary, advice, issues } = survey;
  const numbers = summaryLines(summary).map(({ label, text }) => `  ${label.padEnd(12)}${visible(text)}`);
  const advised = advice.map(({ text }) => `  ${'advice'.padEnd(12)}${visible(text)}`);
  const blocks = [
    [images.length === 1 ? '1 AMI' : `${images.length} AMIs`, ...numbers, ...advised].join('\n'),
    ...waveSections(survey).map((section) => waveText(section, columns)),
    ...(issues.length > 0 ? [issues.map(renderIssue).join('').trimEnd()] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function waveText({ wave, title, images, reasons }: WaveSection, columns: number): string {
  const table = tabulated([HEAD, ...images.map(cells)]).map((line) => `  ${line}`);
  const rows = widest(table) <= columns ? table : images.map(paragraph);
  const why = reasons.map(({ text, count }) => `  ${String(count).padStart(4)} × ${visible(text)}`);
  return [`wave ${wave}: ${title} (${images.length})`, ...rows, '', ...why].join('\n');
}

/** `ami-…  web-golden · ubuntu 24.04 x64 (high) · rebuild · …`: what the table's row holds, under names where a value alone would say nothing. */
function paragraph(image: SurveyedImage): string {
  const [id = '', name = '', system = '', verdict = '', base, gen, licence, use, warnings] = cells(image);
  const named = [base, gen && `generation ${gen}`, `licence ${licence}`, use, warnings].filter((part) => part !== undefined && part !== '');
  return `  ${padCells(id, ID_WIDTH)}${[name, system, verdict, ...named].filter((part) => part !== '').join(' · ')}`;
}

function cells(image: SurveyedImage): readonly string[] {
  const { name = '', confidence, verdict, bases, generation = '', licence = 'unknown', warnings } = image;
  const notes = [...warnings, duplicateOf(image), ...image.advice.map(({ road }) => `→ ${road}`)].filter((note) => note !== undefined);
  return [
    visible(idOf(image)),
    shortened(visible(name)),
    visible(`${systemOf(image)} (${confidence})`),
    verdict,
    visible(bases[0] ?? ''),
    generation,
    licence,
    useOf(image) ?? '',
    visible(notes.join(', ')),
  ];
}

function shortened(name: string): string {
  return cutCells(name, LONGEST_NAME);
}

/** Rows in columns as wide as their widest cell; a column without content is left out. */
function tabulated(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((title, index) => {
    const width = widest(body.map((row) => row[index] ?? ''));
    return width === 0 ? 0 : Math.max(width, widthOf(title));
  });
  return rows.map((row) =>
    row
      .flatMap((cell, index) => (widths[index] ? [padCells(cell, widths[index])] : []))
      .join('  ')
      .trimEnd(),
  );
}
