import type { AmiFamily, Catalog, Product } from '../catalog/schema.ts';
import type { Analysis, Verdict } from '../model/index.ts';

/** The catalog's family of the AMI or of its nearest known ancestor. */
export function familyOf({ amiFamily }: Analysis, { amis }: Catalog): AmiFamily | undefined {
  return amis.find(({ id }) => id === amiFamily.value);
}

/** The vendor's product that the AMI is. */
export function productOf({ product }: Analysis, { products }: Catalog): Product | undefined {
  return products.find(({ id }) => id === product?.value);
}

/** True when the AMI was sold on AWS Marketplace, or was made from one that was. */
function isMarketplace({ ami }: Analysis): boolean {
  return ami.productCodes.some(({ type }) => type === 'marketplace');
}

/** The road the AMI takes, before any base is looked at. */
export function verdictOf(analysis: Analysis, catalog: Catalog): Verdict {
  const family = familyOf(analysis, catalog);
  if (family?.verdict) return family.verdict;
  if (analysis.osFamily.value === 'macos') return 'unsupported';
  if (isVendorProduct(analysis, catalog)) return 'vendor';
  return (analysis.stock.value ?? family !== undefined) ? 'catalog' : 'rebuild';
}

/** An appliance is known by its vendor, not by the distribution below it; a system that a seller only packaged is known by its distribution. */
function isVendorProduct(analysis: Analysis, catalog: Catalog): boolean {
  const known = catalog.releases.some(({ distro }) => distro === analysis.distro.value);
  return !known && (analysis.licence.value === 'vendor' || isMarketplace(analysis) || analysis.product?.value !== undefined);
}
