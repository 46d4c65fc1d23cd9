import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze, inspect, map, survey } from '../src/library.ts';
import { inFolder } from './commands/command-line.ts';

const RECORDS = JSON.stringify({
  Images: [
    {
      ImageId: 'ami-0123456789abcdef0',
      Name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260915',
      OwnerId: '099720109477',
      Architecture: 'x86_64',
      PlatformDetails: 'Linux/UNIX',
    },
  ],
});

test('analyze says what each record is', async () => {
  const [analysis] = await analyze(RECORDS, { region: 'eu-west-1', now: new Date('2026-11-21T00:00:00Z') });
  expect([analysis?.image, analysis?.ami.region, analysis?.distro.value, analysis?.version.value, analysis?.architecture.value]).toEqual([
    'ami-0123456789abcdef0',
    'eu-west-1',
    'ubuntu',
    '24.04',
    'x64',
  ]);
});

test('survey gives the road and the wave of the same records', async () => {
  const { images, issues } = await survey(RECORDS, { now: new Date('2026-11-21T00:00:00Z') });
  expect(images.map(({ imageId, verdict, wave, bases }) => [imageId, verdict, wave, bases[0]])).toEqual([
    ['ami-0123456789abcdef0', 'catalog', 1, 'Canonical:ubuntu-24_04-lts:server'],
  ]);
  expect(issues).toEqual([]);
});

test('map takes subjects as the verb does', async () => {
  expect((await map('eu-west-1', 'nothing-such')).map(({ subject, mapping }) => [subject, mapping.kind])).toEqual([
    ['eu-west-1', 'region'],
    ['nothing-such', 'unknown'],
  ]);
});

test('inspect reads a folder with a root file system', async () => {
  await inFolder({}, async (folder) => {
    await mkdir(join(folder, 'etc'));
    await writeFile(join(folder, 'etc/os-release'), 'ID=debian\nVERSION_ID="12"\n');
    expect((await inspect(folder)).system).toMatchObject({ family: 'linux', id: 'debian', version: '12' });
  });
});

test('what is no record is refused as the command line refuses it', async () => {
  await expect(analyze('no records')).rejects.toMatchObject({ code: 'FILE_INVALID' });
  await expect(inspect('/no/such/disk')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});
