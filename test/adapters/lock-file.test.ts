import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeLockFile } from '../../src/adapters/lock-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-lock-file-'));
  file = join(folder, 'images.lock.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const adding = (line: string) => (text: string | undefined) => `${text ?? ''}${line}\n`;

test('whoever changes it at the same time loses nothing, and leaves nothing beside it', async () => {
  const lines = Array.from({ length: 20 }, (_, number) => `line ${number}`);
  expect(await Promise.all(lines.map((line) => changeLockFile(file, adding(line))))).toEqual(lines.map(() => true));
  expect((await readFile(file, 'utf8')).trim().split('\n').toSorted()).toEqual(lines.toSorted());
  expect(await readdir(folder)).toEqual(['images.lock.yaml']);
});

test('a text that stays the same is not written', async () => {
  await writeFile(file, 'as it was');
  expect(await changeLockFile(file, (text) => text ?? '')).toBe(false);
});

test('the guard of a process that died is passed over', async () => {
  await writeFile(`${file}.guard`, 'somebody');
  await utimes(`${file}.guard`, new Date(0), new Date(0));
  expect(await changeLockFile(file, adding('x'))).toBe(true);
  expect(await readdir(folder)).toEqual(['images.lock.yaml']);
});

test('a folder where nothing can be written is said', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(changeLockFile(join(folder, 'file/images.lock.yaml'), adding('x'))).rejects.toMatchObject({ code: 'LOCK_UNWRITABLE' });
});

test('what a change refuses is thrown as it is said, and the next one finds the way free', async () => {
  const refuse = () => {
    throw new TypeError('no');
  };
  await expect(changeLockFile(file, refuse)).rejects.toMatchObject({ code: 'LOCK_UNWRITABLE', message: expect.stringContaining('no') });
  expect(await changeLockFile(file, adding('x'))).toBe(true);
});
