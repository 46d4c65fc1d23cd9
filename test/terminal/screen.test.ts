import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wrapLine } from '../../src/terminal/lines.ts';
import { onScreen } from '../../src/terminal/screen.ts';
import { movesCursor, screenOf } from '../../src/terminal/surface.ts';
import { cutCells, padCells, widthOf } from '../../src/terminal/width.ts';

const GOLDEN = join(import.meta.dirname, '../report/golden');
/** Colours as words, so that a reader of the golden sees them. */
const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[(\\d+)m`, 'g');
const NAMES: Readonly<Record<string, string>> = { 1: 'strong', 2: 'quiet', 31: 'bad', 32: 'good', 33: 'caution' };
const named = (text: string) => text.replaceAll(COLOUR, (_, code: string) => (NAMES[code] === undefined ? '>' : `<${NAMES[code]} `));

describe('a report on a screen of 80 columns', () => {
  const report = readFileSync(join(GOLDEN, 'report.txt'), 'utf8');

  test('long lines go on under their own text', async () => {
    const shown = onScreen(report, { columns: 80, color: false });
    await expect(shown).toMatchFileSnapshot(join(GOLDEN, 'report-80.txt'));
    expect(shown.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  test('nothing is lost or added but spaces and ends of lines', () => {
    const letters = (text: string) => text.replaceAll(/\s/g, '');
    expect(letters(onScreen(report, { columns: 44, color: false }))).toBe(letters(report));
  });

  test('colours stand beside words and change none of them', async () => {
    const shown = onScreen(report, { color: true });
    await expect(named(shown)).toMatchFileSnapshot(join(GOLDEN, 'report-colours.txt'));
    expect(shown.replaceAll(COLOUR, '')).toBe(report);
  });

  test('where there is no edge and no colour it is as it was', () => {
    expect(onScreen(report, { color: false })).toBe(report);
  });
});

test.each<readonly [string, readonly string[]]>([
  ['  source      ami-064b0f5e3937918bf web-golden', ['  source      ami-064b0f5e3937918bf', '              web-golden']],
  ['│  ├─ +20 the same number of virtual CPUs as there', ['│  ├─ +20 the same number of virtual', '│  │  CPUs as there']],
  ['└─ hint: create data disks with the machine itself', ['└─ hint: create data disks with the', '   machine itself']],
  ['     3 × its system is known and has a base, so', ['     3 × its system is known and has a', '         base, so']],
  ['    ✓ northeurope is where the version lies today', ['    ✓ northeurope is where the version', '      lies today']],
  ['one sentence that is longer than a line is here', ['one sentence that is longer than a', '  line is here']],
  ['  한국어      골든 이미지 이름이 아주 길어서 한 줄에', ['  한국어      골든 이미지 이름이 아주', '              길어서 한 줄에']],
  ['abcdefghijabcdefghijabcdefghijabcdefghij0123', ['abcdefghijabcdefghijabcdefghijabcdefgh', '  ij0123']],
  ['exactly as wide as the screen, forty cell', ['exactly as wide as the screen, forty', '  cell']],
  ['exactly as wide as the screen, that is 40', ['exactly as wide as the screen, that is', '  40']],
])('%j on 40 columns', (line, lines) => {
  expect(wrapLine(line, 40)).toEqual(lines);
});

test('a line that fits is left alone, and a screen too narrow to hang anything on', () => {
  const line = 'x'.repeat(40);
  expect([wrapLine(line, 40), wrapLine(line, 39)]).toEqual([[line], [line]]);
});

test('cells are counted, not characters', () => {
  expect([widthOf('골든'), widthOf('😀'), widthOf('e\u0301'), padCells('골든', 6), cutCells('골든이미지', 6), cutCells('abc', 3)]).toEqual([
    4,
    2,
    1,
    '골든  ',
    '골든…',
    'abc',
  ]);
});

describe('what a stream can show', () => {
  const terminal = { isTTY: true, columns: 80 };
  test.each([
    [terminal, {}, { columns: 80, color: true }],
    [terminal, { NO_COLOR: '1' }, { columns: 80, color: false }],
    [terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, { columns: 80, color: false }],
    [terminal, { FORCE_COLOR: '0' }, { columns: 80, color: false }],
    [terminal, { TERM: 'dumb' }, { columns: 80, color: false }],
    [terminal, { TERM: 'dumb', FORCE_COLOR: '1' }, { columns: 80, color: true }],
    [terminal, { CI: 'true' }, { columns: undefined, color: true }],
    [{}, {}, { columns: undefined, color: false }],
    [{}, { FORCE_COLOR: '1' }, { columns: undefined, color: true }],
    [{ isTTY: true, columns: 0 }, {}, { columns: undefined, color: true }],
  ])('%j with %j', (stream, environment, screen) => {
    expect(screenOf(stream, environment)).toEqual({ ...screen, ascii: false });
  });

  test('a dumb terminal has no cursor to move', () => {
    expect([movesCursor({ TERM: 'dumb' }), movesCursor({ TERM: 'xterm' }), movesCursor({})]).toEqual([false, true, true]);
  });
});
