import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairwise } from '../../src/plan/pairwise.ts';

const pairsOf = (choice: readonly string[]) =>
  choice.flatMap((value, index) => choice.slice(index + 1).map((other, offset) => `${index}=${value} ${index + 1 + offset}=${other}`));
const everyPair = (choices: readonly (readonly string[])[]) => new Set(choices.flatMap(pairsOf));

/** Up to four parameters with up to four values each, and any of their combinations as possible ones. */
const possible = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
  .chain((sizes) =>
    fc.uniqueArray(fc.tuple(...sizes.map((size) => fc.integer({ min: 1, max: size }).map(String))), { selector: String, maxLength: 40 }),
  );

test('every pair that is possible is in the answer, which holds nothing impossible, nothing twice, and is always the same', () => {
  fc.assert(
    fc.property(possible, (choices) => {
      const chosen = pairwise(choices);
      expect(everyPair(chosen)).toEqual(everyPair(choices));
      expect(chosen.every((choice) => choices.includes(choice))).toBe(true);
      expect(new Set(chosen.map(String)).size).toBe(chosen.length);
      expect(pairwise(choices)).toEqual(chosen);
    }),
  );
});

test('each choice of the answer brings a pair that no earlier one had', () => {
  fc.assert(
    fc.property(possible, (choices) => {
      const chosen = pairwise(choices);
      const before = (index: number) => everyPair(chosen.slice(0, index));
      expect(chosen.every((choice, index) => pairsOf(choice).some((pair) => !before(index).has(pair)))).toBe(true);
    }),
  );
});

test('three parameters of two, two and three values need six choices of twelve', () => {
  const all = ['a', 'b'].flatMap((one) => ['x', 'y'].flatMap((two) => ['1', '2', '3'].map((three) => [one, two, three])));
  expect(pairwise(all).map((choice) => choice.join(''))).toEqual(['ax1', 'ay2', 'bx2', 'by1', 'ax3', 'by3']);
});

test('nothing is chosen of nothing', () => {
  expect(pairwise([])).toEqual([]);
});
