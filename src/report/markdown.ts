import { formatDuration, type Report, vmName } from '../model/index.ts';
import { countFates } from './components.ts';
import { markdownCode as code, markdown as md } from './encode.ts';
import { sortIssues } from './issues.ts';
import { checkTable, componentTable, details, issueList, measuredTable, questionList, regionTable, table } from './markdown-parts.ts';
import { replacementTable } from './replacement-parts.ts';
import { sectionTable } from './sections.ts';
import { succeeded } from './stages.ts';
import { countChecks, countOutcomes, elapsed, type ImageSummary, readiness, simulatedNotice, summarise } from './summary.ts';

/** The Markdown that fits into so many bytes: sections of all images, or of those that did not succeed, or of none; a fleet whose table is too long is a line. */
export function renderSummary(report: Report, mostBytes: number): string {
  const choices = [() => true, failed, () => false];
  const documents = choices.values().map((isShown) => renderMarkdown(report, isShown));
  const { images, command, runId } = report;
  const line = `${md(command)}: ${md(countOutcomes(images) || 'no image')}, run ${code(runId)}; the whole is too long for this summary: ${code(`regild report ${runId}`)}\n`;
  const fits = (text: string) => Buffer.byteLength(text) <= mostBytes;
  return documents.find(fits) ?? (fits(line) ? line : '');
}

/** Whether an image did not come through. */
export function failed({ outcome }: Pick<ImageSummary, 'outcome'>): boolean {
  return !succeeded(outcome);
}

/** GitHub-flavoured Markdown, made for a CI job summary: one table over the fleet, then a section for each image that `isShown`. */
export function renderMarkdown(report: Report, isShown: (image: ImageSummary) => boolean = () => true): string {
  const summaries = report.images.map(summarise);
  const notice = simulatedNotice(report);
  const overview = table(
    ['image', 'outcome', 'version', 'time'],
    summaries.map(({ name, outcome, version, milliseconds }) => [
      code(name),
      `${succeeded(outcome) ? '✅' : '❌'} ${md(outcome)}`,
      version === undefined ? '' : code(version),
      formatDuration(milliseconds),
    ]),
  );
  const parts = [
    `## regild ${md(report.command)}`,
    notice === undefined ? '' : `> **${md(notice)}**`,
    `${md(countOutcomes(report.images) || 'no image')} in ${formatDuration(elapsed(report))}, run ${code(report.runId)}`,
    summaries.length === 0 ? '' : overview,
    issueList(sortIssues(report.issues)),
    ...summaries.filter(isShown).map(renderImage),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
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
