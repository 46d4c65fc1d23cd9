import type { Catalog, Product } from '../catalog/schema.ts';
import type { Analysis, Licence } from '../model/index.ts';

type Offer = Product['offers'][number];

/** Vendors with dozens of offers differ in sizes only after the first few. */
const SHOWN = 10;
const SAME_LICENCE = 20;
const OTHER_ARCHITECTURE = -50;

/**
 * publisher:offer[:sku] of the vendor's own offers on Azure, best first: those that share most words with the AMI's name, its licence model and its
 * architecture; the catalog's order among equals. Empty where the product is unknown.
 */
export function vendorOffers(analysis: Analysis, { products }: Catalog): readonly string[] {
  const found = products.find(({ id }) => id === analysis.product?.value);
  const meant = (found?.offers ?? []).filter(({ only }) => only === undefined || new RegExp(only, 'i').test(analysis.ami.name ?? ''));
  const scored = meant.map((offer) => ({ offer, score: scoreOf(offer, analysis) }));
  const sorted = scored.toSorted((a, b) => b.score - a.score).map(({ offer }) => textOf(offer));
  return [...new Set(sorted)].slice(0, SHOWN);
}

function textOf({ publisher, offer, sku }: Offer): string {
  return [publisher, offer, sku].filter((part) => part !== undefined).join(':');
}

function scoreOf({ publisher, offer, sku = '', licence }: Offer, { ami, architecture }: Analysis): number {
  const name = packed(ami.name ?? '');
  const words = new Set(`${offer} ${sku}`.toLowerCase().split(/[^a-z0-9]+/));
  const shared = [...words].filter((word) => word.length > 1 && !packed(publisher).includes(word) && name.includes(word));
  const model = licenceModel(ami.name ?? '');
  const wrongArchitecture = (architecture.value === 'arm64') !== /arm64/i.test(sku) && words.has('arm64');
  return (
    shared.reduce((sum, word) => sum + word.length, 0) +
    (model !== undefined && licence === model ? SAME_LICENCE : 0) +
    (wrongArchitecture ? OTHER_ARCHITECTURE : 0)
  );
}

function packed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** Vendors write into an AMI's name whether the licence is brought along or billed by the hour. */
function licenceModel(name: string): Licence | undefined {
  if (/byol|bring[-_ ]?your[-_ ]?own/i.test(name)) return 'byos';
  return /payg|pay[-_ ]?as[-_ ]?you[-_ ]?go|on-?demand|hourly/i.test(name) ? 'payg' : undefined;
}
