import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nativeArgument, powershellString, shellWord } from '../../src/guest/quote.ts';
import { hostile } from '../fakes/hostile-text.ts';

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
