import * as z from 'zod';
import { Confidence } from '../model/confidence.ts';
import { Architecture, Generation, Licence, PurchasePlan } from '../model/machine.ts';
import { list, record } from '../model/schema.ts';
import { Base, Release } from './schema.ts';

/** What a base of a release says, in the short form of its file. */
const said = {
  version: z.string().optional(),
  variant: z.string().optional(),
  productVersion: z.string().optional(),
  architecture: Architecture.optional(),
  generation: Generation.optional(),
  licence: Licence.optional(),
  /** `true` is the plan that is named like the image, `false` none where the offer's others have one. */
  plan: z.union([z.boolean(), PurchasePlan]).optional(),
  /** Name -> value. What is not named was not seen, which does not mean that it is absent: match asks ARM. */
  features: z.record(z.string(), z.string()).optional(),
  osDiskSizeGB: z.number().int().optional(),
  layout: z.enum(['plain', 'lvm']).optional(),
  confidence: Confidence.optional(),
  supersededBy: z.string().optional(),
  deprecated: Base.unwrap().shape.deprecated,
  verified: z.iso.date().optional(),
};

/** An offer's images on Azure: what they share is said once, what differs beside each SKU. */
export const BaseGroup = record({
  publisher: z.string(),
  offer: z.string(),
  ...said,
  source: list(z.string()),
  skus: z.record(
    z.string(),
    record({
      /** Where `<offer>-<sku>` in small letters is not the id. */
      id: z.string().optional(),
      ...said,
      /** Which of the offer's sources name it, counted from 1; absent = all. */
      seenIn: list(z.number().int().min(1)).optional(),
    }),
  ),
});
export type BaseGroup = z.infer<typeof BaseGroup>;

/** The file of a release: as `Release`, with its bases in groups. Gives the release with every base in full; a base that lacks something is a problem at its SKU. */
export const ReleaseFile = z
  .strictObject({ ...Release.unwrap().shape, bases: list(BaseGroup) })
  .transform((file, context): Release => ({ ...file, bases: file.bases.flatMap((group, index) => basesOf(group, index, context)) }));

function basesOf(group: BaseGroup, index: number, context: z.RefinementCtx): readonly Base[] {
  return Object.entries(group.skus).flatMap(([sku, own]) => {
    const parsed = Base.safeParse(inFull(group, sku, own));
    if (parsed.success) return [parsed.data];
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: 'custom', path: ['bases', index, 'skus', sku, ...path], message });
    }
    return [];
  });
}

/** A SKU with what its offer says of all. */
function inFull({ skus: _, source, ...shared }: BaseGroup, sku: string, { seenIn, ...own }: BaseGroup['skus'][string]) {
  const { publisher, offer, features = {}, plan, ...rest } = { ...shared, ...own };
  return {
    id: idOf(offer, sku),
    ...rest,
    publisher,
    offer,
    sku,
    plan: plan === true ? { publisher: publisher.toLowerCase(), product: offer, name: sku } : plan || undefined,
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
    source: seenIn === undefined ? source : seenIn.map((number) => source[number - 1]),
  };
}

/** The id of a base that states none. */
export function idOf(offer: string, sku: string): string {
  return `${offer}-${sku}`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
}
