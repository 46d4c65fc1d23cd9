import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { installed, LINUX, run, SHELLS } from './shells.ts';

const folder = await mkdtemp(join(tmpdir(), 'regild-lib-'));
afterAll(() => rm(folder, { recursive: true }));

const there = await Promise.all(SHELLS.map(async (shell) => ({ shell, name: shell.join(' '), present: await installed(shell[0]) })));

describe.each(there.filter(({ present }) => present))('the library under $name', ({ shell }) => {
  const file = (name: string, text: string) => writeFile(join(folder, name), text).then(() => join(folder, name));

  test('a substitution changes every match and keeps mode and inode', async () => {
    const path = await file('grub', 'A="quiet resume=/dev/x resume_offset=4 ro"\nB=1\n');
    const before = await stat(path);
    const { exitCode } = await run(shell, 'regild_substitute "$1" "$2" "$3"', [
      path,
      '(^|["[:space:]])resume(_offset)?=[^[:space:]"]*',
      '\\1',
    ]);
    expect(exitCode).toBe(0);
    expect(await readFile(path, 'utf8')).toBe('A="quiet   ro"\nB=1\n');
    expect([(await stat(path)).ino, (await stat(path)).mode]).toEqual([before.ino, before.mode]);
  });

  test('lines are deleted in place, and a file without one is not touched', async () => {
    const path = await file('hosts', '127.0.0.1 localhost\n10.0.0.1 ip-10-0-0-1.ec2.internal\n');
    await run(shell, 'regild_delete_lines "$1" "ec2[.]internal"', [path]);
    const { stderr } = await run(shell, 'regild_delete_lines "$1" "ec2[.]internal"', [path]);
    expect(await readFile(path, 'utf8')).toBe('127.0.0.1 localhost\n');
    expect(stderr).toBe('');
  });

  test('a key is replaced where it is and added where it is not', async () => {
    const path = await file('waagent.conf', '# Comment\nResourceDisk.Format=y\n');
    await run(shell, 'regild_set_key "$1" ResourceDisk.Format n; regild_set_key "$1" Extensions.Enabled y', [path]);
    expect(await readFile(path, 'utf8')).toBe('# Comment\nResourceDisk.Format=n\nExtensions.Enabled=y\n');
  });

  test.each(['/', '/etc', '/usr/lib', '/var/lib', '/etc/ssh', 'etc/x', '/opt/../etc', '/proc'])('%s is never removed', async (path) => {
    expect((await run(shell, 'regild_removable "$1"', [path])).exitCode).toBe(1);
  });

  test.each(['/opt/aws', '/swap', '/etc/amazon/ssm'])('%s may be removed', async (path) => {
    expect((await run(shell, 'regild_removable "$1"', [path])).exitCode).toBe(0);
  });

  test('a glob gives the paths that exist, dangling links too, and names with spaces whole', async () => {
    const place = await mkdtemp(join(folder, 'glob-'));
    await writeFile(join(place, 'a b.conf'), '');
    await symlink('/nowhere', join(place, 'c.conf'));
    await mkdir(join(place, 'd'));
    const { stdout } = await run(shell, 'regild_glob "$1"', [`${place}/*.conf`]);
    expect(stdout.split('\n')).toEqual([join(place, 'a b.conf'), join(place, 'c.conf')]);
  });

  test('a path that ends in a slash goes only when it is empty', async () => {
    const place = await mkdtemp(join(folder, 'empty-'));
    await mkdir(join(place, 'aws/bin'), { recursive: true });
    await mkdir(join(place, 'used'));
    await writeFile(join(place, 'used/file'), '');
    await run(shell, 'regild_remove_path "$1/aws/"; regild_remove_path "$1/used/"', [place]);
    expect((await run(shell, 'regild_glob "$1/*"', [place])).stdout).toBe(join(place, 'used'));
  });

  test('the component table is read by action, phase and field', async () => {
    const path = await file(
      'components.tsv',
      'one\tremove\tboot\tpath\t/a\none\tremove\tboot\tsubstitute\t/b\tx|y\t\ntwo\tkeep\tboot\tpath\t/c\n',
    );
    const script =
      'REGILD_COMPONENTS=$1; regild_component_ids remove boot; regild_component_ids "remove|keep" .; regild_component_field one substitute';
    expect((await run(shell, script, [path])).stdout.split('\n')).toEqual(['one', 'one', 'two', '/b\tx|y\t']);
  });

  test('a table on standard input takes the place of the file', async () => {
    const { stdout } = await run(
      shell,
      'regild_use_table; regild_component_ids remove .; rm "$REGILD_COMPONENTS"',
      [],
      'one\tremove\tboot\tpath\t/a\n',
    );
    expect(stdout).toBe('one');
  });
});

