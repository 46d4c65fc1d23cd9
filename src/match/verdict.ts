import type { AmiFamily, Catalog, Product } from '../catalog/schema.ts';
import type { Analysis, Finding, Verdict } from '../model/index.ts';

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

/**
 * An appliance is known by its vendor, not by the distribution below it; a system that a seller only packaged is known by its distribution. What
 * Marketplace publishes under no system's name is a product, and so is what carries a product that more than its name vouches for.
 */
function isVendorProduct(analysis: Analysis, catalog: Catalog): boolean {
  if (isTrusted(analysis.amiFamily)) return false;
  if (isTrusted(analysis.product) || (isMarketplace(analysis) && analysis.stock.value === true)) return true;
  const known = catalog.releases.some(({ distro }) => distro === analysis.distro.value);
  return !known && (analysis.licence.value === 'vendor' || isMarketplace(analysis) || analysis.product?.value !== undefined);
}

function isTrusted(finding: Finding<string> | undefined): boolean {
  return finding?.confidence === 'high' || finding?.confidence === 'medium';
}
