import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSsh } from '../../src/adapters/ssh.ts';
import type { SshCommand } from '../../src/ports.ts';
import { placePrograms } from '../fakes/programs.ts';

const COMMAND: SshCommand = { login: { user: 'regild', privateKey: 'the key' }, address: '10.0.0.4', port: 2222, command: 'cat /x; y' };

/** Does something with an `ssh` that is this shell script; the machines of test/guest have a real one. */
async function withProgram<Result>(
  script: string | undefined,
  use: (ssh: ReturnType<typeof createSsh>, folder: string) => Promise<Result>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'regild-ssh-test-'));
  try {
    if (script !== undefined) placePrograms(folder, { ssh: `#!/bin/sh\n${script}\n` });
    return await use(createSsh({ PATH: script === undefined ? folder : `${folder}:/usr/bin:/bin`, LOG: join(folder, 'log') }), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the key lies in a folder of its own while the program runs, in no argument, and the address is no option', async () => {
  const script = 'printf "%s\\n" "$@" >&2; cat key; stat -c " %a" key; pwd';
  const answer = await withProgram(script, async (ssh) => ssh.run(COMMAND));
  const [key, folder = ''] = 'stdout' in answer ? answer.stdout.split('\n') : [];
  expect(key).toBe('the key 600');
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
  const words = await withProgram('printf "%s\\n" "$@"', (ssh) => ssh.run(COMMAND));
  expect('stdout' in words && words.stdout.split('\n')).toEqual([
    ...['-F', 'none', '-T', '-i', 'key'],
    ...[
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'IdentityAgent=none',
      'PreferredAuthentications=publickey',
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=known_hosts',
      'GlobalKnownHostsFile=known_hosts',
      'LogLevel=ERROR',
      'ConnectTimeout=15',
      'ConnectionAttempts=4',
    ].flatMap((option) => ['-o', option]),
    ...['-p', '2222', '-l', 'regild', '--', '10.0.0.4', 'cat /x; y'],
  ]);
});

test('what the client says of a failure is one line, and a client that is missing is a failure too', async () => {
  const refused = await withProgram('echo "kex_exchange: reset" >&2; echo "Connection closed" >&2; exit 255', (ssh) => ssh.run(COMMAND));
  expect(refused).toEqual({ failure: 'kex_exchange: reset Connection closed' });
  const missing = await withProgram(undefined, (ssh) => ssh.run(COMMAND));
  expect(missing).toEqual({ failure: expect.stringContaining('ENOENT') });
});

test('the version is what the client says of itself, or nothing', async () => {
  const versions = [
    await withProgram('echo "OpenSSH_9.2p1" >&2', (ssh) => ssh.version()),
    await withProgram(undefined, (ssh) => ssh.version()),
  ];
  expect(versions).toEqual(['OpenSSH_9.2p1', undefined]);
});

test('a run that is cancelled ends the client', async () => {
  const leaving = new AbortController();
  const running = withProgram('exec sleep 600', (ssh) => {
    const run = ssh.run(COMMAND, leaving.signal);
    leaving.abort(new Error('cancelled'));
    return run;
  });
  await expect(running).rejects.toThrow('cancelled');
});
