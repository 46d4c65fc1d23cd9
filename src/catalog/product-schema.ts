import * as z from 'zod';
import { Architecture, Generation, Licence } from '../model/index.ts';
import { list, record } from '../model/schema.ts';
import { fact, optionalList } from './fact.ts';

/** What sets one offer of a vendor apart from its others; an AMI's signs and an offer state them in the same words. */
const told = {
  /** The product among those of the file, for example `fortigate` or `fortimanager`. */
  edition: z.string().optional(),
  licence: Licence.optional(),
  /** What is bought of it: a throughput (`25mbps`) or a bundle (`bundle1`). */
  tier: z.string().optional(),
};

/** A mark of an AMI and what it tells: an AWS Marketplace product code, or an ECMAScript pattern over the name (case does not matter). */
const Sign = record({
  code: z.string().optional(),
  name: z.string().optional(),
  architecture: Architecture.optional(),
  ...told,
}).refine(({ code, name }) => (code === undefined) !== (name === undefined), 'a sign has either a code or a name');

/** One image that the vendor sells on Azure. */
const Offer = record({
  publisher: z.string(),
  offer: z.string(),
  sku: z.string().optional(),
  /** ECMAScript pattern over the AMI's name (case does not matter): the offer is for these AMIs only; absent = for all of the product. */
  only: z.string().optional(),
  /** The product's release that the offer holds on to, for example `7.2`; absent where the image version is chosen at deployment. */
  version: z.string().optional(),
  architecture: Architecture.default('x64'),
  generation: Generation.optional(),
  ...told,
});

/** A vendor's appliance on AWS and the vendor's own offers on Azure. */
export const Product = record({
  id: z.string(),
  vendor: z.string(),
  title: z.string(),
  /** ECMAScript pattern over the AMI's name. */
  namePattern: z.string(),
  /** Names that the pattern must match; most are composed, since few listings are public. */
  nameExamples: optionalList(z.string()),
  productCodes: optionalList(z.string()),
  /** The vendor's own AWS accounts, where it publishes beside Marketplace. */
  owners: optionalList(z.string().regex(/^\d{12}$/)),
  /** ECMAScript pattern over the AMI's name, then its description, whose group `version` is the product's version. */
  versionPattern: z.string().optional(),
  /** The first sign of an AMI that tells something decides it; codes go before names. */
  signs: optionalList(Sign),
  /** The newest first among those that differ in nothing else. */
  offers: list(Offer),
  /** What the vendor itself says of the five points that Microsoft's guide has checked, where it was read; `source` names the pages. */
  checks: record({
    sizes: z.string().optional(),
    network: z.string().optional(),
    disks: z.string().optional(),
    performance: z.string().optional(),
    licence: z.string().optional(),
  }).default({}),
  notes: optionalList(z.string()),
  ...fact,
});
export type Product = z.infer<typeof Product>;
