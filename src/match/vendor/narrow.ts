import type { Product } from '../../catalog/schema.ts';
import { compareVersions, isWithin, type VendorTraits, versionNumbers } from '../../model/index.ts';

type Offer = Product['offers'][number];

/** What is left of a vendor's offers, how they differ from the AMI, and what nothing tells. */
export interface Narrowed {
  readonly offers: readonly Offer[];
  readonly differences: readonly string[];
  readonly open: readonly string[];
}

/** The vendor's offers that fit what the AMI tells: product, architecture, licence model, tier and version, in this order. */
export function narrow(offers: readonly Offer[], traits: VendorTraits): Narrowed {
  const steps = [byEdition, byArchitecture, byLicence, byTier, byVersion];
  return steps.reduce(
    (found: Narrowed, step) => {
      const next = step(found.offers, traits);
      return { offers: next.offers, differences: [...found.differences, ...next.differences], open: [...found.open, ...next.open] };
    },
    { offers, differences: [], open: [] },
  );
}

function byEdition(offers: readonly Offer[], { edition }: VendorTraits): Narrowed {
  const editions = statedOf(offers, ({ edition: stated }) => stated);
  if (edition === undefined) return left(offers, editions.length > 1 ? [`which of the products it is: ${editions.join(', ')}`] : []);
  const fitting = exactly(offers, ({ edition: stated }) => stated, edition);
  return fitting.length > 0 ? left(fitting) : left([], [`whether the vendor sells ${edition} on Azure: the catalog knows no offer of it`]);
}

function byArchitecture(offers: readonly Offer[], { architecture }: VendorTraits): Narrowed {
  if (architecture === undefined || offers.length === 0) return left(offers);
  const fitting = offers.filter((offer) => offer.architecture === architecture);
  return fitting.length > 0
    ? left(fitting)
    : left([], [`whether the vendor sells it for ${architecture}: the catalog knows no such offer`]);
}

function byLicence(offers: readonly Offer[], { licence }: VendorTraits): Narrowed {
  if (licence === undefined) return left(offers);
  const fitting = exactly(offers, modelOf, licence);
  if (fitting.length === 0) return left(offers, offers.length > 0 ? [`how it is licensed: the catalog knows no ${licence} offer`] : []);
  const isStated = fitting.some((offer) => modelOf(offer) !== undefined);
  return isStated
    ? left(fitting)
    : left(fitting, [`whether the offer's terms are ${licence}, as the AMI's are: they are the vendor's own`]);
}

/** `vendor` says only that there are terms, not which. */
function modelOf({ licence }: Offer): string | undefined {
  return licence === 'byos' || licence === 'payg' ? licence : undefined;
}

function byTier(offers: readonly Offer[], { tier }: VendorTraits): Narrowed {
  const tiers = statedOf(offers, ({ tier: stated }) => stated);
  const fitting = tier === undefined ? [] : exactly(offers, ({ tier: stated }) => stated, tier);
  if (fitting.length > 0) return left(fitting);
  if (tiers.length < 2 && tier === undefined) return left(offers);
  return left(offers, tiers.length > 0 ? [`which plan is bought: ${tiers.join(', ')}`] : []);
}

function byVersion(offers: readonly Offer[], { version }: VendorTraits): Narrowed {
  const stated = offers.filter((offer) => offer.version !== undefined).toSorted((a, b) => compareVersions(numbers(a), numbers(b)));
  const free = offers.filter((offer) => offer.version === undefined);
  if (stated.length === 0) return left(free);
  if (version === undefined) {
    const known = statedOf(stated, (offer) => offer.version);
    return left(free.length > 0 ? free : last(stated), known.length > 1 ? [`which version it is: ${known.join(', ')} are offered`] : []);
  }
  const wanted = versionNumbers(version);
  const same = stated.filter((offer) => isWithin(wanted, numbers(offer)));
  if (same.length > 0) return left(last(same));
  if (free.length > 0) return left(free);
  const newer = stated.find((offer) => compareVersions(numbers(offer), wanted) > 0);
  const nearest = newer ? stated.filter((offer) => offer.version === newer.version) : last(stated);
  return {
    offers: nearest,
    differences: [`version ${nearest[0]?.version} instead of ${version}, of which the catalog knows no offer`],
    open: [],
  };
}

/** The offers of the last, the newest or the most exact version. */
function last(offers: readonly Offer[]): readonly Offer[] {
  const version = offers.at(-1)?.version;
  return offers.filter((offer) => offer.version === version);
}

function numbers({ version = '' }: Offer): readonly number[] {
  return versionNumbers(version);
}

/** Offers that state the value; where none does, those that state nothing. */
function exactly(offers: readonly Offer[], read: (offer: Offer) => string | undefined, wanted: string): readonly Offer[] {
  const same = offers.filter((offer) => read(offer) === wanted);
  return same.length > 0 ? same : offers.filter((offer) => read(offer) === undefined);
}

function statedOf(offers: readonly Offer[], read: (offer: Offer) => string | undefined): readonly string[] {
  return [...new Set(offers.flatMap((offer) => read(offer) ?? []))];
}

function left(offers: readonly Offer[], open: readonly string[] = []): Narrowed {
  return { offers, differences: [], open };
}
