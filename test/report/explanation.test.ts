import { expect, test } from 'vitest';
import { renderExplanation } from '../../src/report/index.ts';
import { EXPLAINED } from './fixture.ts';

test('the whole reasoning as a tree', async () => {
  await expect(renderExplanation(EXPLAINED.analysis, EXPLAINED.match, EXPLAINED.plan)).toMatchFileSnapshot('golden/explanation.txt');
});

test('without a match only the findings are told', () => {
  const text = renderExplanation({ ...EXPLAINED.analysis, ancestry: [] });
  expect(text.split('\n').slice(0, 3)).toEqual([
    'web-golden: ami-064b0f5e3937918bf web-golden-2026-10-01 in eu-west-1',
    '└─ what the AMI is',
    '   ├─ AMI family: ubuntu (high confidence)',
  ]);
});

test('a question shows its answer, or where to give it', () => {
  const question = {
    code: 'LICENCE_CHOICE' as const,
    text: 'Who is paid?',
    options: [{ value: 'payg', consequence: 'Azure bills' }],
    answerWith: 'licence',
  };
  const match = { ...EXPLAINED.match, candidates: [], rejected: [], questions: [question, { ...question, answer: 'payg' }] };
  const lines = renderExplanation(EXPLAINED.analysis, match).split('\n');
  expect(lines.slice(lines.indexOf('└─ questions'))).toEqual([
    '└─ questions',
    '   ├─ Who is paid? (answer with `licence`)',
    '   │  └─ payg: Azure bills',
    '   └─ Who is paid? (answered: payg)',
    '      └─ payg: Azure bills',
    '',
  ]);
});
