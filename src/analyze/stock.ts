import type { Finding } from '../model/index.ts';
import type { Clues } from './clues.ts';
import { decide } from './decide.ts';
import { bestMatch, type FamilyMatch } from './identify-family.ts';
import { isMarketplaceOwned, ownerOf } from './owner.ts';

/** Whether the AMI is its publisher's own, or was customised or copied by somebody else. */
export function findStock({ ami, matches, publisher }: Clues): Finding<boolean> {
  const best = bestMatch(matches);
  if (best !== undefined && isPublishers(best)) {
    return decide([
      { value: true, from: best.from, observed: best.observed, confidence: best.confidence, source: `catalog/amis/${best.family.id}` },
    ]);
  }
  if (publisher !== undefined) {
    return decide([{ value: true, from: publisher.from, observed: publisher.owner, confidence: 'medium', source: 'catalog/amis' }]);
  }
  if (isMarketplaceOwned(ami)) return decide([{ value: true, from: ownerOf(ami).from, observed: 'AWS Marketplace', confidence: 'medium' }]);
  const { id, from } = ownerOf(ami);
  const observed = id ?? 'absent';
  return decide([{ value: false, from, observed, confidence: id === undefined ? 'low' : 'high' }]);
}

/** A family without known owners proves nothing by its name alone. */
function isPublishers({ inherited, foreignOwner, confidence, family }: FamilyMatch): boolean {
  return !inherited && !foreignOwner && (family.owners.length > 0 || confidence !== 'low');
}
