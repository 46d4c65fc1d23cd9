import { isDeepStrictEqual } from 'node:util';
import { type Document, parseDocument } from 'yaml';
import type { ImageFacts } from '../model/index.ts';
import { BaseGroup } from './release-file.ts';

/** What ARM says of images, by publisher:offer:sku. */
export type Answers = ReadonlyMap<string, Pick<ImageFacts, 'features' | 'generation' | 'plan' | 'deprecation'>>;

type Value = string | boolean | object | undefined;

/**
 * The text of a release's file with what ARM says: features, generation, plan, deprecation, and the day on which it was confirmed (ISO date). An image
 * without an answer stays as it is, and so do comments and order; what equals its offer's is not said again.
 */
export function renewRelease(text: string, answers: Answers, today: string): string {
  if (answers.size === 0) return text;
  // The document is yaml's own and is changed in place.
  const document = parseDocument(text);
  const { bases = [] } = document.toJS() as { readonly bases?: readonly unknown[] };
  for (const [index, group] of bases.entries()) renewGroup(document, index, BaseGroup.parse(group), answers, today);
  return document.toString({ lineWidth: 0 });
}

function renewGroup(document: Document, index: number, group: BaseGroup, answers: Answers, today: string): void {
  const skus = Object.keys(group.skus);
  const asked = skus.filter((sku) => answers.has(nameOf(group, sku)));
  const allConfirmed = asked.length === skus.length;
  if (allConfirmed) document.setIn(['bases', index, 'verified'], today);
  for (const sku of asked) {
    const facts = answers.get(nameOf(group, sku));
    if (facts === undefined) continue;
    const said = { ...saidBy(facts, group, sku), verified: allConfirmed ? undefined : today };
    for (const [field, value] of Object.entries(said)) put(document, [index, sku, field], value, allConfirmed && field === 'verified');
  }

  function put(target: Document, [at, sku, field]: readonly [number, string, string], value: Value, drop: boolean): void {
    const path = ['bases', at, 'skus', sku, field];
    const shared = Object.entries(group).find(([name]) => name === field)?.[1];
    if (drop || isDeepStrictEqual(shared, value)) target.deleteIn(path);
    else target.setIn(path, target.createNode(value, { flow: true }));
  }
}

function nameOf({ publisher, offer }: BaseGroup, sku: string): string {
  return `${publisher}:${offer}:${sku}`;
}

/** ARM's answer in the short form of the file; undefined where there is nothing to say. */
function saidBy({ features, generation, plan, deprecation }: NonNullable<ReturnType<Answers['get']>>, group: BaseGroup, sku: string) {
  const named = { publisher: group.publisher.toLowerCase(), product: group.offer, name: sku };
  const { state, scheduled, alternative } = deprecation;
  const deprecated = { ...(scheduled && { from: scheduled.slice(0, 10) }), ...(alternative && { instead: alternative }) };
  return {
    generation,
    plan: plan === undefined ? noPlan(group) : isDeepStrictEqual({ ...plan }, named) || plan,
    features:
      features.length === 0 && group.features === undefined
        ? undefined
        : Object.fromEntries(features.map(({ name, value }) => [name, value])),
    deprecated: state === 'Active' ? undefined : deprecated,
  };
}

/** Where the offer's images have a plan, one without says so. */
function noPlan({ plan }: BaseGroup): false | undefined {
  return plan === undefined ? undefined : false;
}
