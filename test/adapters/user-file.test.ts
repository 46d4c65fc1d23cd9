import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
    message: 'logo.png is not UTF-8 text',
    hint: 'scripts, playbooks and manifests are text; a `file` step copies anything',
  });
});

test('nothing outside of the folder of the manifest is read, whatever leads there', async () => {
  const { user, userFile, userFolder } = createAssets('/nowhere', join(folder, 'fleet'));
  await mkdir(join(folder, 'fleet/site'), { recursive: true });
  await symlink(join(folder, 'motd'), join(folder, 'fleet/motd'));
  await symlink('/proc/self', join(folder, 'fleet/self'));
  await symlink('/etc/hostname', join(folder, 'fleet/site/hostname'));
  for (const path of ['motd', '../motd', '../../../../proc/self/environ', 'self/environ', '/etc/passwd', join(folder, 'logo.png')]) {
    const refused = { code: 'FILE_INVALID', message: `${path} lies outside of the folder of the manifest` };
    await expect(userFile(path)).rejects.toMatchObject(refused);
    await expect(user(path)).rejects.toMatchObject(refused);
  }
  await expect(userFolder('site')).rejects.toMatchObject({ code: 'FILE_INVALID' });
  await expect(userFolder('..')).rejects.toMatchObject({ code: 'FILE_INVALID' });
});

test('a link that stays inside is followed', async () => {
  await symlink('motd', join(folder, 'today'));
  expect(await createAssets('/nowhere', folder).userFile('today')).toEqual({ content: '\uFEFFhéllo\r\n' });
});

test('a folder of a manifest that is a link itself holds what it leads to, and no more', async () => {
  await mkdir(join(folder, 'team/fleet'), { recursive: true });
  await mkdir(join(folder, 'team/fleet-2'));
  await writeFile(join(folder, 'team/fleet/a'), 'a');
  await writeFile(join(folder, 'team/fleet-2/a'), 'b');
  await symlink('team/fleet', join(folder, 'fleet'));
  const { userFile } = createAssets('/nowhere', join(folder, 'fleet'));
  expect(await userFile('a')).toEqual({ content: 'a' });
  await expect(userFile('../team/fleet-2/a')).rejects.toMatchObject({ code: 'FILE_INVALID' });
  await symlink('../fleet-2/a', join(folder, 'team/fleet/b'));
  await expect(userFile('b')).rejects.toMatchObject({ code: 'FILE_INVALID' });
});

test('a pipe, whose end never comes, is refused', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(createAssets('/nowhere', folder).userFile('pipe')).rejects.toMatchObject({
    code: 'FILE_INVALID',
    message: 'pipe is a device, a pipe or a socket',
  });
});

test.each([
  ['a key', '-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n', 'a private key'],
  ['keys of AWS behind bytes', Buffer.concat([BYTES, Buffer.from(' AKIAIOSFODNN7EXAMPLE ')]), 'an AWS access key id'],
])('%s goes into no image, by a file, a script or a folder', async (_, content, looksLike) => {
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'secret'), content);
  await writeFile(join(folder, 'site/secret'), content);
  const { user, userFile, userFolder } = createAssets('/nowhere', folder);
  const refused = { code: 'SECRET_IN_FILE', message: expect.stringContaining(`secret holds what looks like ${looksLike}`) };
  await expect(userFile('secret')).rejects.toMatchObject(refused);
  await expect(user('secret')).rejects.toMatchObject(refused);
  await expect(userFolder('site')).rejects.toMatchObject(refused);
});
