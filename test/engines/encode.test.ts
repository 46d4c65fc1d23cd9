import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goTemplateText, hclString, jsonText, nativeArgument, powershellString, shellWord } from '../../src/engines/encode.ts';
import { parseHcl } from './parse-hcl.ts';

/** Texts rich in what the languages read meaning into. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '${',
        '%{',
        '$${',
        '%%{',
        '$',
        '%',
        '{',
        '}',
        '{{',
        '"',
        "'",
        '\\',
        '\n',
        '\r',
        '\t',
        '\b',
        '\f',
        '\0',
        '#',
        '//',
        '~}',
        '’',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

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

describe('shellWord', () => {
  test.each([
    ['nginx', 'nginx'],
    ['', "''"],
    ["it's", "'it'\\''s'"],
    ['$(rm -rf /)', "'$(rm -rf /)'"],
    ['~root', "'~root'"],
    ['{{ .Vars }}', "'{''{ .Vars }}'"],
  ])('%j is %s', (value, expected) => expect(shellWord(value)).toBe(expected));

  test('holds no Go template', () => {
    fc.assert(fc.property(hostile, (value) => !shellWord(value.replaceAll('\0', '')).includes('{{')));
  });

  test('refuses NUL', () => {
    expect(() => shellWord('a\0b')).toThrow('a command cannot hold the NUL character in "a\\u0000b"');
  });
});

describe('powershellString', () => {
  test.each([
    ["it's", "'it''s'"],
    ['‘a’ ‚b‛', "'‘‘a’’ ‚‚b‛‛'"],
    ['$(calc) `n "x"', '\'$(calc) `n "x"\''],
    ['a{{{b', "('a{' + '{' + '{b')"],
    ['', "''"],
  ])('%j is %s', (value, expected) => expect(powershellString(value)).toBe(expected));

  test('refuses NUL', () => {
    expect(() => powershellString('\0')).toThrow('NUL');
  });
});

test.each([
  ['plain', "'plain'"],
  ['', '\'""\''],
  ['say "hi"', '\'say \\"hi\\"\''],
  ['a\\"b', "'a\\\\\\\"b'"],
  ['C:\\with space\\', "'C:\\with space\\\\'"],
  ['C:\\plain\\', "'C:\\plain\\'"],
])('nativeArgument(%j) is %s', (value, expected) => expect(nativeArgument(value)).toBe(expected));
