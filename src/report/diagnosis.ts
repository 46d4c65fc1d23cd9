import type { Checkup, Diagnosis } from '../model/index.ts';
import { visible } from './encode.ts';
import { printedJson } from './print-json.ts';

const WORDS: Readonly<Record<Checkup['status'], string>> = { pass: 'ok', warn: 'warning', fail: 'missing', unknown: 'unknown' };

/** What was found, one line for each thing and one for what mends it, and a last line that sums up; or one document. Ends with a line feed. */
export function renderDiagnosis(diagnosis: Diagnosis, format: 'text' | 'json'): string {
  if (format === 'json') return printedJson(diagnosis);
  const { checkups, fixed } = diagnosis;
  const width = Math.max(0, ...checkups.map(({ title }) => title.length));
  const lines = checkups.flatMap(({ status, title, detail, hint, cost }) => [
    `${WORDS[status].padEnd(9)}${title.padEnd(width + 2)}${detail}`,
    ...(hint === undefined ? [] : [`${' '.repeat(width + 11)}hint: ${hint}`]),
    ...(cost === undefined ? [] : [`${' '.repeat(width + 11)}cost: ${cost}`]),
  ]);
  return [...lines, ...fixed.map((file) => `fixed    ${file}`), summary(checkups)].map((line) => `${visible(line)}\n`).join('');
}

function summary(checkups: readonly Checkup[]): string {
  const missing = checkups.filter(({ status }) => status === 'fail').length;
  if (missing > 0) return `${missing} of ${checkups.length} things are missing; mend them and call \`regild doctor\` again`;
  const open = checkups.filter(({ status }) => status !== 'pass').length;
  return open === 0
    ? 'everything is there; go on with `regild plan`'
    : `nothing is missing, ${open} of ${checkups.length} things are worth a look; go on with \`regild plan\``;
}
