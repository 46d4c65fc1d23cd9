import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { catalogFor } from '../../../src/commands/installation.ts';
import { parseCheckOutput } from '../../../src/guest/answers.ts';
import { restartedScript } from '../../../src/guest/check-run.ts';
import { libraryFiles } from '../../../src/guest/scripts.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const scripts = (await readdir(LINUX, { recursive: true })).filter((name) => name.endsWith('.sh')).toSorted();
const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));
const catalog = await catalogFor({ environment: process.env });

describe.each(there.filter(({ present }) => present))('under $name', ({ shell: [program, ...words] }) => {
  test('no script has a syntax error', async () => {
    const each = `for one; do ${[program, ...words].join(' ')} -n "$one" || echo "refused: $one" >&2; done`;
    const { stderr } = await execa('sh', ['-c', each, 'sh', ...scripts.map((script) => LINUX + script)]);
    expect(stderr).toBe('');
  });
});

/** What checks answer on a system is the guest suite's business: here it is how they are run. */
const RUNNER = ['lib.sh', 'checks.sh'];
const CHECKS = new Map([
  ['azl-90-passes', 'check_azl_90_passes() {\n  :\n}\n'],
  ['azl-91-fails', 'check_azl_91_fails() {\n  fail "$(printf \'a\\tb%0200d\' 0)"\n}\n'],
  ['azl-92-skips', "check_azl_92_skips() {\n  skip 'not here'\n}\n"],
  ['azl-93-breaks', 'check_azl_93_breaks() {\n  exit 7\n}\n'],
]);

test.each(there.filter(({ present }) => present))(
  'under $name each check answers once, in order, in at most 120 characters',
  async ({ shell: [program, ...words] }) => {
    const [lib = '', runner = ''] = await Promise.all(RUNNER.map((name) => readFile(LINUX + name, 'utf8')));
    const library = [
      lib,
      ...(await Promise.all(
        libraryFiles('linux')
          .slice(1)
          .map((path) => readFile(`${LINUX}../../${path}`, 'utf8')),
      )),
    ];
    const ids = [...CHECKS.keys(), 'azl-99-unknown'];
    const text = restartedScript('linux', { library, runner, checks: CHECKS, record: '', family: 'debian' }, ids);
    const { stdout } = await execa(program, [...words, '-c', text], { reject: false });
    expect(parseCheckOutput(stdout)).toEqual([
      { id: 'azl-90-passes', status: 'pass', detail: '' },
      { id: 'azl-91-fails', status: 'fail', detail: `a b${'0'.repeat(117)}` },
      { id: 'azl-92-skips', status: 'skip', detail: 'not here' },
      { id: 'azl-93-breaks', status: 'error', detail: '' },
      { id: 'azl-99-unknown', status: 'error', detail: 'no such check' },
    ]);
  },
);

test('every expression of the catalog for Linux is one that grep and sed take', async () => {
  const patterns = catalog.components
    .filter(({ os }) => os === 'linux')
    .flatMap(({ detect, edits = [] }) => [...(detect.contents ?? []), ...edits].map(({ pattern }) => pattern));
  const each = 'for one; do echo x | grep -qE -e "$one" || [ "$?" -eq 1 ] || echo "$one"; done';
  const { stdout, stderr } = await execa('sh', ['-c', each, 'sh', ...patterns]);
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
});

/** `inventory-lines.sh` is sent alone to a machine that has no library. */
test('only lib/packages.sh tells package managers apart', async () => {
  const others = scripts.filter((name) => name !== 'lib/packages.sh' && name !== 'inventory-lines.sh');
  const texts = await Promise.all(others.map(async (name) => [name, await readFile(LINUX + name, 'utf8')] as const));
  const commands = /^[^#'"]*(?<![\w/.-])(apt-get|dpkg|dpkg-query|dnf|yum|zypper|tdnf|rpm) /m;
  expect(texts.filter(([, text]) => commands.test(text)).map(([name]) => name)).toEqual([]);
});
