import * as z from 'zod';
import type { ImageFacts } from '../../../model/index.ts';
import { Architecture, Feature, Generation, PurchasePlan, Urn } from '../../../model/machine.ts';
import { list, record } from '../../../model/schema.ts';
import type { Clock, Marketplace } from '../../../ports.ts';
import { memoise } from '../../memoise.ts';

/** An answer as it is kept. */
export interface Kept {
  readonly value: unknown;
  readonly expires: Date;
}

/** Where answers are kept between runs. It never fails: what cannot be read is not there, what cannot be written is not kept. */
export interface AnswerStore {
  read(key: string): Promise<Kept | undefined>;
  write(key: string, kept: Kept): Promise<void>;
}

export interface CacheOptions {
  /** Address of the cloud's Resource Manager: two clouds never share an answer. */
  readonly cloud: string;
  readonly store: AnswerStore;
  readonly clock: Clock;
}

/** Publishers release a few times a month; the tools looked at keep such answers for a day (facts of `catalog.md` §5.1). */
const DAY = 24 * 60 * 60 * 1000;
/** What was not there may have been bought, shared or replicated a moment ago. */
const HOUR = 60 * 60 * 1000;

const Versions = list(z.string());
const Facts = record({
  urn: Urn,
  osType: z.enum(['Linux', 'Windows']),
  architecture: Architecture,
  generation: Generation,
  features: list(Feature),
  plan: PurchasePlan.optional(),
  deprecation: record({
    state: z.enum(['Active', 'ScheduledForDeprecation', 'Deprecated']),
    scheduled: z.string().optional(),
    alternative: z.string().optional(),
  }),
});
/** JSON has no undefined. */
const NoFacts = z.null();
const Accepted = z.literal(true);

/**
 * A Marketplace whose answers are kept: for a day, or an hour where it had nothing. Only accepted terms are kept, since whoever accepts them a minute
 * later must not be told otherwise. Everything is kept by subscription: an offer may be private to one, and nothing in the answer tells.
 */
export function cached(marketplace: Marketplace, options: CacheOptions): Marketplace {
  const { read, write } = answersOf(options);
  return {
    versions: memoise(async (subscription: string, location: string, image: Omit<Urn, 'version'>) => {
      const key = ['versions', subscription, location, image.publisher, image.offer, image.sku];
      const known = await read(key, Versions);
      if (known) return known;
      const value = await marketplace.versions(subscription, location, image);
      await write(key, value, value.length > 0 ? DAY : HOUR);
      return value;
    }),
    facts: memoise(async (subscription: string, location: string, urn: Urn): Promise<ImageFacts | undefined> => {
      const key = ['facts', subscription, location, urn.publisher, urn.offer, urn.sku, urn.version];
      const known = await read(key, z.union([Facts, NoFacts]));
      if (known !== undefined) return known === null ? undefined : { ...known, urn, plan: known.plan };
      const value = await marketplace.facts(subscription, location, urn);
      await write(key, value ?? null, value ? DAY : HOUR);
      return value;
    }),
    async termsAccepted(subscription, plan) {
      const key = ['terms', subscription, plan.publisher, plan.product, plan.name];
      if (await read(key, Accepted)) return true;
      const value = await marketplace.termsAccepted(subscription, plan);
      if (value === true) await write(key, value, DAY);
      return value;
    },
  };
}

/** The store by keys of this cloud, with what has expired or looks wrong left out. */
function answersOf({ cloud, store, clock }: CacheOptions) {
  const now = () => clock.now().getTime();
  return {
    async read<Value>(key: readonly string[], schema: z.ZodType<Value>): Promise<Value | undefined> {
      const found = await store.read(keyOf([cloud, ...key]));
      if (found === undefined || found.expires.getTime() <= now()) return undefined;
      return schema.safeParse(found.value).data;
    },
    write(key: readonly string[], value: unknown, milliseconds: number): Promise<void> {
      return store.write(keyOf([cloud, ...key]), { value, expires: new Date(now() + milliseconds) });
    },
  };
}

/** Azure compares all of these without regard to case. */
function keyOf(parts: readonly string[]): string {
  return JSON.stringify(parts).toLowerCase();
}
