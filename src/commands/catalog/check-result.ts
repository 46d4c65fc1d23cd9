import { ExitCode } from '../../model/index.ts';
import { visible } from '../../report/encode.ts';
import { printedJson } from '../../report/print-json.ts';
import { padCells, widest } from '../../terminal/width.ts';
import type { BaseState, CheckedBase } from './ask-bases.ts';

/** How a check of the catalog went. */
export interface CatalogCheck {
  readonly location: string;
  readonly subscription: string;
  readonly simulated: boolean;
  readonly bases: readonly CheckedBase[];
  /** Files that `--write` changed; absent where it was not asked to. */
  readonly written?: readonly string[] | undefined;
}

const STATES: readonly BaseState[] = ['failed', 'gone', 'deprecated', 'deprecating', 'differs', 'same'];

/** 1 when Azure left a question open, 10 when the catalog has to be mended, 0 when all is as it says. */
export function checkExitCode({ bases }: CatalogCheck): ExitCode {
  if (bases.some(({ state }) => state === 'failed')) return ExitCode.failed;
  return bases.every(({ state }) => state === 'same') ? ExitCode.ok : ExitCode.workDue;
}

/** The whole result as one JSON document. */
export function checkJson(check: CatalogCheck): string {
  const { bases, ...where } = check;
  const result = {
    kind: 'CatalogCheck',
    schemaVersion: 1,
    ...where,
    calls: calls(check),
    counts: counts(check),
    bases: bases.map(({ facts: _, ...base }) => base),
  };
  return printedJson(result);
}

/** A table of the bases that are not as the catalog says, worst first, and a summary. */
export function checkText(check: CatalogCheck): string {
  const due = STATES.flatMap((state) => check.bases.filter((base) => base.state === state && state !== 'same'));
  const rows = due.flatMap((base) => {
    const [first = '', ...more] = remarks(base);
    return [
      [base.state, base.base, [base.image, base.newest].filter(Boolean).join(':'), first],
      ...more.map((remark) => ['', '', '', remark]),
    ];
  });
  return `${table(rows)}${rows.length > 0 ? '\n' : ''}${summary(check)}`;
}

function remarks({ detail, differences }: CheckedBase): readonly string[] {
  const texts = differences.map(({ what, catalog, azure }) => `${what}: ${catalog} in the catalog, ${azure} on Azure`);
  return detail === null ? texts : [detail, ...texts];
}

function summary(check: CatalogCheck): string {
  const found = counts(check);
  const parts = STATES.toReversed().flatMap((state) => (found[state] > 0 ? [`${found[state]} ${WORDS[state]}`] : []));
  const asked = `${check.bases.length} ${check.bases.length === 1 ? 'base' : 'bases'} in ${check.location}: ${parts.join(', ') || 'nothing to ask'}`;
  return `${asked} (${calls(check)} calls)\n${written(check)}${check.simulated ? 'simulated: the sandbox sells only some of them\n' : ''}`;
}

function written({ written: files }: CatalogCheck): string {
  if (files === undefined) return '';
  return files.length === 0 ? 'nothing to write\n' : `written: ${files.join(', ')}\n`;
}

const WORDS: Readonly<Record<BaseState, string>> = {
  same: 'as the catalog says',
  differs: 'different',
  deprecating: 'to be deprecated',
  deprecated: 'deprecated',
  gone: 'not sold',
  failed: 'without an answer',
};

function counts({ bases }: CatalogCheck): Readonly<Record<BaseState, number>> {
  const of = (state: BaseState) => bases.filter((base) => base.state === state).length;
  return {
    same: of('same'),
    differs: of('differs'),
    deprecating: of('deprecating'),
    deprecated: of('deprecated'),
    gone: of('gone'),
    failed: of('failed'),
  };
}

function calls({ bases }: CatalogCheck): number {
  return bases.reduce((sum, base) => sum + base.calls, 0);
}

/** Columns two spaces apart, without spaces at the end of a line. */
function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(visible));
  const widths = [0, 1, 2, 3].map((column) => widest(cells.map((row) => row[column] ?? '')));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => padCells(cell, widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
