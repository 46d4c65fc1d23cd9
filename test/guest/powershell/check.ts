import { readdir, readFile } from 'node:fs/promises';
import { type Finding, laterFindings, syntaxFindings } from './findings.ts';
import { loadGrammar } from './grammar.ts';
import { BROKEN, LATER, SOUND } from './planted.ts';

/** Prints `ok <what>` or `not ok <what>: <findings>` for every Windows script and every planted text, one to a line. */
const scripts = new URL('../../../scripts/windows/', import.meta.url);
const parse = await loadGrammar();

const both = (text: string): readonly Finding[] => {
  const root = parse(text);
  return [...syntaxFindings(root), ...laterFindings(root)];
};

function say(what: string, holds: boolean, findings: readonly Finding[]): void {
  const detail = findings.map(({ line, what: found }) => `line ${line}: ${found}`).join('; ');
  process.stdout.write(holds ? `ok ${what}\n` : `not ok ${what}: ${(detail || 'nothing was found').replaceAll('\n', ' ')}\n`);
}

for (const name of (await readdir(scripts, { recursive: true })).filter((file) => file.endsWith('.ps1')).toSorted()) {
  const findings = both(await readFile(new URL(name, scripts), 'utf8'));
  say(`${name} is Windows PowerShell 5.1`, findings.length === 0, findings);
}
for (const [what, text] of Object.entries(BROKEN)) say(`found: ${what}`, syntaxFindings(parse(text)).length > 0, []);
for (const [what, text] of Object.entries(LATER)) {
  const root = parse(text);
  say(`found: ${what}`, syntaxFindings(root).length === 0 && laterFindings(root).length > 0, syntaxFindings(root));
}
for (const [what, text] of Object.entries(SOUND)) say(`not found: ${what}`, both(text).length === 0, both(text));
