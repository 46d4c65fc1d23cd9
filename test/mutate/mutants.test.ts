import { expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';

/** Each mutant as the text that it makes. */
function mutated(text: string): readonly string[] {
  return mutantsOf(text).map(({ start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end));
}

test.each([
  ['if (a) b();', ['if (true) b();', 'if (false) b();']],
  ['f(a ? b : c);', ['f(true ? b : c);', 'f(false ? b : c);']],
  ['f(a && !b);', ['f(a);', 'f(!b);', 'f(a && b);']],
  ['f(a < b);', ['f(a <= b);']],
  ['f(a.some(b));', ['f(a.every(b));']],
  ['f(a.filter(b).length);', ['f(a.length);']],
  ["f(a ?? 'x', 'y' + b);", []],
])('%s', (text, expected) => expect(mutated(text)).toEqual(expected));

test('types are not in the way, and are no place for faults', () => {
  const text = 'const same = <T extends string>(a: T, b: Readonly<Record<T, number>>): boolean => a === (b as unknown);';
  expect(mutated(text)).toEqual([text.replace('===', '!==')]);
});
