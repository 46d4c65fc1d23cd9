import { expect, test } from 'vitest';
import type { BaseMatch } from '../../src/model/index.ts';
import { waveOf } from '../../src/survey/waves.ts';
import { aCandidate } from '../fakes/values.ts';
import { judgedAs } from './judged-as.ts';

const question = { code: 'LICENCE_CHOICE' as const, text: 'Who supplies the licence?', options: [], answerWith: 'licence' };
const chosen = aCandidate();

function wave(match: Partial<BaseMatch>, ...warnings: readonly string[]): string {
  const { wave: number, reasons } = waveOf(judgedAs({}, {}, { chosen, ...match }), warnings);
  return [number, ...reasons].join(' | ');
}

test.each<readonly [string, Partial<BaseMatch>, readonly string[], string]>([
  ['a catalog match', { verdict: 'catalog' }, [], '1 | the catalog has the same system, and nothing is left to ask'],
  [
    'warnings that ask nothing',
    { verdict: 'catalog' },
    ['data-disks', 'deprecated-ami', 'encrypted-snapshot'],
    '1 | the catalog has the same system, and nothing is left to ask',
  ],
  ['a rebuild', {}, [], '2 | its system is known and has a base: its content is rebuilt by a recipe'],
  ['no base', { chosen: undefined }, [], '3 | no base in the catalog fits it: name one'],
  ['an open question', { verdict: 'catalog', questions: [question] }, ['payg-licence'], '3 | Who supplies the licence?'],
  [
    'an answered question',
    { verdict: 'catalog', questions: [{ ...question, answer: 'payg' }] },
    ['payg-licence'],
    '1 | the catalog has the same system, and nothing is left to ask',
  ],
  [
    'a release past its end that stays where it is: what leaves it is a question of match',
    { verdict: 'catalog' },
    ['eol-source'],
    '1 | the catalog has the same system, and nothing is left to ask',
  ],
  ['an unknown system', { chosen: undefined }, ['unknown-os'], '3 | nothing tells its system: look inside, then name a base'],
  [
    "a vendor's product",
    { verdict: 'vendor', chosen: undefined },
    ['vendor-terms'],
    "3 | it is a vendor's product: its own offer is deployed anew",
  ],
  [
    'a system that no guest script changes',
    { verdict: 'catalog', issues: [{ severity: 'error', code: 'GUEST_UNSUPPORTED', message: 'no scripts' }] },
    ['eol-source'],
    '4 | the Marketplace image of its system is deployed as it is: regild changes nothing inside that system',
  ],
  ['another service', { verdict: 'different-service', chosen: undefined }, ['eol-source'], '4 | Azure does its job with another service'],
  ['nothing', { verdict: 'unsupported', chosen: undefined }, [], '4 | nothing on Azure can carry it'],
])('%s', (_name, match, warnings, expected) => {
  expect(wave(match, ...warnings)).toBe(expected);
});
