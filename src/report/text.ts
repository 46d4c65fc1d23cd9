import { formatDuration, type Report } from '../model/index.ts';
import { padCells, widest } from '../terminal/width.ts';
import { contentLines } from './content-lines.ts';
import { visible } from './encode.ts';
import { sortIssues } from './issues.ts';
import { replacementLines } from './replacement-parts.ts';
import { succeeded } from './stages.ts';
import { countOutcomes, elapsed, type ImageSummary, simulatedNotice, summarise } from './summary.ts';
import {
  componentLines,
  type Labelled,
  layOut,
  questionLines,
  regionLines,
  remarkLine,
  stageLines,
  toLabelled,
  vmLines,
} from './text-lines.ts';

/** What an engineer reads at the end of a run on a terminal or in a log: one block per image, or where it is to be `brief` a line for each that came through, then one line for all. */
export function* renderText(report: Report, { brief }: { readonly brief: boolean }): Generator<string> {
  const isShort = ({ outcome }: Report['images'][number]) => brief && succeeded(outcome);
  const short = report.images.filter(isShort).map(summarise);
  if (short.length > 0) yield `${imageLines(short)}\n\n`;
  for (const image of report.images) if (!isShort(image)) yield `${renderImageText(summarise(image))}\n\n`;
  if (report.issues.length > 0) yield `${layOut('run', sortIssues(report.issues).map(toLabelled))}\n\n`;
  const notice = simulatedNotice(report);
  yield `${[totals(report), ...(notice === undefined ? [] : [visible(notice)])].join('\n')}\n`;
}

function imageLines(summaries: readonly ImageSummary[]): string {
  const width = widest(summaries.map(({ name }) => visible(name)));
  const lines = summaries.map(({ name, outcome, version, milliseconds }) => {
    const cells = [padCells(visible(name), width), outcome, version, formatDuration(milliseconds)];
    return `✓ ${cells.filter((cell) => cell !== undefined).join('  ')}`;
  });
  return lines.join('\n');
}

function totals(report: Report): string {
  const images = report.images.length === 1 ? '1 image' : `${report.images.length} images`;
  const outcomes = report.images.length === 0 ? '' : `: ${countOutcomes(report.images)}`;
  return `${images}${outcomes} in ${formatDuration(elapsed(report))} (run ${visible(report.runId)})`;
}

/** The block of one image. */
export function renderImageText(summary: ImageSummary): string {
  const lines: readonly Labelled[] = [
    ...summary.facts.map(({ label, value }) => ({ label, text: value })),
    ...regionLines(summary.regions),
    ...componentLines(summary.components),
    ...replacementLines(summary.replacements),
    ...contentLines(summary.content),
    ...vmLines(summary.vms),
    ...questionLines(summary.questions),
    ...summary.issues.filter(({ severity }) => severity !== 'info').map(toLabelled),
    ...remarkLine(summary.issues),
    ...stageLines(summary.stages, summary.milliseconds),
  ];
  return layOut(`${summary.name}: ${summary.outcome}`, lines);
}
