import { SCHEMA_VERSION, type SweepResult } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { printedJson } from '../report/print-json.ts';
import type { Sweep, SweptItem } from '../sweep/index.ts';

const KINDS = { 'resource-group': 'group', 'image-template': 'template', 'build-claim': 'claim', 'gallery-version': 'version' } as const;
const WORDS = { deleted: 'deleted', due: 'to delete', kept: 'kept', failed: 'failed' } as const;
const RISKS = { compute: 'costs by the hour', storage: 'costs storage', none: 'costs nothing' } as const;

/** Two lines for each leftover, and one that counts them. */
export function sweepText({ items, issues }: Sweep): string {
  if (items.length === 0)
    return issues.length === 0 ? 'nothing is left behind\n' : 'nothing was found, and not everything could be looked at\n';
  return `${items.map(itemText).join('')}${countText(items)}`;
}

/** Two lines for each run folder, and one that counts them. */
export function runFoldersText({ items }: SweepResult): string {
  if (items.length === 0) return 'there is no run folder\n';
  const lines = items.map(
    ({ outcome, run, size, reason }) => `${WORDS[outcome].padEnd(11)}run       ${run}\n           ${size}; ${visible(reason)}\n`,
  );
  return `${lines.join('')}${countText(items)}`;
}

function countText(items: readonly Pick<SweptItem, 'outcome'>[]): string {
  const counts = Object.entries(WORDS)
    .map(([outcome, word]) => [items.filter((item) => item.outcome === outcome).length, word] as const)
    .filter(([count]) => count > 0);
  return `${counts.map(([count, word]) => `${count} ${word}`).join(', ')}\n`;
}

function itemText(item: SweptItem): string {
  const { outcome, leftover, run, started, risk, size, reason } = item;
  const since = started ? ` of ${started.toISOString().slice(0, 16)}Z` : '';
  const first = `${WORDS[outcome].padEnd(11)}${KINDS[leftover.kind].padEnd(10)}${nameOf(leftover)}`;
  return `${visible(first)}\n${visible(`           run ${run}${since}, ${size}, ${RISKS[risk]}; ${reason}`)}\n`;
}

function nameOf(leftover: SweptItem['leftover']): string {
  return leftover.kind === 'gallery-version' ? `${leftover.ref.gallery}/${leftover.ref.definition}/${leftover.name}` : leftover.name;
}

/** The same as JSON: one object for each leftover, and the issues. */
export function sweepJson({ items, issues }: Sweep): string {
  const listed = items.map(({ leftover: { kind, id, name }, run, started, deadline, risk, size, action, reason, outcome }) => ({
    kind,
    id,
    name,
    run,
    started: started?.toISOString(),
    deadline: deadline?.toISOString(),
    ...{ risk, size, action, reason, outcome },
  }));
  return printedJson({ kind: 'SweepResult', schemaVersion: SCHEMA_VERSION, items: listed, issues } satisfies SweepResult);
}
