import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { RegildError } from '../../errors.ts';
import type { Packer, Wait } from '../../ports.ts';
import { oneLine } from '../one-line.ts';
import { masker, packerEnvironment } from './environment.ts';
import { artifactId } from './manifest.ts';
import { type PackerLine, parsePackerLine } from './output.ts';

export interface PackerOptions {
  /** The program; one of another name or place is found through PATH or a path. */
  readonly command?: string;
  /** What Packer inherits: PATH, proxies, and the credentials of Azure in their usual variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Program {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mask: (text: string) => string;
}

/** Another program of that name may wait for input that never comes. */
const VERSION_MILLISECONDS = 20_000;

/** How many of the last error lines are kept. */
const LAST_LINES = 20;

/** HashiCorp Packer as a child process. Secrets reach it by its environment only and leave its output masked. */
export function createPacker({ command = 'packer', environment }: PackerOptions): Packer {
  const program = (variables: Readonly<Record<string, string>>): Program => ({
    command,
    environment: packerEnvironment(environment, variables),
    mask: masker(environment),
  });
  return {
    kind: 'program',
    version: () => version(program({})),
    build: ({ folder, variables }, wait) => build(program(variables), folder, wait),
  };
}

/** cracklib, too, has a program called packer: what does not say `Packer v…` is not the one. */
async function version({ command, environment }: Program): Promise<string> {
  const answer = await execa(command, ['version'], {
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: VERSION_MILLISECONDS,
  });
  const found = /^Packer v(\d+\.\d+\.\d+\S*)/m.exec(answer.stdout)?.[1];
  if (found && !answer.failed) return found;
  const reason = answer.code === 'ENOENT' ? 'there is none in PATH' : 'another program of that name answers';
  throw new RegildError('PACKER_MISSING', `the program ${command} is not HashiCorp Packer: ${reason}`, {
    hint: 'install Packer 1.10 or later and put it first in PATH, or use `engine: image-builder`',
  });
}

async function build(program: Program, folder: string, wait: Wait<string>): Promise<string> {
  stopIfAborted(wait.signal);
  await version(program);
  await run(program, folder, ['init', '.'], wait);
  await run(program, folder, ['build', '-machine-readable', '-color=false', '-timestamp-ui', '.'], wait);
  return artifactId(await readManifest(folder));
}

/** Runs one of Packer's commands in a process group of its own, so that a terminal's Ctrl-C reaches it only through `wait.signal`, and exactly once. */
async function run(program: Program, folder: string, words: readonly string[], { signal, onUpdate }: Wait<string>): Promise<void> {
  stopIfAborted(signal);
  const child = execa(program.command, words, {
    cwd: folder,
    env: program.environment,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
  });
  const interrupt = () => interruptGroup(child.pid);
  signal?.addEventListener('abort', interrupt, { once: true });
  const errors: string[] = [];
  try {
    for await (const text of child.iterable({ from: 'all' })) {
      const line = masked(parsePackerLine(text), program.mask);
      if (line.kind === 'error') errors.push(line.text);
      if (line.kind !== 'other') onUpdate?.(line.text);
    }
    const { exitCode } = await child;
    stopIfAborted(signal);
    if (exitCode !== 0) throw failure(words[0] ?? '', exitCode, errors);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

function masked(line: PackerLine, mask: (text: string) => string): PackerLine {
  return { ...line, text: mask(line.text) };
}

/** Packer answers one interrupt by deleting what it made; a second one would make it leave at once. */
function interruptGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGINT');
  } catch {
    // It ended in the same moment.
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof RegildError) throw signal.reason;
  throw new RegildError('CANCELLED', 'the Packer build was cancelled and has cleaned up after itself', { cause: signal.reason });
}

function failure(command: string, exitCode: number | undefined, errors: readonly string[]): RegildError {
  const last = errors.slice(-LAST_LINES);
  const reason = oneLine(last.join(' ')) || `it ended with exit code ${exitCode ?? 'none'}`;
  return new RegildError('BUILD_FAILED', `packer ${command} failed: ${reason}`, {
    hint:
      command === 'init'
        ? 'Packer could not install its azure plugin; see packer.log in the run folder'
        : 'see packer.log in the run folder',
    details: { exitCode, output: last.join('\n') },
  });
}

async function readManifest(folder: string): Promise<string> {
  const path = join(folder, 'manifest.json');
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new RegildError('BUILD_FAILED', `packer ended well but wrote no ${path}`, { hint: 'see packer.log in the run folder', cause });
  }
}
