import { type ChildProcess, spawn } from 'node:child_process';
import { PROGRAM } from './command-line.ts';

/** `regild sandbox` in a process of its own, and the variables that it prints. */
export interface SandboxProcess {
  readonly process: ChildProcess;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts one in a folder, whose time runs so many times as fast as ours, and waits until it answers. */
export async function sandboxIn(folder: string, speed = 5000): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', '--port', '0', '--speed', String(speed)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    said += text;
    if (said.includes('# SDKs:')) break;
  }
  const pairs = [...said.matchAll(/^export (\w+)='?([^'\n]*)'?$/gm)].map(([, name = '', value = '']) => [name, value]);
  return { process: child, environment: Object.fromEntries(pairs) };
}
