import { formatDuration, type Issue, type Question, type RegionState, type TestedVm, vmName } from '../model/index.ts';
import { padCells } from '../terminal/width.ts';
import { type ComponentFate, nameFates } from './components.ts';
import { visible } from './encode.ts';
import { formatPlace } from './issues.ts';
import { measuredLine, measuredRows } from './measurements.ts';
import type { StageLine } from './stages.ts';
import { blocksPublishing, countChecks, readiness } from './summary.ts';

/** A label with its text, and further lines below the text. Nothing in it is encoded. */
export interface Labelled {
  readonly label: string;
  readonly text: string;
  readonly below?: readonly string[];
}

const LABEL_WIDTH = 12;
const SERIAL_LINES = 12;

/** A heading with labelled lines in two columns; every text is encoded for a terminal. */
export function layOut(heading: string, lines: readonly Labelled[]): string {
  const rows = lines.flatMap(({ label, text, below = [] }) => [
    `  ${padCells(visible(label), LABEL_WIDTH)}${visible(text)}`,
    ...below.map((line) => `${' '.repeat(LABEL_WIDTH + 2)}${visible(line)}`),
  ]);
  return [visible(heading), ...rows].join('\n');
}

export function regionLines(regions: readonly RegionState[]): readonly Labelled[] {
  const width = Math.max(0, ...regions.map(({ name }) => name.length));
  const lines = regions.map(({ name, state, progress, detail }) => {
    const mark = state === 'Completed' ? '✓' : state === 'Failed' ? '✗' : '…';
    return [`${mark} ${name.padEnd(width)}  ${state}`, state === 'Replicating' ? `${progress} %` : undefined, detail]
      .filter((part) => part !== undefined)
      .join(', ');
  });
  return block('regions', lines);
}

/** By name what the image was found to hold; as numbers before that, since a plan decides on all of the catalog. */
export function componentLines(components: readonly ComponentFate[]): readonly Labelled[] {
  return components.length === 0 ? [] : [{ label: 'components', text: `AWS parts in the guest: ${nameFates(components)}` }];
}

/** Remarks that ask for nothing are counted; the other formats hold their words. */
export function remarkLine(issues: readonly Issue[]): readonly Labelled[] {
  const remarks = issues.filter(({ severity }) => severity === 'info').length;
  if (remarks === 0) return [];
  return [{ label: 'remarks', text: `${remarks} (\`regild report --format markdown\` shows them)` }];
}

export function vmLines(vms: readonly TestedVm[]): readonly Labelled[] {
  return vms.map((vm) => {
    const bad = vm.checks.filter(({ status }) => status === 'fail' || status === 'error');
    const lines = bad.map((check) => `${blocksPublishing(check) ? '✗' : '!'} ${check.id}: ${check.detail}`);
    const serial =
      vm.serialLog === undefined
        ? []
        : [
            'serial console, last lines:',
            ...vm.serialLog
              .trimEnd()
              .split('\n')
              .slice(-SERIAL_LINES)
              .map((line) => `  ${line}`),
          ];
    return {
      label: 'test VM',
      text: [vmName(vm), readiness(vm), countChecks(vm.checks)].filter((part) => part !== '').join(', '),
      below: [...lines, ...measuredRows(vm).map(measuredLine), ...serial],
    };
  });
}

export function questionLines(questions: readonly Question[]): readonly Labelled[] {
  return questions.map(({ text, options, answerWith }) => ({
    label: 'question',
    text,
    below: [...options.map(({ value, consequence }) => `${value}: ${consequence}`), `answer with \`${answerWith}\` in the manifest`],
  }));
}

/** An issue with its code, its place and its hint. */
export function toLabelled(issue: Issue): Labelled {
  const place = formatPlace(issue);
  const below = [place === undefined ? undefined : `at ${place}`, issue.hint === undefined ? undefined : `hint: ${issue.hint}`];
  return { label: issue.severity, text: `${issue.code}: ${issue.message}`, below: below.filter((line) => line !== undefined) };
}

export function stageLines(stages: readonly StageLine[], total: number): readonly Labelled[] {
  const ran = stages.flatMap(({ stage, milliseconds }) => (milliseconds === undefined ? [] : [`${stage} ${formatDuration(milliseconds)}`]));
  return ran.length === 0 ? [] : [{ label: 'time', text: `${formatDuration(total)} (${ran.join(', ')})` }];
}

function block(label: string, lines: readonly string[]): readonly Labelled[] {
  const [text, ...below] = lines;
  return text === undefined ? [] : [{ label, text, below }];
}
