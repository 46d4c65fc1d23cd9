import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placePrograms } from '../../fakes/programs.ts';
import { installed, LINUX, SHELLS } from './shells.ts';

const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regild-packages-'));
  await Promise.all(['lib.sh', 'lib', 'packages.sh'].map((name) => cp(LINUX + name, join(folder, name), { recursive: true })));
  await mkdir(join(folder, 'bin'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that only writes down how it was called, and fails where its last word is `nonesuch`. */
function fake(name: string): string {
  return `#!/bin/sh\necho "${name} $*" >>'${join(folder, 'calls')}'\nfor last in "$@"; do :; done\n[ "$last" != nonesuch ]\n`;
}

const APT = '-y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold -qq';

describe.each(there.filter(({ present }) => present))('packages.sh under $name', ({ shell: [program, ...words] }) => {
  async function ask(family: string, programs: readonly string[], ...what: readonly string[]) {
    await writeFile(join(folder, 'guest.env'), `REGILD_FAMILY=${family}\n`);
    placePrograms(join(folder, 'bin'), Object.fromEntries(programs.map((name) => [name, fake(name)])));
    const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
    const { exitCode, stderr } = await execa(program, [...words, join(folder, 'packages.sh'), ...what], { reject: false, env });
    const calls = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
    return { exitCode, stderr, calls: calls.split('\n').filter((line) => line !== '') };
  }

  test.each([
    ['debian', ['apt-get'], ['apt-get -q update', `apt-get ${APT} install nginx jq`]],
    ['redhat', ['dnf'], ['dnf -q makecache', 'dnf -y install nginx jq']],
    ['suse', ['zypper'], ['zypper --non-interactive refresh', 'zypper --non-interactive install nginx jq']],
    [
      'transactional',
      ['zypper', 'transactional-update'],
      ['zypper --non-interactive refresh', 'transactional-update --non-interactive --continue apply pkg install nginx jq'],
    ],
    ['azurelinux', ['tdnf'], ['tdnf -q makecache', 'tdnf -y install nginx jq']],
  ])('%s installs what is asked, as a person would', async (family, programs, calls) => {
    expect(await ask(family, programs, 'install', 'nginx', 'jq')).toEqual({ exitCode: 0, stderr: '', calls });
  });

  test.each([
    ['debian', ['apt-get'], `apt-get ${APT} dist-upgrade`],
    ['redhat', ['dnf'], 'dnf -y upgrade'],
    ['suse', ['zypper'], 'zypper --non-interactive update'],
    ['transactional', ['zypper', 'transactional-update'], 'transactional-update --non-interactive --continue apply update'],
    ['azurelinux', ['tdnf'], 'tdnf -y update'],
  ])('%s updates everything', async (family, programs, call) => {
    expect((await ask(family, programs, 'update')).calls.at(-1)).toBe(call);
  });

  test('Ansible is installed where it is missing, under the name that the system has for it', async () => {
    expect((await ask('redhat', ['dnf'], 'ansible')).calls).toEqual(['dnf -q makecache', 'dnf -y install ansible-core']);
  });

  test('and left alone where it is there', async () => {
    expect(await ask('debian', ['apt-get', 'ansible-playbook'], 'ansible')).toEqual({ exitCode: 0, stderr: '', calls: [] });
  });

  test('a package that does not exist ends the step', async () => {
    expect((await ask('debian', ['apt-get'], 'install', 'nonesuch')).exitCode).not.toBe(0);
  });

  test('what it does not know, it says', async () => {
    expect(await ask('debian', ['apt-get'], 'sell')).toMatchObject({
      exitCode: 1,
      stderr: "regild: error: packages.sh does not know 'sell'",
    });
  });
});
