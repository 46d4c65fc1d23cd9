/** Words that say nothing beyond the plain image. */
const PLAIN: ReadonlySet<string> = new Set(['server', 'full', 'base', 'datacenter', 'default', 'plain', 'stable']);

/** Words that make an image another product: another price, another support contract or other hardware. */
const PRODUCTS: ReadonlySet<string> = new Set(['sql', 'sap', 'ha', 'cis', 'hpc', 'cvm', 'fips', 'specialized', 'avd', 'nvidia']);

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

/** How two variants differ: words that the offered one lacks, and those it has on top. */
export interface VariantDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export function compareVariants(wanted: ReadonlySet<string>, offered: ReadonlySet<string>): VariantDifference {
  return { missing: [...wanted].filter((word) => !offered.has(word)), extra: [...offered].filter((word) => !wanted.has(word)) };
}

/** The word that makes the offered image another product than the wanted one; undefined when it is the same kind. */
export function otherProduct(wanted: ReadonlySet<string>, { extra }: VariantDifference): string | undefined {
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
