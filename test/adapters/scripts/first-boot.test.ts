import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { installed, LINUX, run, SHELLS } from './shells.ts';

/** What cloud-init and ssh say at a first boot, as programs that stand in for them, and how the checks read it. */
const folder = await mkdtemp(join(tmpdir(), 'regild-first-boot-'));
afterAll(() => rm(folder, { recursive: true }));

/** One shell will do: that all of them read the scripts is proven beside this. */
const present = await Promise.all(SHELLS.map(([program]) => installed(program)));
const here = SHELLS.filter((_, index) => present[index])
  .slice(0, 1)
  .map((shell) => ({ shell }));

const [azl26 = '', azl39 = '', lis15 = '', runner = ''] = await Promise.all(
  ['checks/azl-26-provisioned.sh', 'checks/azl-39-ssh-login.sh', 'checks/lis-15-cloud-init-status.sh', 'checks.sh'].map((name) =>
    readFile(LINUX + name, 'utf8'),
  ),
);

/**
 * A folder with programs, by name and text of a shell script. Another process puts them there: what this one writes may still be open in a child that another
 * thread has just made, and Linux starts no file that is open for writing (execve(2), ETXTBSY).
 */
async function programs(name: string, texts: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [program, text] of Object.entries(texts)) {
    await writeFile(join(path, `${program}.text`), `#!/bin/sh\n${text}\n`);
    await execa('install', ['-m', '755', join(path, `${program}.text`), join(path, program)]);
  }
  return path;
}

const JSON_FORM = 'case "$*" in *"--format json"*) cat <<\'END\'\n';
const WITHOUT_JSON = 'case "$*" in *json*) exit 2 ;; esac\n';
const later = (text: object) =>
  `${JSON_FORM}${JSON.stringify(text, undefined, 2)}\nEND\n;; *) echo 'detail: DataSourceAzure [seed=/dev/sr0]' ;; esac`;
const degraded = {
  detail: 'DataSourceAzure [seed=/dev/sr0]',
  errors: [],
  extended_status: 'degraded done',
  init: { errors: [], finished: 1, recoverable_errors: {} },
  'modules-config': { errors: [], recoverable_errors: { WARNING: ['no such zone'] } },
  recoverable_errors: { WARNING: ['no such zone', 'and another'] },
  status: 'done',
};

const FORMS = [
  ['release 22.4, done', `${WITHOUT_JSON}printf '\\nstatus: done\\ndetail:\\nDataSourceAzure [seed=/dev/sr0]\\n'`, 'pass', 'pass'],
  [
    'release 19.4, error',
    `${WITHOUT_JSON}printf '\\nstatus: error\\ndetail:\\n(ssh)\\n'; exit 1`,
    'fail cloud-init says error ',
    'fail error ',
  ],
  ['release 24.1, done', later({ ...degraded, extended_status: 'done', 'modules-config': {}, recoverable_errors: {} }), 'pass', 'pass'],
  ['release 24.1, degraded, which Ubuntu ends with 0', later(degraded), 'pass', 'fail degraded done no such zone; and another'],
  [
    'release 24.1, error',
    later({
      ...degraded,
      errors: ['(ssh, broken)'],
      extended_status: 'error - done',
      recoverable_errors: {},
      'modules-config': {},
      status: 'error',
    }),
    'fail cloud-init says error (ssh broken)',
    'fail error (ssh broken)',
  ],
  ['still running', `${WITHOUT_JSON}echo 'status: running'; exit 1`, 'fail cloud-init says running ', 'fail running '],
  ['nothing', 'exit 1', 'fail cloud-init says  ', 'fail  '],
  [
    'another datasource',
    `${WITHOUT_JSON}printf 'status: done\\ndetail:\\nDataSourceNone\\n'`,
    'fail cloud-init did not use the Azure datasource',
    'pass',
  ],
] as const;

