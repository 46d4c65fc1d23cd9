import type { AmiFamily } from '../catalog/schema.ts';
import type { Finding, Licence } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { type Clue, decide } from './decide.ts';
import { bestMatch, clueFrom } from './identify-family.ts';
import { isMarketplaceProduct } from './product.ts';

/**
 * Who pays whom for the operating system. A billing code that names a licence decides, since copies inherit it; a Marketplace product is the
 * vendor's; else the AMI's family decides. A family that is sold, under a code that does not bill it, stays unknown: such an AMI was
 * registered anew from a snapshot, or its licence was brought along.
 */
export function findLicence(clues: Clues, distro: string | undefined): Finding<Licence> {
  const billed = fromBilling(clues);
  if (billed.length > 0) return decide(billed);
  const vendor = fromMarketplace(clues);
  if (vendor.length > 0) return decide(vendor);
  const family = [...fromFamily(clues), ...fromHints(clues, distro)];
  return lacksBill(clues) ? { ...decide([...family, ...unbilled(clues)]), value: undefined, confidence: 'none' } : decide(family);
}

/** True when the distribution is one that is sold, so that an unknown licence needs an answer. */
export function isSold({ matches, hints }: Clues, distro: string | undefined): boolean {
  const best = bestMatch(matches);
  const families = best ? [best.family] : hints.map(({ family }) => family).filter((family) => family.distro === distro);
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

function lacksBill({ billing, matches }: Clues): boolean {
  const family: AmiFamily | undefined = bestMatch(matches)?.family;
  return billing.kind === 'known' && family?.licence === 'payg' && !family.usageOperations.includes(billing.code);
}

function unbilled({ billing }: Clues): readonly Clue<Licence>[] {
  const observed = billing.kind === 'known' ? billing.code : 'absent';
  return [{ value: 'byos', from: 'UsageOperation', observed, confidence: 'medium', source: 'catalog/billing' }];
}
