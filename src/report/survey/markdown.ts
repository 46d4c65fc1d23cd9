import type { Survey, SurveyedImage } from '../../model/index.ts';
import { markdownCode as code, markdown as md } from '../encode.ts';
import { details, issueList, table } from '../markdown-parts.ts';
import { duplicateOf, idOf, summaryLines, systemOf, useOf, type WaveSection, waveSections } from './words.ts';

const HEAD = ['AMI', 'what it is', 'verdict', 'base', 'gen', 'licence', 'in use', 'warnings'];

/** The survey for a job summary or a wiki page. */
export function renderSurveyMarkdown(survey: Survey): string {
  const { images, summary, advice, issues } = survey;
  const blocks = [
    `# Survey of ${images.length === 1 ? '1 AMI' : `${images.length} AMIs`}`,
    table(
      ['', ''],
      summaryLines(summary).map(({ label, text }) => [label, md(text)]),
    ),
    ...(advice.length > 0 ? [advice.map(({ text }) => `- ${md(text)}`).join('\n')] : []),
    ...waveSections(survey).map(waveBlock),
    ...(issues.length > 0 ? [`## Issues\n\n${issueList(issues)}`] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function waveBlock({ wave, title, images, reasons }: WaveSection): string {
  const why = reasons.map(({ text, count }) => `- ${count} × ${md(text)}`).join('\n');
  const advised = images.filter(({ advice }) => advice.length > 0);
  return [
    `## Wave ${wave}: ${title} (${images.length})`,
    why,
    table(HEAD, images.map(row)),
    ...(advised.length > 0 ? [details('Where moving the machines is a road', adviceTable(advised))] : []),
    details('How each capability carries over', capabilityTable(images)),
  ].join('\n\n');
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

function adviceTable(images: readonly SurveyedImage[]): string {
  return table(
    ['AMI', 'advice'],
    images.flatMap((image) => image.advice.map(({ text }) => [code(idOf(image)), md(text)])),
  );
}

function capabilityTable(images: readonly SurveyedImage[]): string {
  return table(
    ['AMI', 'capability', 'on Azure', 'why'],
    images.flatMap((image) => image.capabilities.map(({ name, fit, reason }) => [code(idOf(image)), name, fit, md(reason)])),
  );
}
