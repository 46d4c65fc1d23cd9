import type { Catalog } from '../../catalog/schema.ts';
import { type Analysis, formatOffer, type ImageSpec, type VendorChoice, type VendorOffer } from '../../model/index.ts';
import type { Marketplace } from '../../ports.ts';
import { vendorChoice } from './index.ts';

/** How often an offer that is not sold makes room for the next that fits. */
const ROUNDS = 8;

/**
 * The vendor's offers that fit the AMI, as Azure sells them to the subscription in the location: one that is not sold makes room for the next that fits,
 * and is told. Where Azure sells none, those that fit stay: they may be private, or sold in other countries. Throws what the Marketplace port throws.
 */
export async function soldChoice(
  analysis: Analysis,
  catalog: Catalog,
  { licence, target }: Pick<ImageSpec, 'licence' | 'target'>,
  marketplace: Pick<Marketplace, 'versions'>,
): Promise<VendorChoice | undefined> {
  const { subscription, location } = target;
  const where = `in ${location} to this subscription`;
  const best = vendorChoice(analysis, catalog, licence);
  const gone = new Set<string>();
  for (let choice = best, round = 0; choice !== undefined && choice.offers.length > 0 && round < ROUNDS; round += 1) {
    const asked = await Promise.all(choice.offers.map(askFor));
    for (const offer of asked.filter(isGone)) gone.add(formatOffer(offer));
    const offers = asked.filter((offer) => !isGone(offer));
    if (offers.length > 0) return { ...choice, offers, differences: [...choice.differences, ...notSold()] };
    choice = vendorChoice(analysis, catalog, licence, gone);
  }
  if (best === undefined || gone.size === 0) return best;
  return { ...best, open: [...best.open, `whether it can be bought: Azure sells none of the ${gone.size} offers that fit ${where}`] };

  async function askFor(offer: VendorOffer): Promise<VendorOffer> {
    const { publisher, offer: name, sku } = offer;
    if (sku === undefined) return offer;
    const [newest] = await marketplace.versions(subscription, location, { publisher, offer: name, sku });
    return newest === undefined ? { ...offer, sold: false } : { ...offer, sold: true, newest };
  }

  function notSold(): readonly string[] {
    return [...gone].map((offer) => `${offer} is not sold ${where}`);
  }
}

function isGone({ sold }: VendorOffer): boolean {
  return sold === false;
}
