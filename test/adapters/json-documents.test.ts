import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../src/adapters/decode-text.ts';
import { readJsonDocuments } from '../../src/adapters/json-documents.ts';

describe('JSON texts in a row', () => {
  test('whatever is written as JSON is read back, alone and one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.constantFrom('\n', ' ', '\r\n\t'), (values, between) => {
        const texts = values.map((value) => JSON.stringify(value));
        const expected = values.map((_, index) => JSON.parse(texts[index] ?? ''));
        expect(readJsonDocuments(texts.join(between))).toEqual({ kind: 'values', values: expected });
      }),
    );
  });

  test('strings of megabytes are read, alone and in rows', () => {
    const long = JSON.stringify({ a: `${'x'.repeat(9_000_000)}"\\${'ä😀\n'.repeat(10_000)}` });
    const read = readJsonDocuments(`${long}\n${long}`);
    expect(read.kind === 'values' && read.values.map((value) => JSON.stringify(value) === long)).toEqual([true, true]);
    expect(readJsonDocuments(`${long}\n${long.slice(0, -2)}`).kind).toBe('broken');
  });

  test('one wrong character breaks a text exactly when JSON.parse refuses it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(',', '}', ']', ':', '"', 'x'), (text, at, wrong) => {
        const place = at % (text.length + 1);
        const changed = `[${text.slice(0, place)}${wrong}${text.slice(place)}]`;
        expect(readJsonDocuments(changed).kind).toBe(isOneText(changed) ? 'values' : 'broken');
      }),
    );
  });

  test.each([
    ['{"a": 1,}', 1, 9, 'expected a name in quotes'],
    ['{"a" 1}', 1, 6, 'expected :'],
    ['{"a": 1 "b": 2}', 1, 9, 'expected , or }'],
    ['[1,\n 2\n 3]', 3, 2, 'expected , or ]'],
    ['[1}', 1, 3, 'expected , or ]'],
    ['{"a": 1}}', 1, 9, 'expected a value'],
    ['[nul]', 1, 2, 'this is no JSON'],
    ['{"a": "b', 1, 7, 'this is no JSON'],
    ['{"a": [1, 2', 1, 12, 'the text ends too early'],
    ['Access denied', 1, 1, 'this is no JSON'],
  ])('%j is broken at %i:%i', (text, line, column, problem) => {
    expect(readJsonDocuments(text)).toEqual({ kind: 'broken', line, column, problem });
  });

  test('nothing holds no value', () => {
    expect([readJsonDocuments(''), readJsonDocuments(' \n\uFEFF')]).toEqual([
      { kind: 'values', values: [] },
      { kind: 'values', values: [] },
    ]);
  });

  test('depth costs no stack', () => {
    expect(readJsonDocuments('['.repeat(100_000))).toMatchObject({ kind: 'broken', column: 100_001 });
  });
});

function isOneText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each(['utf8', 'utf16le'] as const)('a file in %s, with its mark', (encoding) => {
  expect(decodeText(Buffer.from('\uFEFF{"Name": "ümlaut"}', encoding))).toBe('{"Name": "ümlaut"}');
});
