import type { ParityRule } from '../catalog/schema.ts';
import type { Difference, ParityKind } from '../model/index.ts';
import { shellPatterns } from './glob.ts';

/** What is different between clouds on purpose: the first rule of the catalog that fits an item and what became of it. */
export function ruleOfTheMove(
  { kind, name }: { readonly kind: ParityKind; readonly name: string },
  change: Difference['change'],
  rules: readonly ParityRule[],
): ParityRule | undefined {
  return rulesFor(kind, change, rules)(name);
}

/** Whether an item of a kind is what the other cloud has of its own, so that nothing of it is carried there. */
export function ownOfTheCloud(kind: ParityKind, rules: readonly ParityRule[]): (name: string) => boolean {
  const ruleOf = rulesFor(kind, 'missing', rules);
  return (name) => ruleOf(name)?.verdict === 'expected';
}

/** The first rule that fits a name; patterns are made once for all the names of an image. */
function rulesFor(kind: ParityKind, change: Difference['change'], rules: readonly ParityRule[]): (name: string) => ParityRule | undefined {
  const asked = rules.map((rule) => ({ rule, expression: shellPatterns(namesFor(kind, change, rule)) }));
  return (name) => asked.find(({ expression }) => expression.test(name))?.rule;
}

function namesFor(kind: ParityKind, change: Difference['change'], { items }: ParityRule): readonly string[] {
  const asked = items.filter((each) => each.kind === kind && (each.changes.length === 0 || each.changes.includes(change)));
  return asked.flatMap(({ names }) => names);
}
