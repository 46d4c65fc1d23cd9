import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

/**
 * Faults that were found once, each with the tests that keep it away: `lists/*.yaml`, one list a file, one number a fault. A fault is one of a kind, so beside
 * its own test each names three siblings or more. A test is named by words that stand in its file: its title, or the row of its table.
 */
const FaultList = z.record(
  z.string(),
  z.strictObject({
    /** What went wrong, in one sentence. */
    fault: z.string(),
    /** File below test/ → words of the tests in it. */
    tests: z.record(z.string(), z.array(z.string()).min(1)),
  }),
);

const LISTS = join(import.meta.dirname, 'lists');
const TESTS = join(import.meta.dirname, '..');
const lists = readdirSync(LISTS).map((file) => ({ file, faults: FaultList.parse(parse(readFileSync(join(LISTS, file), 'utf8'))) }));
const texts = new Map<string, string>();

/** The text of a test file, read once; empty where there is none. */
function textOf(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  let text = '';
  try {
    text = readFileSync(join(TESTS, file), 'utf8');
  } catch {}
  texts.set(file, text);
  return text;
}

describe.each(lists)('$file', ({ faults }) => {
  test('its numbers leave none out', () => {
    const numbers = Object.keys(faults).filter((number) => /^\d+$/.test(number));
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
  });

  test.each(Object.entries(faults))('%s has a test and three siblings, and each of them is there', (_, { tests }) => {
    const named = Object.entries(tests).flatMap(([file, words]) => words.map((word) => ({ file, word })));
    expect(named.filter(({ file, word }) => !textOf(file).includes(word))).toEqual([]);
    expect(new Set(named.map(({ file, word }) => `${file}: ${word}`)).size).toBeGreaterThanOrEqual(4);
  });
});
