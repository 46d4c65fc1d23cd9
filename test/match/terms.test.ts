import { expect, test } from 'vitest';
import { termsIssue } from '../../src/match/terms.ts';
import { aCandidate } from '../fakes/values.ts';

const PLAN = { publisher: 'resf', product: 'rockylinux-x86_64', name: '9-base' };
const hint = 'az vm image terms accept --urn Canonical:ubuntu-24_04-lts:server:24.04.202611010 --subscription sub-1';

test.each([
  ['accepted', true, aCandidate({ plan: PLAN }), []],
  ['a base without a plan', undefined, aCandidate(), []],
  ['a base without a plan, of which Azure says no', false, aCandidate(), []],
  [
    'nobody may ask',
    undefined,
    aCandidate({ plan: PLAN }),
    [
      {
        severity: 'warning',
        code: 'TERMS_UNKNOWN',
        message: 'this account may not ask whether the terms of plan resf:rockylinux-x86_64:9-base are accepted',
        hint,
      },
    ],
  ],
  [
    'not accepted',
    false,
    aCandidate({ plan: PLAN }),
    [
      {
        severity: 'error',
        code: 'TERMS_NOT_ACCEPTED',
        message: 'subscription sub-1 has not accepted the terms of plan resf:rockylinux-x86_64:9-base',
        hint,
      },
    ],
  ],
] as const)('the terms of a plan: %s', (_name, accepted, candidate, issues) => {
  expect(termsIssue(candidate, accepted, 'sub-1')).toEqual(issues);
});
