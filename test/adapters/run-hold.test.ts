import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid, ppid } from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdingRun } from '../../src/adapters/run-hold.ts';

const RUN = '20261121t081502-3f9a';
/** Above the highest number that Linux gives a process (proc(5), pid_max). */
const NOBODY = 2 ** 22 + 1;
let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'regild-hold-'));
  folder = join(root, RUN);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function heldBy(content: string, at = new Date()): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'held-by.json'), content);
  await utimes(join(folder, 'held-by.json'), at, at);
}

test('while one works the folder says so, and afterwards it does not, whatever came of it', async () => {
  expect(await holdingRun(folder, RUN, () => readdir(folder))).toEqual(['held-by.json']);
  await expect(holdingRun(folder, RUN, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await readdir(folder)).toEqual([]);
});

test('another live process of this machine, and one of another machine that was heard of lately, are not disturbed', async () => {
  for (const [number, host] of [
    [ppid, hostname()],
    [NOBODY, 'another-machine'],
  ] as const) {
    await heldBy(JSON.stringify({ pid: number, host }));
    await expect(holdingRun(folder, RUN, async () => 'worked')).rejects.toMatchObject({
      code: 'BUILD_RUNNING',
      message: `process ${number} on ${host} is working in run ${RUN}`,
    });
  }
});

test.each([
  ['a process that died', JSON.stringify({ pid: NOBODY, host: hostname() }), new Date()],
  ['this one itself, which was killed and has its number again', JSON.stringify({ pid, host: hostname() }), new Date()],
  ['a machine that was not heard of for minutes', JSON.stringify({ pid: 1, host: 'another-machine' }), new Date(0)],
  ['a process whose number another one has by now', JSON.stringify({ pid: ppid, host: hostname() }), new Date(0)],
  ['one that died while it wrote its name', '{"pid":', new Date(0)],
])('%s holds nobody up', async (_, content, at) => {
  await heldBy(content, at);
  expect(await holdingRun(folder, RUN, async () => 'worked')).toBe('worked');
});
