import type { NameRules, Product } from '../catalog/schema.ts';
import type { Ami, Finding } from '../model/index.ts';
import { readable } from './ami-record.ts';
import { type Clue, decide } from './decide.ts';
import { isMarketplaceOwned, ownerOf } from './owner.ts';

/** True when AWS Marketplace terms hang on the AMI: it carries a product code, or Marketplace publishes it. */
export function isMarketplaceProduct(ami: Ami): boolean {
  return ami.productCodes.some(({ type }) => type === 'marketplace') || isMarketplaceOwned(ami);
}

/**
 * The vendor product of an AMI: by product code, by name under a Marketplace code or in the vendor's own account, or (low confidence) by name
 * alone; undefined when none fits.
 */
export function findProduct(ami: Ami, { products }: NameRules): Finding<string> | undefined {
  const text = readable(ami.name ?? '');
  const clues = products.flatMap(({ product, name }) => [
    ...codeClue(ami, product),
    ...(name.test(text) ? [nameClue(ami, product, text)] : []),
  ]);
  return clues.length > 0 ? decide(clues) : undefined;
}

function codeClue({ productCodes }: Ami, product: Product): readonly Clue<string>[] {
  const known = [...product.productCodes, ...product.signs.flatMap(({ code }) => code ?? [])];
  const found = productCodes.find(({ id }) => known.includes(id));
  return found
    ? [{ value: product.id, from: 'ProductCodes', observed: found.id, confidence: 'high', source: `catalog/products/${product.id}` }]
    : [];
}

function nameClue(ami: Ami, product: Product, observed: string): Clue<string> {
  const from = trustIn(ami, product);
  return {
    value: product.id,
    from: from === undefined ? 'Name' : `${from}+Name`,
    observed,
    confidence: from === undefined ? 'low' : 'medium',
    source: `catalog/products/${product.id}`,
  };
}

/** The field that vouches for a vendor's name; undefined where anybody may have chosen it. */
function trustIn(ami: Ami, { owners }: Product): string | undefined {
  if (isMarketplaceProduct(ami)) return 'ProductCodes';
  const { id, from } = ownerOf(ami);
  return id !== undefined && owners.includes(id) ? from : undefined;
}
