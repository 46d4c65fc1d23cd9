import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SweepResult } from '../../src/model/index.ts';
import { inFolder } from './command-line.ts';
import { answer } from './in-process.ts';

const RUNS = '.regild/runs';
const id = (day: string) => `202601${day}t080000-0000`;

interface Left {
  readonly outcome?: string;
  readonly published?: string;
  readonly container?: string;
  readonly simulated?: boolean;
}

/** The folder of a run as a build leaves it, as much of it as is read. */
async function leave(folder: string, run: string, { outcome, published, container, simulated = false }: Left): Promise<void> {
  const path = join(folder, RUNS, run);
  await mkdir(join(path, 'web'), { recursive: true });
  const write = (name: string, value: object) => writeFile(join(path, name), JSON.stringify(value));
  const shared = { schemaVersion: 1, runId: run, command: 'build', started: '2026-01-01T08:00:00.000Z', images: ['web'] };
  await write('run.json', { kind: 'RunRecord', ...shared, clouds: { aws: 'AWS', azure: 'AzureCloud', simulated } });
  await write('web/00-spec.json', { records: container === undefined ? undefined : { container } });
  if (outcome === undefined) return;
  await write('web/09-report.json', { outcome, stage: 'publish', ...(published && { published: { version: published } }) });
}

async function aProject(use: (folder: string) => Promise<void>): Promise<void> {
  await inFolder({}, async (folder) => {
    await leave(folder, id('01'), { outcome: 'published', published: '2026.101.0' });
    await leave(folder, id('02'), { outcome: 'published', published: '2026.102.0', container: 'https://x/y' });
    await leave(folder, id('03'), { outcome: 'published', published: '2026.103.0', simulated: true });
    await leave(folder, id('04'), { outcome: 'failed' });
    await leave(folder, id('05'), { outcome: 'unchanged' });
    await leave(folder, id('06'), {});
    await writeFile(join(folder, RUNS, id('04'), 'held-by.json'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    await mkdir(join(folder, RUNS, '.deleted-20251231t080000-0000', 'web'), { recursive: true });
    await mkdir(join(folder, RUNS, 'notes'));
    await symlink(folder, join(folder, RUNS, id('07')));
    await use(folder);
  });
}

const swept = async (folder: string, ...words: readonly string[]) => {
  const { code, stdout } = await answer(['sweep', '--local', '--json', ...words], { folder });
  const { items } = JSON.parse(stdout) as SweepResult;
  return { code, items: items.map(({ run, outcome, reason }) => `${run.slice(6, 8)} ${outcome}: ${reason}`) };
};

const KEPT = {
  '01': '01 kept: it is all that is kept of version 2026.101.0 of web: no `records.container` has it',
  '04': `04 kept: process ${process.ppid} on ${hostname()} works in it`,
  '06': '06 kept: it is the last run',
};
const OLD = 'it is old, and nothing stands on it';

test('a dry run lists what would go and what stays, and deletes nothing', async () => {
  await aProject(async (folder) => {
    const before = await readdir(join(folder, RUNS), { recursive: true });
    expect(await swept(folder, '--dry-run')).toEqual({
      code: 0,
      items: [KEPT['01'], `02 due: ${OLD}`, `03 due: ${OLD}`, KEPT['04'], `05 due: ${OLD}`, KEPT['06']],
    });
    expect(await readdir(join(folder, RUNS), { recursive: true })).toEqual(before);
  });
});

test('what is old goes, with what an earlier sweep began to delete; what is no run is left alone, and the same again finds nothing', async () => {
  await aProject(async (folder) => {
    const { items } = await swept(folder);
    expect(items).toEqual([KEPT['01'], `02 deleted: ${OLD}`, `03 deleted: ${OLD}`, KEPT['04'], `05 deleted: ${OLD}`, KEPT['06']]);
    expect((await readdir(join(folder, RUNS))).toSorted()).toEqual([id('01'), id('04'), id('06'), id('07'), 'notes'].toSorted());
    expect((await swept(folder)).items).toEqual([KEPT['01'], KEPT['04'], KEPT['06']]);
  });
});

test('what is younger than is asked for stays', async () => {
  await aProject(async (folder) => {
    const { items } = await swept(folder, '--older-than', '5200w', '--dry-run');
    expect(items.filter((line) => !line.endsWith('it is not old enough'))).toEqual([KEPT['04']]);
  });
});

test('as text, with what to type next; without a run folder too', async () => {
  await aProject(async (folder) => {
    const { stdout, stderr } = await answer(['sweep', '--local', '--dry-run'], { folder });
    expect(stdout).toContain(`to delete  run       ${id('02')}\n           0.0 MiB; ${OLD}\n`);
    expect(stdout).toMatch(/3 to delete, 3 kept\n$/);
    expect(stderr).toBe('next        the same without --dry-run deletes what is due\n');
  });
  await inFolder({}, async (folder) => {
    expect(await answer(['sweep', '--local'], { folder })).toEqual({
      ...{ code: 0, stdout: 'there is no run folder\n', stderr: 'next        nothing is left to do\n' },
    });
  });
});
