import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExitCode } from '../model/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { Io, Verb } from './command.ts';
import { sandboxInstructions } from './sandbox-instructions.ts';

interface SandboxFlags {
  readonly port: string;
  readonly speed: string;
  readonly record?: string;
}

/** Runs the embedded clouds in the foreground, for regild in another shell, and for other programs. */
export const sandboxVerb: Verb = (program, run) =>
  program
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', '8443')
    .option('--speed <factor>', 'virtual seconds per real second', '60')
    .option('--record <file>', 'write every request and its answer to this file, one JSON object a line, without authorization headers')
    .action((flags: SandboxFlags) => run((io) => serve(flags, io)));

async function serve({ port, speed, record }: SandboxFlags, io: Io): Promise<ExitCode> {
  const sandbox = await startSandbox({
    port: Number(port),
    clock: { kind: 'real', speed: Number(speed) },
    ...(record === undefined ? {} : { onExchange: recorder(resolve(io.folder, record)) }),
  });
  const caFile = resolve(io.folder, '.regild', 'sandbox-ca.pem');
  await mkdir(resolve(caFile, '..'), { recursive: true });
  await writeFile(caFile, sandbox.caPem);
  io.out(sandboxInstructions(sandbox, caFile));
  if (!io.signal.aborted) await once(io.signal, 'abort');
  await sandbox.close();
  return ExitCode.ok;
}

/** Appends to a fresh file; synchronous, so that what was answered is on the disk whatever ends the process. */
function recorder(file: string): (exchange: unknown) => void {
  writeFileSync(file, '', { mode: 0o600 });
  return (exchange) => appendFileSync(file, `${JSON.stringify(exchange)}\n`);
}
