import * as z from 'zod';
import { record } from './schema.ts';

/**
 * Why Azure makes no VM of a size at the moment, by class of error: the size is not offered to the subscription or not free (`not-available`), the
 * location has no room (`no-room`), a zone has none (`zone-full`), no host meets everything that is asked at once (`too-many-wishes`), or the quota
 * is used up.
 */
export const Shortage = z.enum(['not-available', 'no-room', 'zone-full', 'too-many-wishes', 'quota']);
export type Shortage = z.infer<typeof Shortage>;

/** Where a VM is asked for: its size, and the zone where one is wished. */
export interface VmPlace {
  readonly vmSize: string;
  readonly zone?: string | undefined;
}

/** A size, in a zone where one was named, that a VM was not made of, and why. */
export const TriedPlace = record({
  vmSize: z.string(),
  zone: z.string().optional(),
  /** `unfit`: the size cannot run the image there, and was not asked for. */
  why: z.enum([...Shortage.options, 'unfit']),
  /** What Azure said, or what keeps the size from running the image. */
  said: z.string(),
});
export type TriedPlace = z.infer<typeof TriedPlace>;

/**
 * By code where ARM or Packer names it; a deployment's validation tells of a size only in words. The order counts: the codes contain each other.
 * Sources: azure-resource-manager/troubleshooting/error-sku-not-available and error-resource-quota; virtual-machines/windows/allocation-failure.
 */
const SHORTAGES: readonly { readonly shortage: Shortage; readonly said: RegExp }[] = [
  { shortage: 'zone-full', said: /\b(?:Overconstrained)?ZonalAllocation(?:Failed|Request)\b/ },
  { shortage: 'too-many-wishes', said: /\bOverconstrainedAllocationRequest\b/ },
  { shortage: 'no-room', said: /\bAllocationFailed\b/ },
  { shortage: 'quota', said: /\bQuotaExceeded\b|exceeding (?:approved .{0,80}|quota limit of .{0,80})(?:quota|Cores)\b/i },
  { shortage: 'not-available', said: /\bSkuNotAvailable\b|requested (?:VM )?size\b.{0,400}\bis currently not available in location\b/is },
];

/** The class of what Azure or Packer said; undefined for anything but a lack of room. */
export function shortageIn(said: string): Shortage | undefined {
  return SHORTAGES.find((one) => one.said.test(said))?.shortage;
}

/** Whether the quota that is used up is that of all sizes of the location together, and not of one family. */
export function isOfAllSizes(said: string): boolean {
  return /Total Regional (?:v?CPUs?|Cores)|quota limit of cores\b/i.test(said);
}

/** Every place in which a VM may stand: each size in its order, in each zone in its order. */
export function placesOf(sizes: readonly string[], zones: readonly string[] = []): readonly VmPlace[] {
  return sizes.flatMap((vmSize): readonly VmPlace[] => (zones.length === 0 ? [{ vmSize }] : zones.map((zone) => ({ vmSize, zone }))));
}

/** `Standard_D2s_v5 in zone 2`. */
export function placeName({ vmSize, zone }: VmPlace): string {
  return zone === undefined ? vmSize : `${vmSize} in zone ${zone}`;
}
