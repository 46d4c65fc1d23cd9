import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goTemplateText, hclString, jsonText } from '../../src/engines/encode.ts';
import { hostile } from '../fakes/hostile-text.ts';
import { parseHcl } from './parse-hcl.ts';

describe('hclString', () => {
  test('a real parser reads back exactly the value, in NFC', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        expect(await parseHcl('a.hcl', `x = ${hclString(value)}\n`)).toEqual({ x: value.toWellFormed().normalize('NFC') });
      }),
      { numRuns: 300 },
    );
  });

  test('stays on one line and hides nothing', () => {
    expect(hclString('a\nb\u202Ec\u2028\b\f\0\u{E0001}')).toBe('"a\\nb\\u202Ec\\u2028\\u0008\\u000C\\u0000\\U000E0001"');
  });

  test('does not interpolate', () => {
    expect(hclString('${env("PATH")}"; rm -rf / # %{ if true }')).toBe('"$${env(\\"PATH\\")}\\"; rm -rf / # %%{ if true }"');
  });
});

test('goTemplateText makes every opening brace pair a string', () => {
  expect(goTemplateText('a {{ env "X" }} {{{')).toBe('a {{"{{"}} env "X" }} {{"{{"}}{');
});

test('jsonText is read back as it was', () => {
  fc.assert(fc.property(hostile, (value) => JSON.parse(jsonText(value)) === value));
});
