import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { doctorVerb } from '../../src/commands/doctor.ts';
import { lookAtProxy, lookAtRunFolder } from '../../src/commands/this-machine.ts';
import { Diagnosis } from '../../src/model/index.ts';
import { inFolder } from './command-line.ts';
import { call, fakeIo } from './fake-io.ts';

const execute = promisify(execFile);

test('in the sandbox and without a manifest: --fix keeps runs out of git, once', async () => {
  await inFolder({ '.gitignore': 'node_modules/' }, async (folder) => {
    await execute('git', ['init', '--quiet'], { cwd: folder });
    const found: Diagnosis[] = [];
    for (const words of [[], ['--fix'], ['--fix']]) {
      const { PATH, REGILD_CATALOG } = process.env;
      const heard = fakeIo(folder, { PATH, REGILD_CATALOG });
      expect(await call(doctorVerb, ['--sandbox', '--json', ...words], heard)).toBe(0);
      found.push(Diagnosis.parse(JSON.parse(heard.stdout())));
    }
    const git = found.map(({ checkups, fixed }) => [checkups.find(({ id }) => id === 'git')?.status, fixed]);
    expect(git).toEqual([
      ['warn', []],
      ['pass', ['.gitignore']],
      ['pass', []],
    ]);
    expect(found[0]?.checkups.filter(({ status }) => status !== 'pass').map(({ id }) => id)).toEqual(['manifest', 'git']);
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('node_modules/\n/.regild/\n');
  });
});

test.each([
  [{}, []],
  [{ HTTPS_PROXY: 'http://user:geheim@proxy.example:8080' }, [['pass', 'HTTPS_PROXY leads through http://proxy.example:8080']]],
  [
    { https_proxy: 'http://proxy.example', NO_PROXY: 'localhost,.internal' },
    [['pass', 'https_proxy leads through http://proxy.example, but not to localhost,.internal']],
  ],
  [{ HTTPS_PROXY: 'proxy' }, [['fail', 'HTTPS_PROXY is no address']]],
])('a proxy of %j is named without what signs in to it', (environment, told) => {
  expect(lookAtProxy(fakeIo('/', environment).io).map(({ status, detail }) => [status, detail])).toEqual(told);
});

test('a run folder below a file cannot be written', async () => {
  await inFolder({ file: '' }, async (folder) => {
    const { io } = fakeIo(folder);
    expect((await lookAtRunFolder('deep/below/runs', io)).status).toBe('pass');
    expect(await lookAtRunFolder('file/runs', io)).toMatchObject({
      status: 'fail',
      detail: `file/runs cannot be written: ENOTDIR at ${join(folder, 'file/runs')}`,
    });
  });
});

test('many run folders are said, with what clears them', async () => {
  await inFolder({}, async (folder) => {
    const { io } = fakeIo(folder);
    const leave = (count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          mkdir(join(folder, `runs/20260101t080000-${String(index).padStart(4, '0')}`), { recursive: true }),
        ),
      );
    await leave(200);
    expect(await lookAtRunFolder('runs', io)).toMatchObject({ status: 'pass', detail: 'runs can be written' });
    await leave(201);
    expect(await lookAtRunFolder('runs', io)).toMatchObject({
      status: 'warn',
      detail: 'runs holds 201 runs',
      hint: '`regild sweep --local --dry-run` lists the old ones on which nothing stands',
    });
  });
});
