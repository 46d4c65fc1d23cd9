import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inAscii, showsUnicode } from '../../src/terminal/ascii.ts';
import { onScreen } from '../../src/terminal/screen.ts';
import { screenOf } from '../../src/terminal/surface.ts';
import { widthOf } from '../../src/terminal/width.ts';

const GOLDEN = join(import.meta.dirname, '../report/golden');

describe.each(['report.txt', 'explanation.txt'])('%s on a terminal that has ASCII alone', (file) => {
  const text = readFileSync(join(GOLDEN, file), 'utf8');
  const shown = onScreen(text, { color: true, ascii: true });

  test('has no other letter', () => {
    expect(shown.replaceAll(/[ -~\n]/g, '').replaceAll(String.fromCharCode(27), '')).toBe('');
  });

  test('takes as many cells, in the same colours', () => {
    expect(shown.split('\n').map(widthOf)).toEqual(text.split('\n').map(widthOf));
    expect(shown).toBe(inAscii(onScreen(text, { color: true })));
  });
});

test('marks, a tree, a turning wheel; and what others wrote stays', () => {
  expect(inAscii('✓ a ✗ b … c → d\n│  ├─ e\n│  └─ f × 2 ⠙ 한국어 é')).toBe('+ a x b . c > d\n|  |- e\n|  `- f x 2 / 한국어 é');
});

test.each([
  ['nothing is set', {}, true],
  ['a locale of UTF-8', { LANG: 'de_DE.UTF-8' }, true],
  ['written otherwise', { LC_ALL: 'C.utf8' }, true],
  ['the locale C, asked for', { LANG: 'C' }, false],
  ['LC_ALL goes before LANG', { LC_ALL: 'POSIX', LANG: 'en_US.UTF-8' }, false],
  ['LC_CTYPE goes before LANG', { LC_CTYPE: 'en_US.ISO-8859-1', LANG: 'en_US.UTF-8' }, false],
  ['an empty one counts for nothing', { LC_ALL: '', LANG: 'en_US.UTF-8' }, true],
  ['the console of Linux', { TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
  ['the old console of Windows', { OS: 'Windows_NT' }, false],
  ['Windows Terminal', { OS: 'Windows_NT', WT_SESSION: '1' }, true],
  ['an editor on Windows', { OS: 'Windows_NT', TERM_PROGRAM: 'vscode' }, true],
])('%s', (_, environment, shows) => {
  expect(showsUnicode(environment)).toBe(shows);
});

test('only what a person watches: a file, a pipe and a log keep their letters', () => {
  expect([screenOf({ isTTY: true }, { LANG: 'C' }).ascii, screenOf({}, { LANG: 'C' }).ascii]).toEqual([true, false]);
});
