import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { PROGRAM } from '../commands/command-line.ts';

/** A `regild sandbox` in a process of its own. */
export interface RunningSandbox {
  /** What it printed: lines for a shell. */
  readonly printed: string;
  /** The variables among them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts `regild sandbox` in a folder as a user would, and reads what it prints. */
export async function startedSandbox(folder: string, words: readonly string[] = []): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', '--port', '0', '--speed', '600', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = await untilPrinted(child, /^# SDKs: .*\n/m);
  return { printed, variables: variablesOf(printed), close: () => ended(child) };
}

/** What `regild sandbox` printed, until a line of it. Throws when it ends before. */
async function untilPrinted(child: ChildProcess, last: RegExp): Promise<string> {
  const said = { printed: '', errors: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.printed += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text;
  });
  while (!last.test(said.printed)) {
    if (child.exitCode !== null) throw new Error(`regild sandbox ended with ${child.exitCode}: ${said.errors}`);
    await pause(50);
  }
  return said.printed;
}

/** No value that the sandbox prints needs quotes but a folder's, and the suite's folder has none. */
function variablesOf(printed: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  await exit;
}
