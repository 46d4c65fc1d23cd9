import { formatDuration, type StreamedReport, vmName } from '../model/index.ts';
import { countFates } from './components.ts';
import { markdownCode as code, markdown as md } from './encode.ts';
import { sortIssues } from './issues.ts';
import { checkTable, componentTable, details, issueList, measuredTable, questionList, regionTable, table } from './markdown-parts.ts';
import { replacementTable } from './replacement-parts.ts';
import { sectionTable } from './sections.ts';
import { succeeded } from './stages.ts';
import {
  countChecks,
  countOutcomes,
  elapsed,
  headlinesOf,
  type ImageHeadline,
  type ImageSummary,
  readiness,
  simulatedNotice,
  summarise,
} from './summary.ts';

/** The Markdown that fits into so many bytes: sections of all images, or of those that did not succeed, or of none; a fleet whose table is too long is a line. */
export function renderSummary(report: StreamedReport, mostBytes: number): string {
  const choices = [() => true, failed, () => false];
  const documents = choices.values().map((isShown) => withinBytes(renderMarkdown(report, isShown), mostBytes));
  const { command, runId } = report;
  const line = `${md(command)}: ${md(countOutcomes(headlinesOf(report)) || 'no image')}, run ${code(runId)}; the whole is too long for this summary: ${code(`regild report ${runId}`)}\n`;
  return documents.find((text) => text !== undefined) ?? withinBytes([line], mostBytes) ?? '';
}

/** The whole of it; undefined where that is longer, which shows before all of it is made. */
function withinBytes(parts: Iterable<string>, most: number): string | undefined {
  let whole = '';
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part);
    if (bytes > most) return undefined;
    whole += part;
  }
  return whole;
}

/** Whether an image did not come through. */
export function failed({ outcome }: Pick<ImageSummary, 'outcome'>): boolean {
  return !succeeded(outcome);
}

/** GitHub-flavoured Markdown, made for a CI job summary: one table over the fleet, then a section for each image that `isShown`. */
export function* renderMarkdown(report: StreamedReport, isShown: (image: ImageSummary) => boolean = () => true): Generator<string> {
  const notice = simulatedNotice(report);
  const headlines = headlinesOf(report);
  yield `## regild ${md(report.command)}\n`;
  if (notice !== undefined) yield `\n> **${md(notice)}**\n`;
  yield `\n${md(countOutcomes(headlines) || 'no image')} in ${formatDuration(elapsed(report))}, run ${code(report.runId)}\n`;
  if (headlines.length > 0) yield `\n${overview(headlines)}\n`;
  if (report.issues.length > 0) yield `\n${issueList(sortIssues(report.issues))}\n`;
  for (const image of report.images) {
    const summary = summarise(image);
    if (isShown(summary)) yield `\n${renderImage(summary)}\n`;
  }
}

function overview(headlines: readonly ImageHeadline[]): string {
  const rows = headlines.map(({ name, outcome, version, milliseconds }) => {
    const shown = version === undefined ? '' : code(version);
    return [code(name), `${succeeded(outcome) ? '✅' : '❌'} ${md(outcome)}`, shown, formatDuration(milliseconds)];
  });
  return table(['image', 'outcome', 'version', 'time'], rows);
}

function renderImage(summary: ImageSummary): string {
  const facts = table(
    ['', ''],
    summary.facts.map(({ label, value }) => [md(label), code(value)]),
  );
  const parts = [
    `### ${md(summary.name)}: ${md(summary.outcome)}`,
    issueList(summary.issues),
    questionList(summary.questions),
    summary.facts.length === 0 ? '' : facts,
    summary.regions.length === 0 ? '' : regionTable(summary.regions),
    ...summary.vms.flatMap((vm) => [
      details(`test VM ${vmName(vm)}: ${readiness(vm)}, ${countChecks(vm.checks)}`, checkTable(vm.checks)),
      measuredTable(vm),
    ]),
    summary.components.length === 0 ? '' : details(`AWS components: ${countFates(summary.components)}`, componentTable(summary.components)),
    replacementTable(summary.replacements),
    ...summary.content.map((section) => details(`${section.title} (${section.rows.length})`, sectionTable(section))),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
