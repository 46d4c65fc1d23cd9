import { formatDuration, type StreamedReport } from '../model/index.ts';
import { padCells, widest } from '../terminal/width.ts';
import { contentLines } from './content-lines.ts';
import { visible } from './encode.ts';
import { sortIssues } from './issues.ts';
import { replacementLines } from './replacement-parts.ts';
import { succeeded } from './stages.ts';
import { countOutcomes, elapsed, headlinesOf, type ImageHeadline, type ImageSummary, simulatedNotice, summarise } from './summary.ts';
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
export function* renderText(report: StreamedReport, { brief }: { readonly brief: boolean }): Generator<string> {
  const isShort = ({ outcome }: Pick<ImageHeadline, 'outcome'>) => brief && succeeded(outcome);
  const headlines = headlinesOf(report);
  const short = headlines.filter(isShort);
  if (short.length > 0) yield `${imageLines(short)}\n\n`;
  for (const image of report.images) if (!isShort(image)) yield `${renderImageText(summarise(image))}\n\n`;
  if (report.issues.length > 0) yield `${layOut('run', sortIssues(report.issues).map(toLabelled))}\n\n`;
  const notice = simulatedNotice(report);
  yield `${[totals(report, headlines), ...(notice === undefined ? [] : [visible(notice)])].join('\n')}\n`;
}

function imageLines(headlines: readonly ImageHeadline[]): string {
  const width = widest(headlines.map(({ name }) => visible(name)));
  const lines = headlines.map(({ name, outcome, version, milliseconds }) => {
    const cells = [padCells(visible(name), width), outcome, version, formatDuration(milliseconds)];
    return `✓ ${cells.filter((cell) => cell !== undefined).join('  ')}`;
  });
  return lines.join('\n');
}

function totals(report: StreamedReport, headlines: readonly ImageHeadline[]): string {
  const images = headlines.length === 1 ? '1 image' : `${headlines.length} images`;
  const outcomes = headlines.length === 0 ? '' : `: ${countOutcomes(headlines)}`;
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
