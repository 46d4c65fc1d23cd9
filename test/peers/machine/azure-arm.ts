import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PACKER } from '../packer-program.ts';
import { type Arm, loggedIn } from './arm.ts';
import { type Recorded, recordedRequests } from './recorded.ts';
import { readSource, type Source } from './source.ts';

/**
 * Called in Packer's place, with the words that regild gives to Packer. HashiCorp's Azure plugin cannot be had, so what it sends to Azure is sent from its
 * recording, and everything that Packer itself does is done by the real Packer: with its own `null` builder as the source, which logs in to the
 * machine that machine.sh plays.
 */
const words = process.argv.slice(2);
const [verb = ''] = words;
const MACHINES = process.env.REGILD_MACHINES ?? '';

let interrupt = () => {};
process.on('SIGTERM', () => interrupt());

switch (verb) {
  case 'version':
    process.exitCode = await packer(process.cwd());
    break;
  case 'build':
    process.exitCode = await build(await readSource(process.cwd(), process.env));
    break;
  default:
    process.exitCode = await packer(await withoutPlugin(join(MACHINES, `init-${process.pid}`), ''));
}

async function build(source: Source): Promise<number> {
  const arm = await loggedIn(process.env);
  const folder = join(MACHINES, source.group);
  await mkdir(folder, { recursive: true });
  execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-C', '', '-f', join(folder, 'key')]);
  const requests = recordedRequests(source, (await readFile(join(folder, 'key.pub'), 'utf8')).trim());
  const [make, finish] = [requests.filter(makesMachine), requests.filter((request) => !makesMachine(request))];
  const ended: { code?: number } = {};
  try {
    const address = await made(make, arm);
    ended.code = await onMachine(folder, address, await withoutPlugin(join(folder, 'packer'), nullSource(folder, address)));
    if (ended.code === 0) for (const request of finish) await sent(request, arm);
    if (ended.code === 0) await cp(join(folder, 'packer/manifest.json'), 'manifest.json');
    return ended.code;
  } finally {
    // The plugin too leaves everything where a step failed and Packer was told not to clean up.
    if (ended.code === 0 || !words.includes('-on-error=abort')) {
      const group = make[0]?.path ?? '';
      await arm.send('DELETE', group);
      await arm.settled(group);
    }
  }
}

/** The group, and the deployment with its validation. */
function makesMachine({ path }: Recorded): boolean {
  return !/\/(?:deallocate|generalize)\?|\/images\//.test(path);
}

/** Makes the VM, and gives the public address that it has. */
async function made(requests: readonly Recorded[], arm: Arm): Promise<string> {
  for (const request of requests) await sent(request, arm);
  const [group = ''] = requests[0]?.path.split('?') ?? [];
  const { body } = await arm.send('GET', `${group}/providers/Microsoft.Network/publicIPAddresses?api-version=2023-09-01`);
  const [address] = body.value as readonly { readonly properties: { readonly ipAddress: string } }[];
  return address?.properties.ipAddress ?? '';
}

/** Sends a request, and waits for what it begins. */
async function sent({ method, path, body }: Recorded, arm: Arm): Promise<void> {
  await arm.send(method, path, body);
  if (method === 'PUT') await arm.settled(path);
  if (path.includes('/deallocate?')) await deallocated(path.replace(/\/deallocate\?.*/, ''), arm);
}

async function deallocated(vm: string, arm: Arm): Promise<void> {
  const view = async () => JSON.stringify((await arm.send('GET', `${vm}/instanceView?api-version=2024-07-01`)).body.statuses);
  while (!(await view()).includes('PowerState/deallocated')) await pause(100);
}

/** Runs the real Packer while the machine is there. */
async function onMachine(folder: string, address: string, rendered: string): Promise<number> {
  const words = [process.env.REGILD_MACHINE_BASE ?? '', join(folder, 'machine'), address, join(folder, 'key.pub')];
  await mkdir(join(folder, 'machine'), { recursive: true });
  const machine = spawn(join(import.meta.dirname, 'machine.sh'), words, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  const ended = once(machine, 'exit');
  try {
    return await packer(rendered);
  } finally {
    if (machine.pid !== undefined && machine.exitCode === null) process.kill(-machine.pid, 'SIGKILL');
    await ended;
  }
}

async function packer(folder: string): Promise<number> {
  const child = spawn(PACKER, words, { cwd: folder, stdio: 'inherit' });
  interrupt = () => child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** A copy of the rendered folder in which another source stands for the plugin's. */
async function withoutPlugin(folder: string, source: string): Promise<string> {
  await cp(process.cwd(), folder, { recursive: true });
  await rm(join(folder, 'plugins.pkr.hcl'));
  const path = join(folder, 'build.pkr.hcl');
  await writeFile(path, (await readFile(path, 'utf8')).replace('source.azure-arm.image', 'source.null.image'));
  await writeFile(join(folder, 'source.pkr.hcl'), source || 'source "null" "image" {\n  communicator = "none"\n}\n');
  return folder;
}

function nullSource(folder: string, address: string): string {
  const settings = { communicator: 'ssh', ssh_host: address, ssh_username: 'packer', ssh_private_key_file: join(folder, 'key') };
  const lines = Object.entries(settings).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}\n`);
  return `source "null" "image" {\n${lines.join('')}}\n`;
}
