import type { Replacement } from './components.ts';
import { markdown as md } from './encode.ts';
import { tableOf } from './html-parts.ts';
import { table } from './markdown-parts.ts';
import { type Markup, markup } from './markup.ts';
import type { Labelled } from './text-lines.ts';

const TITLE = 'What replaces it on Azure';
const SEEN: Readonly<Record<Replacement['seen'], string>> = {
  found: 'was found',
  'on-disk': "is on the AMI's disk",
  expected: 'is in AMIs of this family',
};

/** As many as a terminal should show; the other formats hold all of them, with their details. */
const MOST_LINES = 8;

export function replacementLines(replacements: readonly Replacement[]): readonly Labelled[] {
  const shown = replacements.slice(0, MOST_LINES).map(({ id, azure }) => `${id} → ${withoutDetails(azure)}`);
  const more = replacements.length - shown.length;
  const [text, ...below] = more > 0 ? [...shown, `and ${more} more (\`regild report --format markdown\` shows them)`] : shown;
  return text === undefined ? [] : [{ label: 'on Azure', text, below }];
}

/** What stands before the first semicolon that is in no brackets. */
function withoutDetails(azure: string): string {
  return /^(?:\([^()]*\)|[^;])*/.exec(azure)?.[0] ?? azure;
}

export function replacementTable(replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return '';
  const rows = replacements.map(({ title, azure, seen }) => [md(title), md(azure), SEEN[seen]]);
  return `#### ${TITLE}\n\n${table(['removed', 'on Azure', 'told because it'], rows)}`;
}

export function replacementPart(replacements: readonly Replacement[]): Markup | undefined {
  if (replacements.length === 0) return undefined;
  const rows = replacements.map(({ title, azure, seen }) => markup`<tr><td>${title}</td><td>${azure}</td><td>${SEEN[seen]}</td></tr>\n`);
  return markup`<h3>${TITLE}</h3>\n${tableOf(rows, '', ['removed', 'on Azure', 'told because it'])}`;
}
