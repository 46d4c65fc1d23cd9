import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { addedCheckFile } from '../../../src/guest/added-check.ts';
import { parseCheckOutput } from '../../../src/guest/answers.ts';
import { checkTexts, restartedScript } from '../../../src/guest/check-run.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));

const SCRIPTS: readonly (readonly [id: string, script: string, status: string, detail: string])[] = [
  ['app-passes', "[ \"it's {{x}} $((1 + 1))\" = 'it'\\''s {{x}} 2' ]\n: 'a\nb'", 'pass', ''],
  ['app-fails', 'echo one\necho two >&2\nfalse\necho never', 'fail', 'it ended with 1: one two'],
  ['app-code', 'exit 7', 'fail', 'it ended with 7:'],
  ['app-hangs', 'while :; do sleep 0.1; done', 'fail', 'it was not done within 1 seconds'],
  ['app-reads', 'cat', 'pass', ''],
];

describe.each(there.filter(({ present }) => present))('checks of the user under $name', ({ shell: [program, ...words] }) => {
  test('are run each in a shell of their own, and answer like every other', async () => {
    const ids = SCRIPTS.map(([id]) => id);
    const files = new Map(SCRIPTS.map(([id, script]) => [id, addedCheckFile('linux', { id, timeoutSeconds: 1 }, script).content]));
    const texts = await checkTexts('linux', [], (path) => readFile(`${LINUX}../../${path}`, 'utf8'));
    const text = restartedScript('linux', { ...texts, checks: files, family: 'debian' }, ids);
    const { stdout } = await execa(program, [...words, '-c', text], { reject: false });
    expect(parseCheckOutput(stdout)).toEqual(SCRIPTS.map(([id, , status, detail]) => ({ id, status, detail })));
  });
});
