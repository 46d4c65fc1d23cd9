import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { changesNothing, Equivalents, type Fault, line, sampleOf, textBetween } from './faults.ts';

const TEXT = 'const a = 1;\nif (a <\n  b) c();\n';
const fault = (column: number, change: Partial<Fault> = {}): Fault => ({
  ...{
    file: 'src/x.ts',
    start: { line: 1, column },
    end: { line: 1, column: column + 1 },
    text: '<',
    replacement: '<=',
    kind: 'EqualityOperator',
  },
  ...change,
});

test('a text between two places of one line, or of two', () => {
  expect(textBetween(TEXT, { line: 1, column: 4 }, { line: 1, column: 7 })).toBe('a <');
  expect(textBetween(TEXT, { line: 1, column: 4 }, { line: 2, column: 3 })).toBe('a <\n  b');
});

test('a sample is the same for the same seed, another for another, and at most the whole', () => {
  const all = Array.from({ length: 100 }, (_, column) => fault(column));
  expect(sampleOf(all, 10, 1)).toEqual(sampleOf(all, 10, 1));
  expect(sampleOf(all, 10, 1)).not.toEqual(sampleOf(all, 10, 2));
  expect(new Set(sampleOf(all, 10, 1)).size).toBe(10);
  expect(new Set(sampleOf(all, 1000, 1))).toEqual(new Set(all));
});

test('a fault is shown with its place, in one line', () => {
  expect(line(fault(6))).toBe('src/x.ts:2:7 EqualityOperator: < → <=');
  expect(line(fault(6, { text: '{\n  a();\n}', replacement: '' }))).toBe('src/x.ts:2:7 EqualityOperator: { a(); } → nothing');
});

test('one that nobody can notice is named by file, text and replacement, wherever it stands', () => {
  const known = [{ file: 'src/x.ts', from: '<', to: '<=', reason: 'they are never equal' }];
  expect(
    [fault(3), fault(9), fault(3, { file: 'src/y.ts' }), fault(3, { replacement: '>' })].map((one) => changesNothing(one, known)),
  ).toEqual([true, true, false, false]);
});

test('the list of them is well formed, and each is still in its file', () => {
  const listed = Equivalents.parse(parse(readFileSync(join(import.meta.dirname, 'equivalent.yaml'), 'utf8')));
  const gone = listed.filter(({ file, from }) => !readFileSync(join(import.meta.dirname, '../..', file), 'utf8').includes(from));
  expect(gone).toEqual([]);
});
