import { expect, test } from 'vitest';
import { type Clue, decide } from '../../src/analyze/decide.ts';

function clue(value: string, confidence: Clue<string>['confidence']): Clue<string> {
  return { value, confidence, from: 'Name', observed: 'x' };
}

function decided(...clues: readonly Clue<string>[]): string {
  const { value, confidence } = decide(clues);
  return `${value} ${confidence}`;
}

test.each([
  ['nothing', [], 'undefined none'],
  ['one clue', [clue('a', 'medium')], 'a medium'],
  ['the strongest wins', [clue('a', 'low'), clue('a', 'high')], 'a high'],
  ['agreeing weak clues add nothing', [clue('a', 'low'), clue('a', 'low')], 'a low'],
  ['a contradiction costs a step', [clue('a', 'high'), clue('b', 'low')], 'a medium'],
  ['the earlier one wins among equals', [clue('a', 'medium'), clue('b', 'medium')], 'a low'],
  ['two weak contradictions cancel out', [clue('a', 'low'), clue('b', 'low')], 'undefined none'],
  ['a clue without weight neither decides nor contradicts', [clue('b', 'none'), clue('a', 'high')], 'a high'],
] as const)('%s', (_, clues, expected) => {
  expect(decided(...clues)).toBe(expected);
});

test('all evidence is kept, for and against, in the order it was found', () => {
  expect(decide([clue('a', 'low'), { ...clue('b', 'high'), source: 'rule' }]).evidence).toEqual([
    { from: 'Name', observed: 'x', suggests: 'a', confidence: 'low' },
    { from: 'Name', observed: 'x', suggests: 'b', confidence: 'high', source: 'rule' },
  ]);
});
