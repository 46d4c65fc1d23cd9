import type { Survey, SurveyedImage } from '../../model/index.ts';
import { visible } from '../encode.ts';
import { renderIssue } from '../issue-text.ts';
import { duplicateOf, idOf, summaryLines, systemOf, useOf, type WaveSection, waveSections } from './words.ts';

const LONGEST_NAME = 44;
const HEAD = ['AMI', 'name', 'what it is', 'verdict', 'base', 'gen', 'licence', 'in use', 'warnings'];

/** The survey for a terminal: the numbers, then a table for each wave with what is left to decide in it. */
export function renderSurveyText(survey: Survey): string {
  const { images, summary, advice, issues } = survey;
  const numbers = summaryLines(summary).map(({ label, text }) => `  ${label.padEnd(12)}${visible(text)}`);
  const advised = advice.map(({ text }) => `  ${'advice'.padEnd(12)}${visible(text)}`);
  const blocks = [
    [images.length === 1 ? '1 AMI' : `${images.length} AMIs`, ...numbers, ...advised].join('\n'),
    ...waveSections(survey).map(waveText),
    ...(issues.length > 0 ? [issues.map(renderIssue).join('').trimEnd()] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function waveText({ wave, title, images, reasons }: WaveSection): string {
  const rows = columns([HEAD, ...images.map(cells)]).map((line) => `  ${line}`);
  const why = reasons.map(({ text, count }) => `  ${String(count).padStart(4)} × ${visible(text)}`);
  return [`wave ${wave}: ${title} (${images.length})`, ...rows, '', ...why].join('\n');
}

function cells(image: SurveyedImage): readonly string[] {
  const { name = '', confidence, verdict, bases, generation = '', licence = 'unknown', warnings } = image;
  const notes = [...warnings, duplicateOf(image), ...image.advice.map(({ road }) => `→ ${road}`)].filter((note) => note !== undefined);
  return [
    visible(idOf(image)),
    visible(shortened(name)),
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
  const characters = [...name];
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
}

/** Rows in columns as wide as their widest cell; a column without content is left out. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_, index) => rows.slice(1).reduce((width, row) => Math.max(width, row[index]?.length ?? 0), 0));
  return rows.map((row) =>
    row
      .flatMap((cell, index) => (widths[index] ? [cell.padEnd(Math.max(widths[index], head[index]?.length ?? 0))] : []))
      .join('  ')
      .trimEnd(),
  );
}
