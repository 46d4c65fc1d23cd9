import { compareText, type Difference, type Inventory, type Parity, ParityKind, SCHEMA_VERSION } from '../../model/index.ts';
import { shellPattern } from '../glob.ts';
import { type Item, itemsOf } from './items.ts';
import { type Change, judging, type ParityContext } from './judge.ts';

export type { ParityContext } from './judge.ts';

/** What is not the same in two images, each with a verdict and its reason; losses first, then by kind and name. Pure. */
export function compareInventories(before: Inventory, after: Inventory, context: ParityContext): Parity {
  const unasked = [...before.unasked, ...after.unasked].map(shellPattern);
  const ours = valuesOf(before, unasked);
  const theirs = valuesOf(after, unasked);
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  const changes = keys.flatMap((key) => toChange(ours.get(key), theirs.get(key)));
  const judge = judging({ before, after }, context);
  const differences = changes.map((change) => ({ ...told(change), ...judge(change) }));
  return {
    kind: 'Parity',
    schemaVersion: SCHEMA_VERSION,
    before: before.source,
    after: after.source,
    differences: differences.sort(byWeight),
    equal: countEqual(ours, theirs),
    unread: [
      ...before.unread.map((item) => ({ side: 'before' as const, ...item })),
      ...after.unread.map((item) => ({ side: 'after' as const, ...item })),
    ],
  };
}

/** What one side cannot tell of is left out of both. Several of one name (two kernels, two URLs of a repository) are one item with all their values. */
function valuesOf(inventory: Inventory, unasked: readonly RegExp[]): ReadonlyMap<string, Item> {
  const items = itemsOf(inventory).filter(({ kind, name }) => !unasked.some((pattern) => pattern.test(`${kind} ${name}`)));
  const groups = Map.groupBy(items, ({ kind, name }) => `${kind}\0${name}`);
  return new Map(
    [...groups].flatMap(([key, same]) => {
      const [first] = same;
      const value = [...new Set(same.map((item) => item.value))].sort(compareText).join(', ');
      return first === undefined ? [] : [[key, { ...first, value }] as const];
    }),
  );
}

function toChange(before: Item | undefined, after: Item | undefined): readonly Change[] {
  const item = before ?? after;
  if (item === undefined || before?.value === after?.value) return [];
  return [{ item, change: after === undefined ? 'missing' : before === undefined ? 'added' : 'changed', before, after }];
}

function told({ item, change, before, after }: Change): Omit<Difference, 'verdict' | 'reason'> {
  return { kind: item.kind, name: item.name, change, before: before?.value, after: after?.value };
}

function countEqual(ours: ReadonlyMap<string, Item>, theirs: ReadonlyMap<string, Item>): Parity['equal'] {
  const equal = [...ours].filter(([key, item]) => theirs.get(key)?.value === item.value).map(([, { kind }]) => kind);
  return Object.fromEntries(ParityKind.options.map((kind) => [kind, equal.filter((each) => each === kind).length]));
}

const VERDICTS: readonly Difference['verdict'][] = ['unexplained', 'explained', 'expected'];
const CHANGES: readonly Difference['change'][] = ['missing', 'changed', 'added'];

function byWeight(left: Difference, right: Difference): number {
  return (
    VERDICTS.indexOf(left.verdict) - VERDICTS.indexOf(right.verdict) ||
    CHANGES.indexOf(left.change) - CHANGES.indexOf(right.change) ||
    ParityKind.options.indexOf(left.kind) - ParityKind.options.indexOf(right.kind) ||
    compareText(left.name, right.name)
  );
}
