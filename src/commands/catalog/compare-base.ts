import type { Base, Release } from '../../catalog/schema.ts';
import { type Feature, featureOf, type ImageFacts, type PurchasePlan } from '../../model/index.ts';

/** One fact that Azure has otherwise than the catalog; `none` where one of them has nothing. */
export interface Difference {
  readonly what: string;
  readonly catalog: string;
  readonly azure: string;
}

/** What the catalog has otherwise than the newest version on Azure: system, architecture, generation, plan, features. Case and spaces do not count. */
export function compareBase({ osFamily }: Pick<Release, 'osFamily'>, base: Base, facts: ImageFacts): readonly Difference[] {
  const pairs: readonly Difference[] = [
    { what: 'system', catalog: osFamily === 'windows' ? 'Windows' : 'Linux', azure: facts.osType },
    { what: 'architecture', catalog: base.architecture, azure: facts.architecture },
    { what: 'generation', catalog: base.generation, azure: facts.generation },
    { what: 'plan', catalog: planText(base.plan), azure: planText(facts.plan) },
    ...featureNames(base.features, facts.features).map((name) => ({
      what: `feature ${name}`,
      catalog: featureOf(base, name) ?? NONE,
      azure: featureOf(facts, name) ?? NONE,
    })),
  ];
  return pairs.filter(({ catalog, azure }) => plain(catalog) !== plain(azure));
}

const NONE = 'none';

function planText(plan: PurchasePlan | undefined): string {
  return plan === undefined ? NONE : `${plan.publisher}:${plan.product}:${plan.name}`;
}

function featureNames(...lists: readonly (readonly Feature[])[]): readonly string[] {
  return [...new Set(lists.flatMap((features) => features.map(({ name }) => name)))].toSorted();
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s/g, '');
}
