import {
  blocks,
  type CheckResult,
  type ImageReport,
  type Issue,
  ParityKind,
  type StreamedReport,
  type TestedVm,
  unexplainedLosses,
  vmWord,
} from '../model/index.ts';
import { type Markup, markup, when } from './markup.ts';
import { type MeasuredRow, measuredLine, measuredRows } from './measurements.ts';
import type { StageLine } from './stages.ts';
import { blocksPublishing, elapsed, type ImageSummary, summarise } from './summary.ts';

/** JUnit XML: one test suite per image, its stages and its checks as test cases. Only checks that keep a version from being published count as failures. */
export function* renderJunit(report: StreamedReport): Generator<string> {
  yield markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="regild ${report.command}" time="${seconds(elapsed(report))}">
${when(blocking(report), runSuite)}`.markup;
  for (const image of report.images) yield renderSuite(image, summarise(image), report.clouds.simulated).markup;
  yield '</testsuites>\n';
}

/** What keeps the run as a whole from being well; undefined where nothing does. */
function blocking({ issues }: Pick<StreamedReport, 'issues'>): readonly Issue[] | undefined {
  const found = issues.filter(blocks);
  return found.length > 0 ? found : undefined;
}

/** A run that could not begin has no image, and yet must not look as if all its tests passed. */
function runSuite(issues: readonly Issue[]): Markup {
  const cases = issues.map(({ code, message, hint }) =>
    testCase(code, 'run', 0, markup`<failure message="${message}">${when(hint, (text) => markup`hint: ${text}\n`)}</failure>`),
  );
  return markup`  <testsuite name="run" tests="${cases.length}" failures="${cases.length}" errors="0" skipped="0" time="0.000">
${cases}  </testsuite>
`;
}

function renderSuite(image: ImageReport, summary: ImageSummary, simulated: boolean): Markup {
  const built = image.validation?.built ?? [];
  const cases = [
    ...summary.stages.map((line) => stageCase(line, summary)),
    ...summary.vms.flatMap((vm) => vmCases(vm, summary.name)),
    ...built.map((line) => builtCase(line, summary.name)),
    ...parityCases(image),
  ];
  const checks = summary.vms.flatMap((vm) => vm.checks);
  const broken = summary.vms.flatMap(({ measured = [] }) => measured.filter(({ kept }) => kept === false));
  const failures =
    summary.stages.filter(({ state }) => state === 'failed').length +
    checks.filter(blocksPublishing).length +
    broken.length +
    lostKinds(image).length;
  const skipped = summary.stages.filter(({ state }) => state === 'skipped').length + [...checks, ...built].filter(skips).length;
  const logs = summary.vms.flatMap(({ serialLog }) => serialLog?.trimEnd().split('\n') ?? []);
  const properties = [{ label: 'outcome', value: image.outcome }, { label: 'simulated', value: String(simulated) }, ...summary.facts];
  return markup`  <testsuite name="${summary.name}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds(summary.milliseconds)}">
    <properties>
${properties.map(({ label, value }) => markup`      <property name="${label}" value="${value}"/>\n`)}    </properties>
${cases}${when(logs.length > 0 ? logs : undefined, systemOut)}  </testsuite>
`;
}

function stageCase({ stage, state, milliseconds = 0 }: StageLine, { name, issues, questions }: ImageSummary): Markup {
  const errors = issues.filter(({ severity }) => severity === 'error' || severity === 'question');
  const reasons = [...errors.map(({ code, message }) => `${code}: ${message}`), ...questions.map(({ code, text }) => `${code}: ${text}`)];
  const said = reasons.join('; ') || `${stage} did not finish`;
  const details = errors.flatMap(({ hint }) => (hint === undefined ? [] : [markup`hint: ${hint}\n`]));
  const inside = { passed: undefined, skipped: markup`<skipped/>`, failed: markup`<failure message="${said}">${details}</failure>` }[state];
  return testCase(stage, `${name}.stages`, milliseconds, inside);
}

/** One test case for each kind of thing that was compared with the AMI; losses fail it where the manifest says `parity: block`. */
function parityCases(image: ImageReport): readonly Markup[] {
  const parity = image.validation?.parity;
  if (parity === undefined) return [];
  const lost = lostKinds(image);
  return ParityKind.options.map((kind) => {
    const losses = unexplainedLosses(parity).filter((each) => each.kind === kind);
    const lines = losses.map(({ name, change, before = '' }) => markup`${change} ${name} ${before}\n`);
    const message = `${losses.length} of the AMI's are missing or changed, and nobody can say why`;
    const inside = lost.includes(kind)
      ? markup`<failure message="${message}">${lines}</failure>`
      : markup`<system-out>${lines}</system-out>`;
    return testCase(kind, `${image.image}.parity`, 0, losses.length === 0 ? undefined : inside);
  });
}

function lostKinds({ plan, validation }: ImageReport): readonly ParityKind[] {
  if (validation?.parity === undefined || plan?.parity.policy !== 'block') return [];
  return [...new Set(unexplainedLosses(validation.parity).map(({ kind }) => kind))];
}

function vmCases(vm: TestedVm, name: string): readonly Markup[] {
  const shape = vmWord(vm);
  return [
    ...vm.checks.map((check) => checkCase(check, `${name}.checks.${shape}`)),
    ...measuredRows(vm).map((row) => measuredCase(row, `${name}.measured.${shape}`)),
  ];
}

/** What a check said in the build VM. What it found and did not stop the build for is told, and no failure. */
function builtCase({ id, status, detail }: Pick<CheckResult, 'id' | 'status' | 'detail'>, name: string): Markup {
  const inside = {
    pass: undefined,
    skip: markup`<skipped message="${detail}"/>`,
    fail: markup`<system-out>fail: ${detail}</system-out>`,
    error: markup`<system-out>error: ${detail}</system-out>`,
  }[status];
  return testCase(id, `${name}.checks.build`, 0, inside);
}

function measuredCase(row: MeasuredRow, group: string): Markup {
  const said = measuredLine(row);
  const inside = row.kept === false ? markup`<failure message="${row.title}">${said}</failure>` : markup`<system-out>${said}</system-out>`;
  return testCase(row.title, group, 0, inside);
}

function checkCase(check: CheckResult, group: string): Markup {
  const inside = blocksPublishing(check)
    ? markup`<failure message="${check.title}">${check.detail}</failure>`
    : skips(check)
      ? markup`<skipped message="${check.detail}"/>`
      : check.status === 'pass'
        ? undefined
        : markup`<system-out>${check.severity}: ${check.detail}</system-out>`;
  return testCase(check.id, group, 0, inside);
}

function testCase(name: string, group: string, milliseconds: number, inside: Markup | undefined): Markup {
  const start = markup`    <testcase name="${name}" classname="${group}" time="${seconds(milliseconds)}"`;
  return inside === undefined ? markup`${start}/>\n` : markup`${start}>${inside}</testcase>\n`;
}

function skips({ status }: Pick<CheckResult, 'status'>): boolean {
  return status === 'skip';
}

function systemOut(lines: readonly string[]): Markup {
  return markup`    <system-out>${lines.map((line) => markup`${line}\n`)}</system-out>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
