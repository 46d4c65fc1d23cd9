import { tableLines } from '../guest/component-lines.ts';
import { compareText, compareVersions, pointRelease, versionNumbers } from '../model/index.ts';
import { isMarketplaceAccount } from './marketplace-accounts.ts';
import type { AmiFamily, Catalog, CatalogFacts, CatalogIndex, NameRules, Release, Vocabulary } from './schema.ts';
import { variantWords } from './variant-words.ts';

/** The facts with what follows from them, worked out once: patterns compiled, releases in order, words taken apart, lines of tables written. */
export function indexCatalog(facts: CatalogFacts): Catalog {
  return {
    ...facts,
    index: {
      names: nameRules(facts),
      vocabulary: vocabularyOf(facts),
      releases: newestFirst(facts),
      newerPoints: new Map(facts.releases.map((release) => [release, newerPoints(release)])),
      tableLines: new Map(facts.components.filter(({ os }) => os === 'linux').map((component) => [component, tableLines(component)])),
    },
  };
}

function nameRules({ amis, products, variants }: CatalogFacts): NameRules {
  return {
    families: amis.map((family) => ({
      family,
      name: new RegExp(family.namePattern),
      hints: family.textHints.map((hint) => new RegExp(hint, 'i')),
    })),
    products: products.map((product) => ({ product, name: new RegExp(product.namePattern, 'i') })),
    publishers: publishersOf(amis),
    languages: variants.flatMap(({ kind, alsoWords }) => (kind === 'language' ? alsoWords : [])),
    versionNames: namesByDistro(amis),
  };
}

/** The families of each account that publishes a single distribution; the accounts of AWS Marketplace sell everybody's. */
function publishersOf(families: readonly AmiFamily[]): NameRules['publishers'] {
  const owners = [...new Set(families.flatMap(({ owners }) => owners))].filter((owner) => !isMarketplaceAccount(owner));
  const all = owners.map((owner) => [owner, families.filter((family) => family.owners.includes(owner))] as const);
  return new Map(all.filter(([, own]) => own.every(({ distro }) => distro !== undefined && distro === own[0]?.distro)));
}

function namesByDistro(amis: readonly AmiFamily[]): NameRules['versionNames'] {
  const groups = Map.groupBy(amis, ({ distro }) => distro ?? '');
  return new Map([...groups].map(([distro, families]) => [distro, Object.assign({}, ...families.map(({ versionNames }) => versionNames))]));
}

function vocabularyOf({ variants, releases }: CatalogFacts): Vocabulary {
  const words = new Map(variants.flatMap((word) => [word.id, ...word.alsoWords].map((text) => [text, word] as const)));
  const bases = releases.flatMap((release) => release.bases);
  return { words, ofBases: new Map(bases.map((base) => [base, variantWords(base.variant, { words })])) };
}

function newestFirst({ releases }: CatalogFacts): CatalogIndex['releases'] {
  const groups = Map.groupBy(releases, ({ distro }) => distro);
  return new Map([...groups].map(([distro, own]) => [distro, own.toSorted(byAge)]));
}

function byAge(a: Release, b: Release): number {
  return compareVersions(versionNumbers(b.version), versionNumbers(a.version)) || compareText(a.id, b.id);
}

function newerPoints({ bases, version: own }: Release): readonly number[] {
  const numbers = versionNumbers(own);
  const points = bases.map(({ architecture, version = '' }) => ({
    architecture,
    point: pointRelease(versionNumbers(version), numbers) ?? 0,
  }));
  return points.map(({ architecture, point }) => {
    const newer = points.filter((other) => other.architecture === architecture && other.point > point);
    return new Set(newer.map((other) => other.point)).size;
  });
}
