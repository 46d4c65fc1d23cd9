import { expect, test } from 'vitest';
import { LineCounter, parseDocument } from 'yaml';
import { offsetOf, toPlace } from '../src/yaml-places.ts';

/** Line and column of the value at a path. */
function placeIn(text: string, ...path: readonly PropertyKey[]): string {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const { file, line, column } = toPlace(lineCounter, 'x.yaml', offsetOf(document, path));
  return `${file}:${line}:${column}`;
}

test.each([
  ['a value', 'a: 1\nb: two\n', ['b'], '2:4'],
  ['a value of lines that end as on Windows', 'a: 1\r\nb: two\r\n', ['b'], '2:4'],
  ['behind a byte order mark and a comment', '\uFEFF# é\na: 1\n', ['a'], '2:4'],
  ['behind characters of two units', '"🙂": 1\nb: {"🙂": 1, c: 2}\n', ['b', 'c'], '2:17'],
  ['an item of a list', 'a:\n  - x\n  - y: 1\n', ['a', 1, 'y'], '3:8'],
  ['a mapping', 'a:\n  b:\n    c: 1\n', ['a', 'b'], '3:5'],
  ['the nearest value above one that is missing', 'a:\n  b: 1\n', ['a', 'x', 'y'], '2:3'],
  ['what an alias names stands where the alias does', 'a: &x { b: 1 }\nc: *x\n', ['c', 'b'], '2:4'],
  ['the whole', '\n\na: 1\n', [], '3:1'],
  ['an empty text', '', ['a'], '1:1'],
])('%s', (_name, text, path, place) => expect(placeIn(text, ...path)).toBe(`x.yaml:${place}`));
