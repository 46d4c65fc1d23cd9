import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesIn, removeRun } from '../../src/adapters/run-folders.ts';
import { holderOf } from '../../src/adapters/run-hold.ts';
import { inFolder } from '../commands/command-line.ts';

const RUN = '20260101t080000-0000';

const inRuns = (use: (runs: string, folder: string) => Promise<void>) =>
  inFolder({}, async (runs) => {
    const folder = join(runs, RUN);
    await mkdir(join(folder, 'web'), { recursive: true });
    await writeFile(join(folder, 'run.json'), '12345');
    await writeFile(join(folder, 'web/a'), '123');
    await use(runs, folder);
  });

test('a folder is as large as the files in it, and goes', async () => {
  await inRuns(async (runs, folder) => {
    expect([await bytesIn(folder), await removeRun(runs, RUN, async () => true), await readdir(runs)]).toEqual([8, true, []]);
  });
});

test('one that is not as it was stays whole, and nobody is left in it', async () => {
  await inRuns(async (runs, folder) => {
    expect([await removeRun(runs, RUN, async () => false), await bytesIn(folder), await readdir(folder), await holderOf(folder)]).toEqual([
      ...[false, 8],
      ['run.json', 'web'],
      undefined,
    ]);
  });
});

test('one in which another process works is refused, and stays', async () => {
  await inRuns(async (runs, folder) => {
    await writeFile(join(folder, 'held-by.json'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(await holderOf(folder)).toBe(`process ${process.ppid} on ${hostname()}`);
    await expect(removeRun(runs, RUN, async () => true)).rejects.toMatchObject({ code: 'BUILD_RUNNING' });
    expect((await readdir(folder)).toSorted()).toEqual(['held-by.json', 'run.json', 'web']);
  });
});
