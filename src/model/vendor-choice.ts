import * as z from 'zod';
import { Architecture, Generation, Licence } from './machine.ts';
import { list, record } from './schema.ts';

/** What an AMI of a vendor tells of itself; absent = nothing tells it. */
export const VendorTraits = record({
  edition: z.string().optional(),
  version: z.string().optional(),
  licence: Licence.optional(),
  tier: z.string().optional(),
  architecture: Architecture.optional(),
});
export type VendorTraits = z.infer<typeof VendorTraits>;

/** One of the vendor's own offers on Azure. */
export const VendorOffer = record({
  publisher: z.string(),
  offer: z.string(),
  sku: z.string().optional(),
  licence: Licence.optional(),
  version: z.string().optional(),
  generation: Generation.optional(),
  /** Whether Azure sells it to the subscription in the location; absent = it was not asked. */
  sold: z.boolean().optional(),
  /** The newest version that Azure sells there. */
  newest: z.string().optional(),
});
export type VendorOffer = z.infer<typeof VendorOffer>;

/** What Microsoft's guide "Migrate from Amazon EC2" has checked before a vendor's offer takes an AMI's place. */
export const VENDOR_CHECKS = ['sizes', 'network features', 'disk layout', 'performance', 'licence and support'] as const;

/** One of the five points: what the AMI shows of it, and what to confirm with the vendor. */
export const VendorCheck = record({ subject: z.enum(VENDOR_CHECKS), ami: z.string(), confirm: z.string() });
export type VendorCheck = z.infer<typeof VendorCheck>;

/** The vendor's offers that fit an AMI, one or two, with what they change, what nothing tells, and what to check. */
export const VendorChoice = record({
  /** Id in `catalog/products/`. */
  product: z.string(),
  title: z.string(),
  traits: VendorTraits,
  offers: list(VendorOffer),
  differences: list(z.string()),
  /** What nobody can know from the AMI and a person has to say, one question each. */
  open: list(z.string()),
  checks: list(VendorCheck),
});
export type VendorChoice = z.infer<typeof VendorChoice>;

/** publisher:offer[:sku]. */
export function formatOffer({ publisher, offer, sku }: Pick<VendorOffer, 'publisher' | 'offer' | 'sku'>): string {
  return [publisher, offer, sku].filter((part) => part !== undefined).join(':');
}

/** The same, with what Azure says of it where it was asked. */
export function soldOffer(offer: VendorOffer): string {
  return offer.newest === undefined ? formatOffer(offer) : `${formatOffer(offer)} (version ${offer.newest} is sold to this subscription)`;
}
