import type { Survey, SurveyedImage } from '../../model/index.ts';
import { cutCells, padCells, widthOf } from '../../terminal/width.ts';
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
export function* renderSurveyText(survey: Survey, columns = Number.POSITIVE_INFINITY): Generator<string> {
  const { images, summary, advice, issues } = survey;
  const numbers = summaryLines(summary).map(({ label, text }) => `  ${label.padEnd(12)}${visible(text)}`);
  const advised = advice.map(({ text }) => `  ${'advice'.padEnd(12)}${visible(text)}`);
  yield lines([images.length === 1 ? '1 AMI' : `${images.length} AMIs`, ...numbers, ...advised]);
  for (const section of waveSections(survey)) yield* waveText(section, columns);
  if (issues.length > 0) yield `\n${issues.map(renderIssue).join('')}`;
}

function* waveText({ wave, title, images, reasons }: WaveSection, columns: number): Generator<string> {
  yield lines(['', `wave ${wave}: ${title} (${images.length})`]);
  yield* isWider(tabulated(images), columns) ? images.values().map((image) => `${paragraph(image)}\n`) : tabulated(images);
  const why = reasons.map(({ text, count }) => `  ${String(count).padStart(4)} × ${visible(text)}`);
  yield lines(['', ...why]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function isWider(table: Iterable<string>, columns: number): boolean {
  if (columns === Number.POSITIVE_INFINITY) return false;
  for (const line of table) if (widthOf(line.trimEnd()) > columns) return true;
  return false;
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

/**
 * Rows in columns as wide as their widest cell, line by line; a column without content is left out. The cells are worked out twice: those of fifty thousand
 * AMIs at once take more memory than time.
 */
function* tabulated(images: readonly SurveyedImage[]): Generator<string> {
  const widest = HEAD.map(() => 0);
  for (const image of images)
    for (const [index, cell] of cells(image).entries()) widest[index] = Math.max(widest[index] ?? 0, widthOf(cell));
  const widths = HEAD.map((title, index) => (widest[index] ? Math.max(widest[index], widthOf(title)) : 0));
  yield tableLine(HEAD, widths);
  for (const image of images) yield tableLine(cells(image), widths);
}

function tableLine(row: readonly string[], widths: readonly number[]): string {
  const padded = row.flatMap((cell, index) => (widths[index] ? [padCells(cell, widths[index])] : []));
  return `  ${padded.join('  ').trimEnd()}\n`;
}
