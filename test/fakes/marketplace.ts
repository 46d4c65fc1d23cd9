import type { ImageFacts, PurchasePlan, Urn } from '../../src/model/index.ts';
import type { Marketplace } from '../../src/ports.ts';

type Sold = Partial<Omit<ImageFacts, 'urn'>> & { readonly version?: string };

/** A Marketplace that sells what it is given (publisher:offer:sku -> facts), and writes down every question. */
export function fakeMarketplace(
  sold: Readonly<Record<string, Sold>>,
  accepted: boolean | undefined = true,
): Marketplace & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const find = ({ publisher, offer, sku }: Omit<Urn, 'version'>) => sold[`${publisher}:${offer}:${sku}`];
  return {
    asked,
    async versions(subscription, location, image) {
      asked.push(`versions ${subscription} ${location} ${image.publisher}:${image.offer}:${image.sku}`);
      const found = find(image);
      return found ? [found.version ?? '1.0.0'] : [];
    },
    async facts(subscription, location, urn) {
      asked.push(`facts ${subscription} ${location} ${urn.publisher}:${urn.offer}:${urn.sku}:${urn.version}`);
      const found = find(urn);
      if (!found || (found.version ?? '1.0.0') !== urn.version) return undefined;
      const { version: _, ...facts } = found;
      return {
        urn,
        osType: 'Linux',
        architecture: 'x64',
        generation: 'V2',
        features: [],
        plan: undefined,
        deprecation: { state: 'Active' },
        ...facts,
      };
    },
    async termsAccepted(subscription: string, plan: PurchasePlan) {
      asked.push(`terms ${subscription} ${plan.publisher}:${plan.product}:${plan.name}`);
      return accepted;
    },
  };
}
