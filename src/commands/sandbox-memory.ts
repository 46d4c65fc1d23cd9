import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { InvalidArgumentError, type Command as Program } from 'commander';
import { RegildError } from '../errors.ts';
import { ExitCode, parseDuration, type SandboxMemory, SCHEMA_VERSION } from '../model/index.ts';
import { visible } from '../report/encode.ts';
import { printedJson } from '../report/print-json.ts';
import { SandboxStateError } from '../sandbox/remembered/state-error.ts';
import type { StateFile } from '../sandbox/remembered/state-file.ts';
import type { Io, Verb } from './command.ts';
import { shown, stateFailure, stateFile } from './sandbox-state.ts';

interface MemoryFlags {
  readonly json?: true;
}

/** `sandbox show`, `advance` and `reset`: what the sandbox of a project remembers, looked at, moved on in time, or forgotten. */
export function defineMemory(program: Program, run: Parameters<Verb>[1]): void {
  const named = (name: string, does: string) =>
    program.command(name).description(does).option('--json', 'print what is remembered as JSON on stdout');
  named('show', 'say what the sandbox of this project remembers').action((flags: MemoryFlags) =>
    run((io) => tell(flags, io, async (path) => (existsSync(path) ? open(path, io, worldsOf) : []))),
  );
  named('advance', 'let time pass in it: what is under way ends, versions grow old')
    .argument('<time>', 'how much, such as 90m, 24h, 7d or 4w', duration)
    .action((milliseconds: number, flags: MemoryFlags) =>
      run((io) => tell(flags, io, (path) => open(requireThere(path, io), io, (file) => advance(file, milliseconds, io)))),
    );
  named('reset', 'forget what it remembers, so that the next command begins anew').action((flags: MemoryFlags) =>
    run((io) => tell(flags, io, (path) => reset(path, io), true)),
  );
}

type Worlds = SandboxMemory['worlds'];

async function tell({ json }: MemoryFlags, io: Io, work: (path: string) => Promise<Worlds>, isReset = false): Promise<ExitCode> {
  const { path } = requirePlace(io);
  const isThere = existsSync(path);
  const memory: SandboxMemory = {
    kind: 'SandboxMemory',
    schemaVersion: SCHEMA_VERSION,
    file: shown(path, io),
    worlds: await work(path),
    reset: isReset && isThere,
  };
  io.out(json ? printedJson(memory) : text(memory), json ? 'json' : 'text');
  return ExitCode.ok;
}

function requirePlace(io: Io): { readonly path: string; readonly isNamed: boolean } {
  const place = stateFile(io);
  if (place !== undefined) return place;
  throw new RegildError('USAGE', 'the sandbox remembers nothing here', {
    hint: 'REGILD_SANDBOX_STATE is `none`, or this is a CI job: name a file with REGILD_SANDBOX_STATE',
  });
}

function requireThere(path: string, io: Io): string {
  if (existsSync(path)) return path;
  throw new RegildError('FILE_NOT_FOUND', `${shown(path, io)} is not there: the sandbox has nothing to remember yet`, {
    hint: 'it begins with the first command that writes, such as `regild build --sandbox`',
  });
}

async function open<Result>(path: string, io: Io, use: (file: StateFile) => Result): Promise<Result> {
  const { StateFile } = await import('../sandbox/remembered/state-file.ts');
  try {
    const file = new StateFile(path);
    try {
      return use(file);
    } finally {
      file.close();
    }
  } catch (error) {
    throw error instanceof SandboxStateError ? stateFailure(error, io) : error;
  }
}

function worldsOf(file: StateFile): Worlds {
  return file.worlds().map(({ subscription, time, writes }) => ({ subscription, time: new Date(time).toISOString(), writes }));
}

function advance(file: StateFile, milliseconds: number, io: Io): Worlds {
  return file.exclusively(() => {
    for (const { subscription, time } of file.worlds()) file.setTime(subscription, Math.max(time, io.now().getTime()) + milliseconds);
    return worldsOf(file);
  });
}

/** What can be read is emptied, so that a process that has it open goes on in the world anew; what cannot, goes, unless it is somebody else's. */
async function reset(path: string, io: Io): Promise<Worlds> {
  if (!existsSync(path)) return [];
  try {
    return await open(path, io, (file) => {
      file.forget();
      return [];
    });
  } catch (error) {
    const trouble = error instanceof RegildError && error.cause instanceof SandboxStateError ? error.cause.trouble : undefined;
    const isLost = trouble === 'damaged' || trouble === 'unfit' || (trouble === 'foreign' && stateFile(io)?.isNamed === false);
    if (!isLost) throw error;
    await Promise.all([path, `${path}-journal`].map((file) => rm(file, { force: true })));
    return [];
  }
}

function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError('it must be a time such as 90m, 24h, 7d or 4w');
}

function text({ file, worlds, reset: isReset }: SandboxMemory): string {
  if (isReset) return `${visible(`reset       ${file}: the next command begins anew`)}\n`;
  if (worlds.length === 0) return `${visible(`nothing is remembered in ${file}`)}\n`;
  const lines = worlds.map(
    ({ subscription, time, writes }) =>
      `remembered  ${subscription} in ${file}: it is ${time.slice(0, 16).replace('T', ' ')} there, ${writes} writes since it was summed up`,
  );
  return lines.map((line) => `${visible(line)}\n`).join('');
}
