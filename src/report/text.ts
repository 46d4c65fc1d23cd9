import { formatDuration, type Report } from '../model/index.ts';
import { contentLines } from './content-lines.ts';
import { sortIssues } from './issues.ts';
import { replacementLines } from './replacement-parts.ts';
import { countOutcomes, elapsed, simulatedNotice, summarise } from './summary.ts';
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

/** What an engineer reads at the end of a run on a terminal or in a log: one block per image, then one line for all. */
export function renderText(report: Report): string {
  const notice = simulatedNotice(report);
  const blocks = [
    ...report.images.map((image) => renderImageText(summarise(image))),
    ...(report.issues.length > 0 ? [layOut('run', sortIssues(report.issues).map(toLabelled))] : []),
    [totals(report), ...(notice === undefined ? [] : [notice])].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function totals(report: Report): string {
  const images = report.images.length === 1 ? '1 image' : `${report.images.length} images`;
  const outcomes = report.images.length === 0 ? '' : `: ${countOutcomes(report.images)}`;
  return `${images}${outcomes} in ${formatDuration(elapsed(report))} (run ${report.runId})`;
}

/** The block of one image. */
export function renderImageText(summary: ReturnType<typeof summarise>): string {
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
