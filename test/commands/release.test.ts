import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import lockFile from '../../package-lock.json' with { type: 'json' };
import { inFolder, PROGRAM, ROOT, run } from './command-line.ts';
import { answer } from './in-process.ts';

/** Starts the launcher after a line of JavaScript. */
const after = (line: string, ...words: readonly string[]) =>
  inFolder({}, (folder) =>
    run(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(line)}`, PROGRAM, ...words], { folder }),
  );

test('one version everywhere: the package, its lock file, the newest release of the changelog, what the program says, and who is fixed', async () => {
  const { version } = packageFile;
  const [, newest, day] = /^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$/m.exec(await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? [];
  const said = await inFolder({}, (folder) => answer(['--version'], { folder }));
  expect([lockFile.version, lockFile.packages[''].version, newest, said.stdout.trim()]).toEqual([version, version, version, version]);
  expect(Number.isNaN(Date.parse(day ?? ''))).toBe(false);
  expect(await readFile(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(`| ${version.split('.').slice(0, 2).join('.')} | yes |`);
});

test.each(['18.20.8', '20.20.2', '22.17.1'])('Node %s is told in one sentence what it lacks, in the words of engines', async (node) => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } })`;
  const { code, stdout, stderr } = await after(old, '--help');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^error USAGE: regild needs Node (\S+) or later, this is \S+\n {2}hint {3}install a newer Node; .*\n$/);
  expect(`>=${/needs Node (\S+)/.exec(stderr)?.[1]}`).toBe(packageFile.engines.node);
});

test('what Node 22 says of its SQLite is not shown, every other warning is', async () => {
  const warn = (text: string) => `process.emitWarning(${JSON.stringify(text)}, 'ExperimentalWarning');`;
  const line = `process.once('beforeExit', () => { ${warn('SQLite is an experimental feature')} ${warn('another thing is one')} })`;
  const { code, stderr } = await after(line, '--version');
  expect([code, stderr.match(/ExperimentalWarning: .*/g)]).toEqual([0, ['ExperimentalWarning: another thing is one']]);
});

test('the Dockerfile runs on the Node that the scripts run on', async () => {
  const bases = [...(await readFile(join(ROOT, 'Dockerfile'), 'utf8')).matchAll(/^FROM node:(\S+?)-/gm)].map(([, tag]) => tag);
  expect(bases).toEqual([packageFile.devDependencies.node, packageFile.devDependencies.node]);
});
