import type { Survey, SurveyedImage } from '../../model/index.ts';
import { markdownCode as code, markdown as md } from '../encode.ts';
import { DETAILS_END, detailsStart, issueList, table, tableLines } from '../markdown-parts.ts';
import { duplicateOf, idOf, summaryLines, systemOf, useOf, type WaveSection, waveSections } from './words.ts';

const HEAD = ['AMI', 'what it is', 'verdict', 'base', 'gen', 'licence', 'in use', 'warnings'];

/** The survey for a job summary or a wiki page. */
export function* renderSurveyMarkdown(survey: Survey): Generator<string> {
  const { images, summary, advice, issues } = survey;
  const numbers = summaryLines(summary).map(({ label, text }) => [label, md(text)]);
  yield `# Survey of ${images.length === 1 ? '1 AMI' : `${images.length} AMIs`}\n\n${table(['', ''], numbers)}\n`;
  if (advice.length > 0) yield `\n${advice.map(({ text }) => `- ${md(text)}`).join('\n')}\n`;
  for (const section of waveSections(survey)) yield* waveBlock(section);
  if (issues.length > 0) yield `\n## Issues\n\n${issueList(issues)}\n`;
}

function* waveBlock({ wave, title, images, reasons }: WaveSection): Generator<string> {
  const why = reasons.map(({ text, count }) => `- ${count} × ${md(text)}`).join('\n');
  yield `\n## Wave ${wave}: ${title} (${images.length})\n\n${why}\n\n`;
  yield* wholeLines(tableLines(HEAD, images.values().map(row)));
  const advised = images.filter(({ advice }) => advice.length > 0);
  if (advised.length > 0)
    yield* opening('Where moving the machines is a road', tableLines(['AMI', 'advice'], advised.values().flatMap(adviceRows)));
  yield* opening(
    'How each capability carries over',
    tableLines(['AMI', 'capability', 'on Azure', 'why'], images.values().flatMap(capabilityRows)),
  );
}

function* wholeLines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** A part that opens on a click, with a blank line before it. */
function* opening(title: string, lines: Iterable<string>): Generator<string> {
  yield `\n${detailsStart(title)}`;
  yield* wholeLines(lines);
  yield `${DETAILS_END.slice(1)}\n`;
}

function row(image: SurveyedImage): readonly string[] {
  const { name, confidence, verdict, bases, generation = '', licence = 'unknown', warnings } = image;
  const notes = [...warnings.map(code), ...(duplicateOf(image) === undefined ? [] : [md(duplicateOf(image) ?? '')])];
  return [
    name === undefined || name === idOf(image) ? code(idOf(image)) : `${code(idOf(image))}<br>${md(name)}`,
    `${md(systemOf(image))} (${confidence})`,
    verdict,
    code(bases[0] ?? ''),
    generation,
    licence,
    useOf(image) ?? 'not asked',
    notes.join('<br>'),
  ];
}

function adviceRows(image: SurveyedImage): readonly (readonly string[])[] {
  return image.advice.map(({ text }) => [code(idOf(image)), md(text)]);
}

function capabilityRows(image: SurveyedImage): readonly (readonly string[])[] {
  return image.capabilities.map(({ name, fit, reason }) => [code(idOf(image)), name, fit, md(reason)]);
}
