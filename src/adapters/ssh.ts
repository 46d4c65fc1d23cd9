import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Ssh, SshCommand } from '../ports.ts';
import { oneLine } from './one-line.ts';
import { writeNew } from './write-new.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** With the given key alone: nothing of the user's own, no agent, no question. Which machine answers is not known beforehand, and the caller makes sure. */
const OPTIONS = [
  'BatchMode=yes',
  'IdentitiesOnly=yes',
  'IdentityAgent=none',
  'PreferredAuthentications=publickey',
  'StrictHostKeyChecking=no',
  'UserKnownHostsFile=known_hosts',
  'GlobalKnownHostsFile=known_hosts',
  'LogLevel=ERROR',
  // Seconds, and tries: sshd may be restarting.
  'ConnectTimeout=15',
  'ConnectionAttempts=4',
].flatMap((option) => ['-o', option]);

/** OpenSSH's `ssh`, as it is found on the search path. The key lies in a folder that only the user reads, for as long as the command runs. */
export function createSsh(environment: Environment): Ssh {
  return {
    version: async () => {
      const { failed, stderr } = await execa('ssh', ['-V'], { env: environment, extendEnv: false, stdin: 'ignore', reject: false });
      return failed ? undefined : oneLine(stderr);
    },
    run: async (command, signal) => {
      const folder = await mkdtemp(join(tmpdir(), 'regild-ssh-'));
      try {
        await writeNew(join(folder, 'key'), command.login.privateKey, { content: 'secret', mode: 0o600 });
        return await runIn(folder, command, environment, signal);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Where no VM boots nobody logs in, and no program is started. */
export const SIMULATED_SSH: Ssh = {
  version: async () => 'a simulated SSH client',
  run: async () => ({ failure: 'simulated: there is no machine to log in to' }),
};

async function runIn(
  folder: string,
  { login, address, port = 22, command }: SshCommand,
  environment: Environment,
  signal: AbortSignal | undefined,
): ReturnType<Ssh['run']> {
  const words = ['-F', 'none', '-T', '-i', 'key', ...OPTIONS, '-p', String(port), '-l', login.user, '--', address, command];
  const answer = await execa('ssh', words, {
    cwd: folder,
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  if (answer.isCanceled) throw signal?.reason;
  if (!answer.failed) return { stdout: answer.stdout };
  return { failure: oneLine(answer.stderr || answer.shortMessage || 'it ended without a word') };
}
