import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  ['app-tells', 'for n in 1 2 3 4 5; do echo "line $n"; done; exit 3', 'fail', 'it ended with 3: line 3 line 4 line 5'],
  ['app-waits', 'echo waiting; while :; do sleep 0.1; done', 'fail', 'it was not done within 1 seconds: waiting'],
  ['app-killed', 'kill -KILL $$', 'fail', 'it was killed, or not done within 1 seconds'],
  ['app-code', 'exit 7', 'fail', 'it ended with 7:'],
  ['app-hangs', 'while :; do sleep 0.1; done', 'fail', 'it was not done within 1 seconds'],
  ['app-reads', 'cat', 'pass', ''],
];

/** Asks the checks in a shell, as a restarted machine is asked. */
async function asked(shell: readonly string[], scripts: readonly (readonly [id: string, script: string, ...rest: string[]])[]) {
  const [program = 'sh', ...words] = shell;
  const files = new Map(scripts.map(([id, script]) => [id, addedCheckFile('linux', { id, timeoutSeconds: 1 }, script).content]));
  const texts = await checkTexts('linux', [], (path) => readFile(`${LINUX}../../${path}`, 'utf8'));
  const ids = scripts.map(([id]) => id);
  const text = restartedScript('linux', { ...texts, checks: files, family: 'debian' }, ids);
  const { stdout } = await execa(program, [...words, '-c', text], { reject: false });
  return parseCheckOutput(stdout);
}

test('what a check leaves running is not waited for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'regild-check-'));
  try {
    const answers = await asked(['sh'], [['app-starts', `sleep 3600 & echo $! >'${folder}/pid'`]]);
    expect(answers).toEqual([{ id: 'app-starts', status: 'pass', detail: '' }]);
    process.kill(Number(await readFile(join(folder, 'pid'), 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe.each(there.filter(({ present }) => present))('checks of the user under $name', ({ shell }) => {
  test('are run each in a shell of their own, and answer like every other', async () => {
    expect(await asked(shell, SCRIPTS)).toEqual(SCRIPTS.map(([id, , status, detail]) => ({ id, status, detail })));
  });
});
