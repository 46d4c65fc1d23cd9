import * as z from 'zod';
import { list, record } from './schema.ts';

/** From the least to the most of something. */
export const Range = record({ least: z.number(), most: z.number() });
export type Range = z.infer<typeof Range>;

/** What a build and the version that it makes will use, and what the range rests on. */
export const ForecastItem = record({
  what: z.enum(['build-vm', 'test-vms', 'storage', 'egress']),
  /** The VM size, or the storage of the replicas; absent for egress. */
  of: z.string().optional(),
  /** VM hours of one build; GB per month while the versions are kept; GB that leave the region of the build once. */
  unit: z.enum(['VM hours', 'GB per month', 'GB']),
  quantity: Range,
  assumption: z.string(),
  /** In the currency of the price file; absent where it names no price. */
  cost: Range.optional(),
});
export type ForecastItem = z.infer<typeof ForecastItem>;

/** The price file that quantities were turned into money with. */
export const PriceSource = record({ file: z.string(), currency: z.string(), date: z.iso.date(), source: z.string() });
export type PriceSource = z.infer<typeof PriceSource>;

/** Quantities as ranges; money only where a price file of the user's says what one costs. */
export const Forecast = record({ items: list(ForecastItem), prices: PriceSource.optional() });
export type Forecast = z.infer<typeof Forecast>;
