import { type CheckResult, type Issue, type Question, type RegionState, type TestedVm, vmName } from '../model/index.ts';
import { type ComponentFate, isFound } from './components.ts';
import { markdownCode as code, entities, markdown as md } from './encode.ts';
import { formatPlace } from './issues.ts';
import { measuredRows } from './measurements.ts';
import { markdownProse as prose } from './prose.ts';

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [...tableLines(head, rows)].join('\n');
}

/** The same line by line, for one whose rows are many. */
export function* tableLines(head: readonly string[], rows: Iterable<readonly string[]>): Generator<string> {
  yield lineOf(head);
  yield lineOf(head.map(() => '---'));
  for (const row of rows) yield lineOf(row);
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A part that opens on a click; `title` is plain text, `body` Markdown. */
export function details(title: string, body: string): string {
  return `${detailsStart(title)}${body}${DETAILS_END}`;
}

/** What stands before and after a body that comes in pieces. */
export function detailsStart(title: string): string {
  return `<details><summary>${entities(title)}</summary>\n\n`;
}
export const DETAILS_END = '\n\n</details>';

const SIGNS: Readonly<Record<Issue['severity'], string>> = { error: '❌', question: '❓', warning: '⚠️', info: 'ℹ️' };

export function issueList(issues: readonly Issue[]): string {
  return issues
    .map((issue) => {
      const place = formatPlace(issue);
      const where = place === undefined ? '' : ` (${code(place)})`;
      const hint = issue.hint === undefined ? '' : `<br>${prose(issue.hint)}`;
      return `- ${SIGNS[issue.severity]} **${md(issue.code)}** ${prose(issue.message)}${where}${hint}`;
    })
    .join('\n');
}

export function questionList(questions: readonly Question[]): string {
  return questions
    .map(({ text, options, answerWith }) => {
      const choices = options.map(({ value, consequence }) => `  - ${code(value)}: ${prose(consequence)}`);
      return [`- ❓ ${prose(text)}<br>answer with ${code(answerWith)} in the manifest:`, ...choices].join('\n');
    })
    .join('\n');
}

export function regionTable(regions: readonly RegionState[]): string {
  return table(
    ['region', 'replication', ''],
    regions.map(({ name, state, progress, detail = '' }) => [code(name), `${state}, ${progress} %`, md(detail)]),
  );
}

const RESULTS: Readonly<Record<CheckResult['status'], string>> = {
  pass: '✅ passed',
  fail: '❌ failed',
  skip: 'skipped',
  error: '❌ not run',
};

export function checkTable(checks: readonly CheckResult[]): string {
  return table(
    ['check', 'id', 'result', 'weight', 'detail'],
    checks.map(({ id, title, status, severity, detail }) => [md(title), code(id), RESULTS[status], severity, prose(detail)]),
  );
}

/** What was measured on a VM; nothing where nothing was asked. */
export function measuredTable(vm: TestedVm): string {
  const rows = measuredRows(vm).map(({ title, value, ami, limit, how, kept }) => [
    md(title),
    `${kept === false ? '❌ ' : ''}${md(value)}`,
    md(ami),
    md(limit),
    md(how),
  ]);
  return rows.length === 0 ? '' : table([`measured on ${md(vmName(vm))}`, '', 'the AMI', 'limit', 'how'], rows);
}

/** What was found comes first. */
export function componentTable(components: readonly ComponentFate[]): string {
  const rows = components
    .toSorted((a, b) => Number(isFound(b)) - Number(isFound(a)))
    .map(({ id, title, action, reason, outcome = '', azureEquivalent = '' }) => [
      md(title),
      code(id),
      action,
      prose(reason),
      outcome,
      md(azureEquivalent),
    ]);
  return table(['component', 'id', 'action', 'reason', 'outcome', 'on Azure'], rows);
}
