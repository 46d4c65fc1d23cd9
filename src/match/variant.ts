/** Words that say nothing beyond the plain image. */
const PLAIN: ReadonlySet<string> = new Set(['server', 'full', 'base', 'datacenter', 'default', 'plain', 'stable']);

/** Words that make an image another product: another price, another support contract or other hardware. */
const PRODUCTS: ReadonlySet<string> = new Set(['sql', 'sap', 'ha', 'cis', 'hpc', 'cvm', 'fips', 'specialized', 'avd', 'nvidia']);

/** Editions of SQL Server; the free one is replaced by none that is paid for. */
const EDITIONS: ReadonlySet<string> = new Set(['express', 'web', 'standard', 'enterprise', 'developer']);
const FREE_EDITION = 'express';

/** Words for small changes that a rebuild hardly notices: the disk, the set of packages, the channel. */
const SLIGHT: ReadonlySet<string> = new Set(['raw', 'lvm', 'smalldisk', 'backports', 'corevm', 'enterprise', 'minimal']);

/** A variant's words, without those that only say "the plain one": `core-smalldisk` -> core, smalldisk. */
export function variantWords(variant: string | undefined): ReadonlySet<string> {
  return new Set(
    (variant ?? '')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && !PLAIN.has(word)),
  );
}

const remembered = new WeakMap<object, ReadonlySet<string>>();

/** The words of a base's variant, taken apart once. */
export function baseWords(base: { readonly variant: string }): ReadonlySet<string> {
  const known = remembered.get(base);
  if (known !== undefined) return known;
  const words = variantWords(base.variant);
  remembered.set(base, words);
  return words;
}

/** How two variants differ: words that the offered one lacks, and those it has on top. */
export interface VariantDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function compareVariants(wanted: ReadonlySet<string>, offered: ReadonlySet<string>): VariantDifference {
  return { missing: [...wanted].filter((word) => !offered.has(word)), extra: [...offered].filter((word) => !wanted.has(word)) };
}

/** The edition of SQL Server among a variant's words; undefined where it carries none. */
export function editionOf(words: ReadonlySet<string>): string | undefined {
  return words.has('sql') ? [...words].find((word) => EDITIONS.has(word)) : undefined;
}

/** The word that makes the offered image another product than the wanted one; undefined when it is the same kind. */
export function otherProduct(wanted: ReadonlySet<string>, { extra }: VariantDifference): string | undefined {
  const paid = wanted.has(FREE_EDITION) ? extra.find((word) => EDITIONS.has(word)) : undefined;
  if (paid !== undefined) return paid;
  return extra.find((word) => PRODUCTS.has(word) && !comesWithSap(word, wanted));
}

/** True for a word that changes little, such as the disk's size or layout. */
export function isSlight(word: string, wanted: ReadonlySet<string>): boolean {
  return SLIGHT.has(word) || comesWithSap(word, wanted);
}

/** Red Hat sells its SAP system on AWS with the high availability add-on only, whatever the AMI's name says. */
function comesWithSap(word: string, wanted: ReadonlySet<string>): boolean {
  return word === 'ha' && wanted.has('sap');
}
