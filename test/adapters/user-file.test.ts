import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAssets } from '../../src/adapters/assets.ts';

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-file-'));
  await writeFile(join(folder, 'motd'), '\uFEFFhéllo\r\n');
  await writeFile(join(folder, 'logo.png'), BYTES);
});
afterEach(() => rm(folder, { recursive: true }));

test('text stays text, byte order mark and line ends with it; anything else is base64', async () => {
  const { userFile } = createAssets('/nowhere', folder);
  expect([await userFile('motd'), await userFile('logo.png'), await userFile('gone')]).toEqual([
    { content: '\uFEFFhéllo\r\n' },
    { content: BYTES.toString('base64'), encoding: 'base64' },
    undefined,
  ]);
});

test('where text is needed, anything else is refused', async () => {
  const { user } = createAssets('/nowhere', folder);
  expect(await user('motd')).toBe('\uFEFFhéllo\r\n');
  await expect(user('logo.png')).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: `${join(folder, 'logo.png')} is not UTF-8 text`,
    hint: 'scripts, playbooks and manifests are text; a `file` step copies anything',
  });
});
