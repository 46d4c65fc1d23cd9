import { once } from 'node:events';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { ExitCode } from '../model/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { Io, Verb } from './command.ts';
import { appendingLines, writeWhole } from './files.ts';
import { version } from './installation.ts';
import { sandboxInstructions } from './sandbox-instructions.ts';
import { defineMemory } from './sandbox-memory.ts';
import { parseSpeed } from './sandbox-speed.ts';

interface SandboxFlags {
  readonly port: number;
  readonly speed: number;
  readonly record?: string;
  readonly state?: string;
}

/** Runs the embedded clouds in the foreground, for regild in another shell, and for other programs. */
export const sandboxVerb: Verb = (program, run) => {
  program
    .enablePositionalOptions()
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', port, 8443)
    .option('--speed <factor>', 'virtual seconds per real second', speed, 60)
    .option('--record <file>', 'write every request and its answer to this file, one JSON object a line, without authorization headers')
    .option('--state <file>', 'remember its world in this file, and go on where it was left')
    .action((flags: SandboxFlags) => run((io) => serve(flags, io)));
  defineMemory(program, run);
};

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('it must be a port, 0 to 65535');
}

function speed(text: string): number {
  const parsed = parseSpeed(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError('it must be a number above 0');
}

async function serve({ port, speed, record, state }: SandboxFlags, io: Io): Promise<ExitCode> {
  const sandbox = await startSandbox({
    port,
    clock: { kind: 'real', speed, leastWait: 1 },
    ...(state === undefined ? {} : { state: { path: resolve(io.folder, state), regild: version } }),
    ...(record === undefined ? {} : { onExchange: recorder(resolve(io.folder, record)) }),
  });
  try {
    const caFile = resolve(io.folder, '.regild', 'sandbox-ca.pem');
    await writeWhole(caFile, sandbox.caPem, { content: 'exact', mode: 0o644 });
    io.out(sandboxInstructions(sandbox, caFile), 'secret');
    if (!io.signal.aborted) await once(io.signal, 'abort');
    return ExitCode.ok;
  } finally {
    // One that listens keeps the process alive.
    await sandbox.close();
  }
}

/** Appends to a fresh file; at once, so that what was answered is on the disk whatever ends the process. */
function recorder(file: string): (exchange: unknown) => void {
  const add = appendingLines(file, 'json', true);
  return (exchange) => add(JSON.stringify(exchange));
}
