import type { ContentSection } from './content-sections.ts';
import type { Labelled } from './text-lines.ts';

/** As many rows of a table as a terminal should show. */
const MOST_ROWS = 4;

/** For a terminal: what is to be carried, what is left, and of the comparison what nobody can explain. */
export function contentLines(sections: readonly ContentSection[]): readonly Labelled[] {
  return sections.flatMap(({ label, title, rows }): readonly Labelled[] => {
    const told =
      label === 'parity' ? rows.filter(([verdict]) => verdict === 'unexplained').map((row) => lossLine(title, row)) : rows.map(rowLine);
    const [text, ...below] = told.slice(0, MOST_ROWS);
    if (text === undefined) return [];
    const more = told.length > MOST_ROWS ? [`and ${told.length - MOST_ROWS} more (\`regild report --format markdown\` shows them)`] : [];
    return [{ label, text, below: [...below, ...more] }];
  });
}

function lossLine(title: string, [, change = '', name = '', before = '', , reason = '']: readonly string[]): string {
  return `${change} ${title.replace(/^parity: /, '')} ${name}${before === '' ? '' : ` (${before})`}: ${reason}`;
}

function rowLine([what = '', from = '', why = '']: readonly string[]): string {
  return [`${what}${from === '' || what.endsWith(` ${from}`) ? '' : ` (${from})`}`, why].filter((part) => part !== '').join(': ');
}
