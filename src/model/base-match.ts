import * as z from 'zod';
import { Confidence } from './confidence.ts';
import { Code, Issue } from './issue.ts';
import { Architecture, Feature, Generation, Licence, PurchasePlan, Urn } from './machine.ts';
import { artifact, list, record } from './schema.ts';
import { VendorChoice } from './vendor-choice.ts';

/** The road an AMI takes: catalog to catalog, rebuilt on a clean base, the vendor's own offer, another service, or none. */
export const Verdict = z.enum(['catalog', 'rebuild', 'vendor', 'different-service', 'unsupported']);
export type Verdict = z.infer<typeof Verdict>;

/** One argument for or against a candidate. Points add up to the score, so that the ranking can be recalculated by hand. */
export const Reason = record({ code: z.string(), text: z.string(), points: z.number().int() });
export type Reason = z.infer<typeof Reason>;

export const Candidate = record({
  /** Id in `catalog/bases/`. */
  base: z.string(),
  /** Exact version when it was checked live, `latest` otherwise. */
  urn: Urn,
  distro: z.string(),
  version: z.string(),
  generation: Generation,
  architecture: Architecture,
  licence: Licence,
  plan: PurchasePlan.optional(),
  features: list(Feature),
  osDiskSizeGB: z.number().int().optional(),
  score: z.number().int(),
  reasons: list(Reason),
  /** What a team must expect to be different from the AMI. */
  differences: list(z.string()),
  confidence: Confidence,
  /** True when ARM confirmed this version in the target location. */
  live: z.boolean(),
});
export type Candidate = z.infer<typeof Candidate>;

/** A choice that costs money or changes a contract, with the options and where to answer. */
export const Question = record({
  code: Code,
  text: z.string(),
  options: list(record({ value: z.string(), consequence: z.string() })),
  /** The manifest key that answers it, for example `licence`. */
  answerWith: z.string(),
  answer: z.string().optional(),
});
export type Question = z.infer<typeof Question>;

export const BaseMatch = artifact('BaseMatch', {
  image: z.string(),
  verdict: Verdict,
  confidence: Confidence,
  /** Absent when no base can carry the image. */
  chosen: Candidate.optional(),
  /** Best first; `chosen` is among them. */
  candidates: list(Candidate),
  rejected: list(record({ base: z.string(), urn: z.string(), reason: z.string() })),
  /** For a vendor's product that the catalog knows: what the vendor offers on Azure in its place. */
  vendor: VendorChoice.optional(),
  questions: list(Question),
  issues: list(Issue),
});
export type BaseMatch = z.infer<typeof BaseMatch>;
