import type { ParityRule } from '../catalog/schema.ts';
import type { Difference, ParityKind } from '../model/index.ts';
import { shellPattern } from './glob.ts';

/** What is different between clouds on purpose: the first rule of the catalog that fits an item and what became of it. */
export function ruleOfTheMove(
  { kind, name }: { readonly kind: ParityKind; readonly name: string },
  change: Difference['change'],
  rules: readonly ParityRule[],
): ParityRule | undefined {
  return rules.find(({ items }) =>
    items.some(
      (each) =>
        each.kind === kind &&
        (each.changes.length === 0 || each.changes.includes(change)) &&
        each.names.some((pattern) => shellPattern(pattern).test(name)),
    ),
  );
}

/** True for what the other cloud has of its own, so that nothing of the kind is carried there. */
export function isOfTheCloud(kind: ParityKind, name: string, rules: readonly ParityRule[]): boolean {
  return ruleOfTheMove({ kind, name }, 'missing', rules)?.verdict === 'expected';
}
