import type { AmiFamily, Catalog, Product } from '../catalog/schema.ts';
import { type Publishers, publishersOf } from './publisher.ts';

/** What the named groups of a family's pattern captured in a name or text; the schema says what each one means. */
export interface NameGroups {
  readonly version?: string | undefined;
  readonly versionSuffix?: string | undefined;
  readonly codename?: string | undefined;
  readonly arch?: string | undefined;
  readonly variant?: string | undefined;
  readonly distro?: string | undefined;
  readonly virtualization?: string | undefined;
  readonly prerelease?: string | undefined;
  readonly sqlVersion?: string | undefined;
  readonly sqlEdition?: string | undefined;
  readonly language?: string | undefined;
}

export interface FamilyRule {
  readonly family: AmiFamily;
  readonly name: RegExp;
  readonly hints: readonly RegExp[];
}

export interface ProductRule {
  readonly product: Product;
  readonly name: RegExp;
}

export interface Rules {
  readonly families: readonly FamilyRule[];
  readonly products: readonly ProductRule[];
  readonly publishers: Publishers;
  /** Languages other than English in which Windows is sold, in small letters. */
  readonly languages: readonly string[];
  /** Distribution -> what a pattern's group captured there (lower case) -> version. */
  readonly versionNames: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const compiled = new WeakMap<Catalog, Rules>();

/** The catalog's patterns as regular expressions, compiled once for each catalog. */
export function rulesOf(catalog: Catalog): Rules {
  const known = compiled.get(catalog);
  if (known !== undefined) return known;
  const rules = compile(catalog);
  compiled.set(catalog, rules);
  return rules;
}

function compile({ amis, products, variants }: Catalog): Rules {
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

function namesByDistro(amis: readonly AmiFamily[]): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const groups = Map.groupBy(amis, ({ distro }) => distro ?? '');
  return new Map([...groups].map(([distro, families]) => [distro, Object.assign({}, ...families.map(({ versionNames }) => versionNames))]));
}
