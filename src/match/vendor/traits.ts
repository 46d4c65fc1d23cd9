import type { Product } from '../../catalog/schema.ts';
import type { Analysis, Licence, VendorTraits } from '../../model/index.ts';

type Sign = Product['signs'][number];

/**
 * What the AMI tells of the vendor's product in it: by Marketplace code first, then by name, then by its description, in which a copy keeps the name of its
 * original. `wanted` is the user's licence answer, for an AMI that does not tell.
 */
export function traitsOf({ ami, architecture }: Analysis, product: Product, wanted: Licence | undefined): VendorTraits {
  const texts = [ami.name ?? '', ami.description ?? ''];
  const codes = new Set(ami.productCodes.map(({ id }) => id));
  const seen = [
    ...product.signs.filter(({ code }) => code !== undefined && codes.has(code)),
    ...texts.flatMap((text) => product.signs.filter((sign) => sign.name !== undefined && new RegExp(sign.name, 'i').test(text))),
  ];
  return {
    edition: first(seen, 'edition'),
    version: versionIn(texts, product),
    licence: first(seen, 'licence') ?? licenceModel(texts) ?? wanted,
    tier: first(seen, 'tier'),
    architecture: architecture.value ?? first(seen, 'architecture'),
  };
}

function first<Key extends keyof Sign>(signs: readonly Sign[], key: Key): Sign[Key] | undefined {
  return signs.find((sign) => sign[key] !== undefined)?.[key];
}

/** Whether the licence is brought along or billed by the hour, in the words that all vendors use. */
function licenceModel(texts: readonly string[]): Licence | undefined {
  for (const text of texts) {
    if (/byol|bring[-_ ]?your[-_ ]?own/i.test(text)) return 'byos';
    if (/payg|pay[-_ ]?as[-_ ]?you[-_ ]?go|on-?demand|hourly/i.test(text)) return 'payg';
  }
  return undefined;
}

function versionIn(texts: readonly string[], { versionPattern }: Product): string | undefined {
  if (versionPattern === undefined) return undefined;
  const pattern = new RegExp(versionPattern, 'i');
  return texts.map((text) => pattern.exec(text)?.groups?.version).find((version) => version !== undefined);
}
