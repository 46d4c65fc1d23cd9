import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { parseCheckOutput } from '../../../src/guest/answers.ts';
import { checkScript } from '../../../src/guest/check-run.ts';
import { componentTable } from '../../../src/guest/tables.ts';
import { decideComponents } from '../../../src/plan/decide-components.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const scripts = (await readdir(LINUX)).filter((name) => name.endsWith('.sh'));
const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));
const catalog = await loadCatalog();

describe.each(there.filter(({ present }) => present))('under $name', ({ shell: [program, ...words] }) => {
  test.each(scripts)('%s has no syntax error', async (script) => {
    const { stderr, exitCode } = await execa(program, [...words, '-n', LINUX + script], { reject: false });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });
});

/** One shell is enough here: the guest suite runs every check under all of them, on systems made for it. */
const [first] = there.filter(({ present }) => present);

test.runIf(first)('the validation script answers each check once, in order, within what Run Command keeps', async () => {
  const ids = catalog.checks
    .filter(({ os, stages, id }) => os === 'linux' && stages.includes('test-vm') && !SLOW.has(id))
    .map(({ id }) => id);
  const { stdout } = await execa(
    first?.shell[0] ?? 'sh',
    [...(first?.shell.slice(1) ?? []), '-c', await inlineScript([...ids, 'azl-99-unknown'])],
    {
      reject: false,
      timeout: 150_000,
    },
  );
  const results = parseCheckOutput(stdout);
  expect(results.map(({ id }) => id)).toEqual([...ids, 'azl-99-unknown']);
  expect(results.at(-1)).toEqual({ id: 'azl-99-unknown', status: 'error', detail: 'no such check' });
  expect(results.filter(({ status, detail }) => detail.length > 120 || (status === 'pass' && detail !== ''))).toEqual([]);
  expect(Buffer.byteLength(stdout)).toBeLessThan(4096);
});

/** They wait for an Azure endpoint that is not here, or for cloud-init. */
const SLOW = new Set(['azl-23-platform-endpoints', 'azl-26-provisioned', 'lis-15-cloud-init-status', 'lix-15-name-resolution']);

async function inlineScript(ids: readonly string[]): Promise<string> {
  const [lib = '', checks = '', record = ''] = await Promise.all(
    ['lib.sh', 'checks.sh', 'record.sh'].map((name) => readFile(LINUX + name, 'utf8')),
  );
  const { decisions } = decideComponents('linux', catalog.components, {});
  const components = componentTable('linux', catalog.components, decisions).content;
  return checkScript('linux', { lib, checks, record, components }, ids, 'd'.repeat(64));
}

test('every expression of the catalog for Linux is one that grep and sed take', async () => {
  const patterns = catalog.components
    .filter(({ os }) => os === 'linux')
    .flatMap(({ detect, edits = [] }) => [...(detect.contents ?? []), ...edits].map(({ pattern }) => pattern));
  const refused = await Promise.all(
    patterns.map(async (pattern) =>
      (await execa('grep', ['-E', '-e', pattern], { input: 'x', reject: false })).exitCode === 2 ? [pattern] : [],
    ),
  );
  expect(refused.flat()).toEqual([]);
});

test('only lib.sh tells distributions apart', async () => {
  const others = scripts.filter((name) => name !== 'lib.sh');
  const texts = await Promise.all(others.map(async (name) => [name, await readFile(LINUX + name, 'utf8')] as const));
  const commands = /^[^#'"]*\b(apt-get|dpkg|dpkg-query|dnf|yum|zypper|tdnf|rpm) /m;
  expect(texts.filter(([, text]) => commands.test(text)).map(([name]) => name)).toEqual([]);
});
