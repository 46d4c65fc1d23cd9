/** Characters that change what a reader sees without being seen: controls, marks of writing direction, zero widths, line separators, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * What the log of a CI system carries out instead of showing it: Azure Pipelines reads `##vso[…]` and `##[…]` anywhere in a line, GitHub `::name::` at its
 * beginning and the old `##[…]` anywhere. Sources: azure-pipelines/scripts/logging-commands; actions/runner ActionCommand.cs.
 */
const AZURE_COMMAND = /##(?=(?:vso)?\[)/gi;
const GITHUB_COMMAND = /(?<=^\s*):(?=:)/g;

/** Text on one line in which everything is what it looks like: unseen characters are written as `\u….` This is the encoding for terminals. */
export function visible(text: string): string {
  const shown = text.replace(UNSEEN, (character) => (character === '\n' ? '\\n' : character === '\t' ? '\\t' : escapeUnits(character)));
  return shown.replace(AZURE_COMMAND, '\\u0023#').replace(GITHUB_COMMAND, '\\u003a');
}

/** JSON text that a terminal can show: the same value when parsed. */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN, (character) => (character === '\n' ? character : escapeUnits(character))).replace(AZURE_COMMAND, '\\u0023#');
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text inside an element or a quoted attribute of HTML or XML. */
export function entities(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Text inside a Markdown line or table cell: nothing in it is markup, a link, an emoji or a mention. It must not begin a line. */
export function markdown(text: string): string {
  const escaped = visible(text).replace(/[\\`*_[\]#|~@]|:(?=\S)/g, (character) => `\\${character}`);
  return escaped
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\\.`);
}

/** Text as Markdown code, fenced by more backticks than it holds; a pipe is escaped, as table cells need even in code. */
export function markdownCode(text: string): string {
  // A backslash before the one that escapes a pipe would end the escape, and with it the code.
  const shown = visible(text)
    .replace(/(?<=\\)\|/g, '\\u007c')
    .replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '' : `${fence}${pad}${shown}${pad}${fence}`;
}
