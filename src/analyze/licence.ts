import type { AmiFamily } from '../catalog/schema.ts';
import type { Finding, Licence } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { type Clue, decide } from './decide.ts';
import { bestMatch, clueFrom } from './identify-family.ts';
import { isMarketplaceProduct } from './product.ts';

/**
 * Who pays whom for the operating system. A billing code that names a licence decides, since copies inherit it; a free system that its own
 * publisher lists on Marketplace stays free, any other Marketplace product is the vendor's; else the AMI's family decides, or what its publisher
 * sells under that code; last, a product known by its name alone is its vendor's. A family that is sold, under a code that does not bill it, stays unknown: such an AMI was
 * registered anew from a snapshot, or its licence was brought along.
 */
export function findLicence(clues: Clues, distro: string | undefined, product: Finding<string> | undefined): Finding<Licence> {
  const billed = fromBilling(clues);
  if (billed.length > 0) return decide(billed);
  const vendor = fromMarketplace(clues);
  if (vendor.length > 0) return decide(listedFree(clues) ?? vendor);
  const system = [...fromFamily(clues), ...fromPublisher(clues), ...fromHints(clues, distro), ...fromDisk(clues, distro)];
  const family = system.length > 0 ? system : fromProduct(product);
  return lacksBill(clues) ? { ...decide([...family, ...unbilled(clues)]), value: undefined, confidence: 'none' } : decide(family);
}

/** True when the distribution is one that is sold, so that an unknown licence needs an answer. */
export function isSold({ matches, hints, onDisk, rules }: Clues, distro: string | undefined): boolean {
  const best = bestMatch(matches);
  const known = onDisk.distro.length > 0 ? rules.families.map(({ family }) => family) : hints.map(({ family }) => family);
  const families = best ? [best.family] : known.filter((family) => family.distro === distro);
  return families.some(({ licence }) => licence === 'payg' || licence === 'byos');
}

function fromBilling({ billing }: Clues): readonly Clue<Licence>[] {
  const parts = billing.kind === 'known' ? billing.parts : [];
  return parts.flatMap(({ licence, usageOperation }): Clue<Licence>[] =>
    licence ? [{ value: licence, from: 'UsageOperation', observed: usageOperation, confidence: 'high', source: 'catalog/billing' }] : [],
  );
}

function fromMarketplace({ ami }: Clues): readonly Clue<Licence>[] {
  const codes = ami.productCodes.map(({ id }) => id).join(', ');
  return isMarketplaceProduct(ami)
    ? [{ value: 'vendor', from: 'ProductCodes', observed: codes === '' ? 'owned by AWS Marketplace' : codes, confidence: 'medium' }]
    : [];
}

/** A copy inherits the product code, not the listing: that it is free says the family all the same. */
function listedFree(clues: Clues): readonly Clue<Licence>[] | undefined {
  const best = bestMatch(clues.matches);
  return best?.confidence !== 'low' && best?.family.licence === 'free' ? fromFamily(clues) : undefined;
}

/** A product of unknown system: whoever copied it, the vendor licenses it. */
function fromProduct(product: Finding<string> | undefined): readonly Clue<Licence>[] {
  const [found] = product?.evidence ?? [];
  return found === undefined
    ? []
    : [{ value: 'vendor', from: found.from, observed: found.observed, confidence: 'low', source: found.source }];
}

/** What all families of the publisher that go by this billing code have in common. */
function fromPublisher({ publisher, billing }: Clues): readonly Clue<Licence>[] {
  if (publisher === undefined || billing.kind !== 'known') return [];
  const families = publisher.families.filter(({ usageOperations }) => usageOperations.includes(billing.code));
  const value = families[0]?.licence;
  if (value === undefined || families.some(({ licence }) => licence !== value)) return [];
  return [{ value, from: publisher.from, observed: publisher.owner, confidence: 'low', source: 'catalog/amis' }];
}

function fromFamily({ matches }: Clues): readonly Clue<Licence>[] {
  const best = bestMatch(matches);
  return best?.family.licence === undefined ? [] : [clueFrom(best, best.family.licence)];
}

/** A free distribution named in a text is free whoever built the image; a name of a sold one says nothing about who pays. */
function fromHints({ matches, hints }: Clues, distro: string | undefined): readonly Clue<Licence>[] {
  const free = matches.length > 0 ? [] : hints.filter(({ family }) => family.distro === distro && family.licence === 'free');
  return free.map(({ family, from, observed }) => ({
    value: 'free',
    from,
    observed,
    confidence: 'low',
    source: `catalog/amis/${family.id}`,
  }));
}

/** A distribution that is seen on the disk, and that nobody sells, is free. */
function fromDisk({ matches, onDisk, rules }: Clues, distro: string | undefined): readonly Clue<Licence>[] {
  const families = rules.families.filter(({ family }) => family.distro === distro);
  if (matches.length > 0 || families.length === 0 || families.some(({ family }) => family.licence !== 'free')) return [];
  return onDisk.distro.map(({ from, observed }) => ({ value: 'free', from, observed, confidence: 'medium', source: 'catalog/amis' }));
}

function lacksBill({ billing, matches }: Clues): boolean {
  const family: AmiFamily | undefined = bestMatch(matches)?.family;
  return billing.kind === 'known' && family?.licence === 'payg' && !family.usageOperations.includes(billing.code);
}

function unbilled({ billing }: Clues): readonly Clue<Licence>[] {
  const observed = billing.kind === 'known' ? billing.code : 'absent';
  return [{ value: 'byos', from: 'UsageOperation', observed, confidence: 'medium', source: 'catalog/billing' }];
}
