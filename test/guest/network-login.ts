import { readFile } from 'node:fs/promises';
import { createSsh } from '../../src/adapters/ssh.ts';
import { networkLogin } from '../../src/validate/network-login.ts';

/**
 * The login that `test.login: network` asks for, to a machine on this one's loopback: `node network-login.ts <user> <key> <port> <other key> <other port>`.
 * Run Command is played with the first key and port, the login is tried with the others. Prints the result and what was seen.
 */
const [user = '', key = '', port = '', otherKey = '', otherPort = ''] = process.argv.slice(2);
const ssh = createSsh(process.env);
const [own, other] = await Promise.all([key, otherKey].map(async (file) => ({ user, privateKey: await readFile(file, 'utf8') })));
if (own === undefined || other === undefined) throw new Error('two keys are needed');
const vm = {
  login: other,
  run: async (script: string) => {
    const said = await ssh.run({ login: own, address: '127.0.0.1', port: Number(port), command: script });
    return { stdout: 'stdout' in said ? said.stdout : '', stderr: 'failure' in said ? said.failure : '' };
  },
};
const { status, detail } = await networkLogin(
  vm,
  { run: (command, signal) => ssh.run({ ...command, port: Number(otherPort) }, signal) },
  { simulated: false, signal: new AbortController().signal },
);
process.stdout.write(`${status} ${detail}\n`);
