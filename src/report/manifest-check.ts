import { blocks, type ManifestCheck } from '../model/index.ts';
import { visible } from './encode.ts';
import { renderIssue } from './issue-text.ts';
import { printedJson } from './print-json.ts';

/** What was found in a manifest: for a terminal, every issue and a last line that sums up, or for a program. Ends with a line feed. */
export function renderCheck(check: ManifestCheck, format: 'text' | 'json'): string {
  if (format === 'json') return printedJson(check);
  return `${check.issues.map(renderIssue).join('')}${visible(summary(check))}\n`;
}

function summary({ file, images, issues }: ManifestCheck): string {
  const stopping = issues.filter(blocks).length;
  const others = issues.length - stopping;
  const counted = `${file}: ${count(images.length, 'image')}, ${count(stopping, 'problem')}${others === 0 ? '' : `, ${count(others, 'warning')}`}`;
  return stopping === 0
    ? `${counted}; \`regild plan\` asks the clouds about the rest`
    : `${counted}; mend them and call \`regild check\` again`;
}

function count(number: number, noun: string): string {
  if (number === 0) return `no ${noun}`;
  return number === 1 ? `one ${noun}` : `${number} ${noun}s`;
}
