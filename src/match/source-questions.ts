import { type Analysis, type Licence, type Question, SOURCE_DOUBTS, type SourceDoubt } from '../model/index.ts';
import type { Wishes } from './option.ts';

/** What is to be decided about an AMI that anybody named so, or that carries somebody's terms: issue code -> its word. */
const DOUBTS: Readonly<Record<string, SourceDoubt>> = {
  OWNER_MISMATCH: 'owner-mismatch',
  VENDOR_TERMS: 'vendor-terms',
  PRODUCT_CODE_INHERITED: 'product-code-inherited',
};

const CONSEQUENCES: Readonly<Record<SourceDoubt, string>> = {
  'owner-mismatch': 'its owner is trusted to have named it for what it is',
  'vendor-terms': "what the vendor sells beside the system is not wanted, or its terms allow it on a base of one's own",
  'product-code-inherited': 'the Marketplace product that it was made from is not wanted any more',
};

/**
 * Whether the AMI may be rebuilt at all, asked once for all doubts. A free system that Marketplace lists has no terms to decide about, and who names a
 * base has decided.
 */
export function sourceQuestions({ issues, licence }: Analysis, wishes: Wishes): readonly Question[] {
  if (wishes.base !== 'auto') return [];
  const found = new Set(issues.flatMap(({ code }) => DOUBTS[code] ?? []));
  const doubts = SOURCE_DOUBTS.filter((doubt) => found.has(doubt) && !isEmpty(doubt, licence.value));
  if (doubts.length === 0) return [];
  const open = doubts.filter((doubt) => !wishes.accept.source.includes(doubt));
  const asked = open.length > 0 ? open : doubts;
  return [
    {
      code: 'SOURCE_CHOICE',
      text: `The AMI has what speaks against it (${asked.join(', ')}): is it to be rebuilt all the same?`,
      options: asked.map((value) => ({ value, consequence: CONSEQUENCES[value] })),
      answerWith: 'accept.source',
      answer: open.length > 0 ? undefined : doubts.join(', '),
    },
  ];
}

function isEmpty(doubt: SourceDoubt, licence: Licence | undefined): boolean {
  return doubt !== 'owner-mismatch' && licence === 'free';
}
