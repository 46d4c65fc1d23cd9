import type { Vocabulary } from '../catalog/schema.ts';
import { variantWords } from '../catalog/variant-words.ts';

/** How two variants differ: words that the offered one lacks, and those it has on top. */
export interface VariantDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** The words of a base's variant; those of the catalog's own bases are taken apart already. */
export function baseWords(base: { readonly variant: string }, vocabulary: Vocabulary): ReadonlySet<string> {
  return vocabulary.ofBases.get(base) ?? variantWords(base.variant, vocabulary);
}

export function compareVariants(wanted: ReadonlySet<string>, offered: ReadonlySet<string>): VariantDifference {
  return { missing: [...wanted].filter((word) => !offered.has(word)), extra: [...offered].filter((word) => !wanted.has(word)) };
}

/** The edition of SQL Server among a variant's words; undefined where it carries none. */
export function editionOf(variant: ReadonlySet<string>, { words }: Vocabulary): string | undefined {
  return variant.has('sql') ? [...variant].find((word) => words.get(word)?.kind === 'edition') : undefined;
}

/** The word that makes the offered image another product than the wanted one; undefined when it is the same kind. */
export function otherProduct(wanted: ReadonlySet<string>, { extra }: VariantDifference, vocabulary: Vocabulary): string | undefined {
  const { words } = vocabulary;
  const isFree = [...wanted].some((word) => words.get(word)?.free);
  const paid = isFree ? extra.find((word) => words.get(word)?.kind === 'edition' && !words.get(word)?.free) : undefined;
  if (paid !== undefined) return paid;
  const testing = extra.find((word) => words.get(word)?.testingOnly);
  if (testing !== undefined) return testing;
  return extra.find((word) => words.get(word)?.kind === 'product' && !isExpected(word, wanted, vocabulary));
}

/** True for a word that changes little, such as the disk's size or layout; an edition does so where there is no SQL Server. */
export function isSlight(word: string, wanted: ReadonlySet<string>, vocabulary: Vocabulary): boolean {
  const kind = vocabulary.words.get(word)?.kind;
  return kind === 'slight' || kind === 'packages' || (kind === 'edition' && !wanted.has('sql')) || isExpected(word, wanted, vocabulary);
}

/** What an image loses that people pay for or rely on, by word; empty where nothing is asked. */
export function lostWords(missing: readonly string[], wanted: ReadonlySet<string>, vocabulary: Vocabulary): readonly string[] {
  const lost = missing.filter((word) => !isSlight(word, wanted, vocabulary));
  return lost.filter((word) => vocabulary.words.get(word)?.without !== undefined);
}

/** The word of a base that comes nearest to one of the AMI's. */
export function servedBy(word: string, offered: ReadonlySet<string>, { words }: Vocabulary): string | undefined {
  return words.get(word)?.servedBy.find((other) => offered.has(other));
}

/** A word of a base that the AMI's own words bring along, or that stands in for one of them. */
function isExpected(word: string, wanted: ReadonlySet<string>, { words }: Vocabulary): boolean {
  const serves = [...wanted].some((own) => words.get(own)?.servedBy.includes(word));
  return serves || (words.get(word)?.comesWith ?? []).some((other) => wanted.has(other));
}

/** True where what the base costs is the SQL Server that the AMI has as well. */
export function billsProduct(
  { productVersion }: { readonly productVersion?: string | undefined },
  { variant }: { readonly variant: ReadonlySet<string> },
): boolean {
  return productVersion !== undefined && variant.has('sql');
}

/** Years from the AMI's version of a product to the offered one, for example -2 from 2019 to 2017; undefined where one of them is not known. */
export function yearsBetween(offered: string | undefined, own: string | undefined): number | undefined {
  return offered === undefined || own === undefined ? undefined : Number.parseInt(offered, 10) - Number.parseInt(own, 10);
}

/** True where the offered version is known to be older than the AMI's: its databases cannot be attached there. */
export function isOlderProduct(offered: string | undefined, own: string | undefined): boolean {
  return (yearsBetween(offered, own) ?? 0) < 0;
}
