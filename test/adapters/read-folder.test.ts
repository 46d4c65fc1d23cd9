import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAssets } from '../../src/adapters/assets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-folder-'));
  await mkdir(join(folder, 'cookbooks/web/recipes'), { recursive: true });
  await mkdir(join(folder, 'cookbooks/.git'));
  await writeFile(join(folder, 'cookbooks/web/recipes/default.rb'), "package 'nginx'\n");
  await writeFile(join(folder, 'cookbooks/web/metadata.rb'), '\uFEFFname "wéb"\n');
  await writeFile(join(folder, 'cookbooks/.git/HEAD'), 'x');
});
afterEach(() => rm(folder, { recursive: true }));

const read = (path: string) => createAssets('/nowhere', folder).userFolder(path);

test('the files below a folder, sorted, without what begins with a dot', async () => {
  expect(await read('cookbooks')).toEqual([
    { path: 'web/metadata.rb', content: '\uFEFFname "wéb"\n' },
    { path: 'web/recipes/default.rb', content: "package 'nginx'\n" },
  ]);
});

test('no folder', async () => {
  expect([await read('gone'), await read('cookbooks/web/metadata.rb')]).toEqual([undefined, undefined]);
});

test('a file that is no text is named', async () => {
  await writeFile(join(folder, 'cookbooks/logo.png'), Buffer.from([0x89, 0x50, 0xff]));
  await expect(read('cookbooks')).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: `${join(folder, 'cookbooks/logo.png')} is not UTF-8 text`,
  });
});