describe.each(here)('under $shell', ({ shell }) => {
  const said = async (path: string, id: string, text: string, before = '') => {
    const script = `PATH=${path}:$PATH; REGILD_INLINE=1\n${runner}\n${text}\n${before}\nregild_load_packages() { :; }\nregild_answered() { false; }\nregild_run_check ${id}`;
    const [, , status, detail] = (await run(shell, script)).stdout.split('\t');
    return status === 'pass' ? status : `${status} ${detail}`;
  };

  test.each(FORMS)('cloud-init: %s', async (name, text, provisioned, warning) => {
    const path = await programs(name.replaceAll(/\W+/g, '-'), { 'cloud-init': text });
    expect([await said(path, 'azl-26-provisioned', azl26), await said(path, 'lis-15-cloud-init-status', lis15)]).toEqual([
      provisioned,
      warning,
    ]);
  });

  const login = "regild_use_login regild <<'END'\n-----BEGIN RSA PRIVATE KEY-----\nAAAA\nEND";
  const sshd = (address: string) => `echo 'listenaddress ${address}'; echo 'port 22'`;
  const sleep = 'exit 0';

  test.each([
    ['is let in', 'echo welcome; echo regild', 'pass'],
    [
      'is refused',
      'echo "regild@127.0.0.1: Permission denied (publickey)."; exit 255',
      'fail regild@127.0.0.1: Permission denied (publickey).',
    ],
    ['meets nobody', 'echo "Connection refused"; exit 255', 'fail Connection refused'],
    ['is somebody else', 'echo root', 'fail root'],
  ])('the administrator %s', async (name, ssh, expected) => {
    const path = await programs(`ssh-${name.replaceAll(' ', '-')}`, { ssh, sshd: sshd('0.0.0.0:22'), sleep });
    expect(await said(path, 'azl-39-ssh-login', azl39, login)).toBe(expected);
  });

  test('sshd that starts again while it is asked is asked again', async () => {
    const turns = join(folder, `turns-${shell[0]}`);
    const ssh = `echo x >>${turns}; [ "$(wc -l <${turns})" -ge 3 ] || { echo 'Connection reset by peer'; exit 255; }; echo regild`;
    const path = await programs(`ssh-away-${shell[0]}`, { ssh, sshd: sshd('0.0.0.0:22'), sleep });
    expect(await said(path, 'azl-39-ssh-login', azl39, login)).toBe('pass');
  });

  test.each([
    ['0.0.0.0:22', '-p 22 127.0.0.1'],
    ['[::]:22', '-p 22 ::1'],
    ["[::]:22'; echo 'listenaddress 0.0.0.0:22", '-p 22 127.0.0.1'],
    ['10.0.0.4:2222', '-p 2222 10.0.0.4'],
  ])('sshd that listens on %s is asked there, with a key that is in no argument and in no file afterwards', async (address, expected) => {
    const arguments_ = join(folder, `arguments-${shell[0]}`);
    const ssh = `echo "$*" >${arguments_}; while [ "$1" != -i ]; do shift; done; cat "$2" >${arguments_}.key; echo "$2" >${arguments_}.path; echo regild`;
    const path = await programs(`ssh-at-${shell[0]}`, { ssh, sshd: sshd(address) });
    expect(await said(path, 'azl-39-ssh-login', azl39, login)).toBe('pass');
    const words = await readFile(arguments_, 'utf8');
    const [port = '', host = ''] = [/-p \d+/.exec(words)?.[0], /-l regild (\S+)/.exec(words)?.[1]];
    expect({ at: `${port} ${host}`, key: /BEGIN|AAAA/.test(words) }).toEqual({ at: expected, key: false });
    expect(await readFile(`${arguments_}.key`, 'utf8')).toBe('-----BEGIN RSA PRIVATE KEY-----\nAAAA\n');
    await expect(readFile((await readFile(`${arguments_}.path`, 'utf8')).trim())).rejects.toThrow('ENOENT');
  });

  test('without a login there is nothing to try', async () => {
    expect(await said('/nowhere', 'azl-39-ssh-login', azl39)).toBe('skip nobody said who the administrator is');
  });
});
