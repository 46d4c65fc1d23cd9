import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeNew } from '../../src/adapters/write-new.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-new-'));
  file = join(folder, 'held-by.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('of many writers one wrote the file, whoever finds it finds it whole, and nothing is left beside it', async () => {
  const texts = Array.from({ length: 20 }, (_, number) => `${number}`.repeat(100_000));
  const seen: string[] = [];
  const writing = texts.map((text) => writeNew(file, text, { content: 'text', mode: 0o600 }));
  for (let looks = 0; looks < 200; looks += 1) seen.push(await readFile(file, 'utf8').catch(() => ''));
  const done = await Promise.all(writing);
  const wrote = texts.filter((_, index) => done[index]);
  expect(wrote).toEqual([await readFile(file, 'utf8')]);
  expect(seen.filter((text) => text !== '' && text !== wrote[0])).toEqual([]);
  expect([await readdir(folder), (await stat(file)).mode & 0o777]).toEqual([['held-by.json'], 0o600]);
});

test('a folder that is not there is trouble, and no file that somebody else wrote', async () => {
  await expect(writeNew(join(folder, 'nowhere', 'file'), 'x', { content: 'text' })).rejects.toMatchObject({ code: 'ENOENT' });
});
