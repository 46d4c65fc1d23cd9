import { describe, expect, test } from 'vitest';
import type { Analysis, IssueCode } from '../../src/model/index.ts';
import { waveOf } from '../../src/survey/waves.ts';
import { ami, found, issuesOf, matched } from './told.ts';

function doubtful(licence: 'free' | 'payg', ...codes: readonly IssueCode[]): Analysis {
  const issues = codes.map((code) => ({ severity: 'warning' as const, code, message: 'm' }));
  return ami('ubuntu', '24.04', { issues, licence: found(licence), stock: found(false) });
}

/** The words asked for, the blocking issues of match, and the survey's wave: one truth. */
function asked(analysis: Analysis, accepted: readonly string[] = [], base = 'auto') {
  const match = matched(analysis, { licence: 'free', base, accept: { successor: [], without: [], source: accepted } });
  const question = match.questions.find(({ code }) => code === 'SOURCE_CHOICE');
  return [
    question?.options.map(({ value }) => value),
    question?.answer,
    issuesOf(match).filter((text) => text.startsWith('question')),
    waveOf({ match }, []).wave,
  ];
}

describe('what only the survey asked, match and plan ask too', () => {
  test('a name of another owner', () => {
    expect(asked(doubtful('free', 'OWNER_MISMATCH'))).toEqual([['owner-mismatch'], undefined, ['question SOURCE_CHOICE'], 3]);
    expect(asked(doubtful('free', 'OWNER_MISMATCH'), ['owner-mismatch'])).toEqual([['owner-mismatch'], 'owner-mismatch', [], 2]);
  });

  test('the terms of a vendor, on what it packaged and on what was made from it', () => {
    const analysis = doubtful('payg', 'VENDOR_TERMS', 'PRODUCT_CODE_INHERITED');
    expect(asked(analysis)).toEqual([['vendor-terms', 'product-code-inherited'], undefined, ['question SOURCE_CHOICE'], 3]);
    expect(asked(analysis, ['vendor-terms'])).toEqual([['product-code-inherited'], undefined, ['question SOURCE_CHOICE'], 3]);
    expect(asked(analysis, ['vendor-terms', 'product-code-inherited'])[3]).toBe(2);
  });

  test('a free system that Marketplace lists is free', () => {
    expect(asked(doubtful('free', 'VENDOR_TERMS', 'PRODUCT_CODE_INHERITED'))).toEqual([undefined, undefined, [], 2]);
  });

  test('who names a base has decided', () => {
    expect(asked(doubtful('payg', 'VENDOR_TERMS'), [], 'Canonical:ubuntu-24_04-lts:server')[0]).toBeUndefined();
  });
});
