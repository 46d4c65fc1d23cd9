import { expect, test } from 'vitest';
import { statedAnswers, unusedAnswers } from '../../src/commands/unused-answers.ts';
import type { ImageReport } from '../../src/model/index.ts';
import { aMatch, aSpec } from '../fakes/values.ts';

const accept = { successor: [], without: [], source: [] };
const specs = [
  aSpec({ name: 'web', accept: { ...accept, successor: ['almalinux-9'], without: ['ha'] } }),
  aSpec({ name: 'db', accept: { ...accept, successor: ['almalinux-9'], sharing: ['public'] } }),
];

/** An image whose match asks one question for each key, which these words would answer. */
function asking(asked: Readonly<Record<string, readonly string[]>>, answer?: string): Pick<ImageReport, 'match'> {
  const questions = Object.entries(asked).map(([answerWith, words]) => ({
    code: 'SUCCESSOR_CHOICE' as const,
    text: 'q',
    options: words.map((value) => ({ value, consequence: 'c' })),
    answerWith,
    answer,
  }));
  return { match: { ...aMatch(), questions } };
}

test('each answer counts once; what becomes of a gallery is not asked here; of a part of the fleet only the command line is judged', () => {
  const flag = { word: 'sap', from: '--accept' };
  expect(statedAnswers(['sap', 'withdraw'], specs, true)).toEqual([
    flag,
    { word: 'almalinux-9', from: 'accept.successor' },
    { word: 'ha', from: 'accept.without' },
  ]);
  expect(statedAnswers(['sap'], specs, false)).toEqual([flag]);
});

test('an answer that nothing asks for is told, with what is asked', () => {
  const images = [asking({ 'accept.successor': ['almalinux-9', 'rocky-9'] }), asking({ licence: ['payg'] })];
  expect(unusedAnswers(statedAnswers(['ROCKY-9'], specs, true), images)).toEqual([
    {
      severity: 'warning',
      code: 'ANSWER_UNUSED',
      message: '--accept says "ROCKY-9", which no image of this run asks',
      hint: 'take it out, or write what is asked: almalinux-9, rocky-9',
    },
    {
      severity: 'warning',
      code: 'ANSWER_UNUSED',
      message: 'accept.without says "ha", which no image of this run asks',
      hint: 'take it out, or write what is asked: almalinux-9, rocky-9',
    },
  ]);
});

test('several words that were agreed to at once count each', () => {
  expect(unusedAnswers([{ word: 'ha', from: 'accept.without' }], [asking({ 'accept.without': [] }, 'sap, ha')])).toEqual([]);
});

test('where nothing is asked every answer is unused; where an image came to no base nothing is said', () => {
  const stated = [{ word: '\u001b[31m', from: '--accept' }];
  expect(unusedAnswers(stated, [asking({})])).toEqual([
    {
      severity: 'warning',
      code: 'ANSWER_UNUSED',
      message: '--accept says "\\u001b[31m", which no image of this run asks',
      hint: 'take it out: nothing is asked',
    },
  ]);
  expect(unusedAnswers(stated, [asking({}), {}])).toEqual([]);
  expect(unusedAnswers(stated, [])).toEqual([]);
});