describe.each(there.filter(({ present }) => present))('the family under $name', ({ shell: [program, ...words] }) => {
  const load = async (environment: string, setting = '') => {
    const home = await mkdtemp(join(folder, 'home-'));
    await cp(LINUX, home, { recursive: true });
    if (environment !== '') await writeFile(join(home, 'guest.env'), environment);
    const text = `REGILD_HOME='${home}' ${setting}\n. '${home}/lib.sh'\necho "$REGILD_FAMILY"`;
    const { stdout, stderr } = await execa(program, [...words, '-c', text], { reject: false });
    return stdout || stderr.replace(home, '<home>');
  };

  test.each([
    ['is what the plan delivers', 'REGILD_FAMILY=suse\n', '', 'suse'],
    ['is what the script that was sent says', 'REGILD_FAMILY=suse\n', 'REGILD_FAMILY=redhat', 'redhat'],
    [
      'is not guessed',
      '',
      '',
      'regild: error: nothing says of which family this system is: REGILD_FAMILY is not set, and <home>/guest.env does not set it',
    ],
    ['is one that scripts change', 'REGILD_FAMILY=none\n', '', "regild: error: no guest script changes a system of the family 'none'"],
  ])('%s', async (_name, environment, setting, expected) => expect(await load(environment, setting)).toBe(expected));
});

describe.each(there.filter(({ present }) => present))('the planned family under $name', ({ shell }) => {
  test('has to be that of the packages', async () => {
    const { exitCode, stderr } = await run(shell, 'PATH=/nowhere; regild_require_family');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/error: the plan says that this system is of the family debian, but '' has no dpkg$/);
  });
});

describe.each(there.filter(({ present }) => present))('the planned system under $name', ({ shell }) => {
  const planned = "REGILD_SYSTEMS='almalinux' REGILD_MAJOR=9 REGILD_MACHINE=x86_64";
  const guest = (id: string, version: string, machine: string) =>
    `regild_os_release() { case $1 in ID) echo '${id}' ;; *) echo '${version}' ;; esac; }; uname() { echo '${machine}'; }`;
  const check = async (plan: string, own: string) => {
    const { exitCode, stderr } = await run(shell, `${plan}; ${own}; regild_require_planned_system; echo on`);
    return [exitCode, stderr];
  };

  test.each([
    ['is the one that it is', planned, guest('almalinux', '9.4', 'x86_64'), [0, '']],
    ['may be of a rolling release', planned, guest('almalinux', '', 'x86_64'), [0, '']],
    ['may carry a suffix', "REGILD_SYSTEMS='sles' REGILD_MAJOR=15 REGILD_MACHINE=x86_64", guest('sles_sap', '15.6', 'x86_64'), [0, '']],
    ['is not told where scripts run by hand', ':', guest('debian', '12', 'x86_64'), [0, '']],
    [
      'is another',
      planned,
      guest('debian', '12', 'x86_64'),
      [1, 'regild: error: this is debian 12 on x86_64, and the plan is for almalinux 9 on x86_64'],
    ],
    [
      'is another release',
      planned,
      guest('almalinux', '8.10', 'x86_64'),
      [1, 'regild: error: this is almalinux 8.10 on x86_64, and the plan is for almalinux 9 on x86_64'],
    ],
    [
      'is of another architecture',
      planned,
      guest('almalinux', '9.4', 'aarch64'),
      [1, 'regild: error: this is almalinux 9.4 on aarch64, and the plan is for almalinux 9 on x86_64'],
    ],
  ] as const)('%s', async (_name, plan, own, expected) => expect(await check(plan, own)).toEqual(expected));
});
