import { type Issue, MAX_ANCESTORS, nextAncestor } from '../../model/index.ts';
import type { Clues } from '../clues.ts';
import { amiWord } from './wording.ts';

/** Notes where the chain of source AMIs could not be followed to its end, and why. */
export function lineageIssues({ ami, ancestry }: Clues): readonly Issue[] {
  const last = ancestry.at(-1) ?? ami;
  if (last.sourceImageId === undefined) return [];
  const source = last.sourceImageId;
  if (nextAncestor([ami, ...ancestry]) === undefined) {
    const reason = ancestry.length >= MAX_ANCESTORS ? `is longer than ${MAX_ANCESTORS}` : `returns to ${source}`;
    return [
      {
        severity: 'info',
        code: 'ANCESTRY_CUT',
        message: `the chain of AMIs behind ${amiWord(ami)} ${reason} and was not followed further`,
      },
    ];
  }
  return [
    {
      severity: 'info',
      code: 'ANCESTOR_UNREADABLE',
      message: `${amiWord(last)} was made from ${source}${last.sourceImageRegion === undefined ? '' : ` in ${last.sourceImageRegion}`}, which this account cannot read`,
      hint: 'it may be deleted, private to another account, or in a region that is not enabled',
    },
  ];
}
