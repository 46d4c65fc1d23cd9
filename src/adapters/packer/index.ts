import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { RegildError } from '../../errors.ts';
import { NOTHING_READ, type PackerLine, progressOf, readLine } from '../../failures/packer/reading.ts';
import { newestVersionFirst } from '../../model/index.ts';
import { redactingLines } from '../../model/redact.ts';
import type { Packer, PackerBuild, Wait } from '../../ports.ts';
import { memoise } from '../memoise.ts';
import { packerEnvironment } from './environment.ts';
import { packerFailure } from './failure.ts';
import { artifactId } from './manifest.ts';
import { parsePackerLine } from './output.ts';

export interface PackerOptions {
  /** The program; one of another name or place is found through PATH or a path. */
  readonly command?: string;
  /** What Packer inherits: PATH, proxies, and the credentials of Azure in their usual variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Program {
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Another program of that name may wait for input that never comes. */
const VERSION_MILLISECONDS = 20_000;

/** HCL2 and `required_plugins` with an azure plugin of its own; what `required_version` of the rendered folder asks for. */
const OLDEST = [1, 10] as const;

/** HashiCorp Packer as a child process. Secrets reach it by its environment only, and its output passes the redactor line by line. */
export function createPacker({ command = 'packer', environment }: PackerOptions): Packer {
  const program = (variables: Readonly<Record<string, string>>): Program => ({
    command,
    environment: packerEnvironment(environment, variables),
  });
  return {
    kind: 'program',
    version: memoise(() => version(program({}))),
    plugin: memoise(() => plugin(program({}))),
    init: (folder, wait) => init(program({}), folder, wait),
    build: (request, wait) => build(program(request.variables), request, wait),
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
  if (found && !answer.failed) return requireRecent(command, found);
  throw new RegildError('PACKER_MISSING', `the program ${command} is not HashiCorp Packer: ${whyNot(answer.code)}`, {
    hint: 'install Packer 1.10 or later and put it first in PATH, or use `engine: image-builder`',
  });
}

/** `packer plugins installed` lists binaries by path: …/github.com/hashicorp/azure/packer-plugin-azure_v2.6.3_x5.0_linux_amd64 (packer: plugingetter, Installation). */
const PLUGIN = /[/\\]hashicorp[/\\]azure[/\\]packer-plugin-azure_v(\d+\.\d+\.\d+)_x/g;

/** A listing that fails says nothing of the plugin: what is missing is then installed, or told, before anything is written. */
async function plugin({ command, environment }: Program): Promise<string | undefined> {
  const answer = await execa(command, ['plugins', 'installed'], {
    env: environment,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout: VERSION_MILLISECONDS,
  });
  const found = [...(answer.stdout ?? '').matchAll(PLUGIN)].flatMap(([, version]) => version ?? []);
  return found.toSorted(newestVersionFirst)[0];
}

/** Why a program did not say what Packer says, by the code of the system call that was to start it. */
function whyNot(code: string | undefined): string {
  if (code === undefined) return 'another program of that name answers';
  return code === 'ENOENT' ? 'there is none in PATH' : `it cannot be started (${code})`;
}

/** Debian and Ubuntu package releases that read neither the folder nor its plugins, and answer with an unknown command. */
function requireRecent(command: string, version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return version;
  throw new RegildError('PACKER_MISSING', `the program ${command} is Packer ${version}, and regild needs ${OLDEST.join('.')} or later`, {
    hint: 'install a newer one from releases.hashicorp.com or HashiCorp’s package repository (distributions package old ones), or use `engine: image-builder`',
  });
}

async function init(program: Program, folder: string, wait: Wait<string>): Promise<void> {
  await run(program, { folder, words: ['init', '.'], steps: [], leaves: 'nothing' }, wait);
}

async function build(program: Program, { folder, steps, onError }: PackerBuild, wait: Wait<string>): Promise<string> {
  stopIfAborted(wait.signal);
  await version(program);
  await init(program, folder, wait);
  const words = ['build', '-machine-readable', '-color=false', '-timestamp-ui', ...(onError === 'abort' ? ['-on-error=abort'] : []), '.'];
  await run(program, { folder, words, steps, leaves: onError === 'abort' ? 'everything' : 'unknown' }, wait);
  return artifactId(await readManifest(folder));
}

interface PackerCommand {
  readonly folder: string;
  readonly words: readonly string[];
  readonly steps: readonly string[];
  /** What an interrupt leaves, where Packer does not say that it has cleaned up. */
  readonly leaves: Exclude<Left, 'cleaned'>;
}

/** Packer runs itself as a child: the parent takes no notice of an interrupt, which a terminal sends to both, but hands this one on (main.go, ForwardSignals). */
const CANCEL = 'SIGTERM';

/** Runs one of Packer's commands in a process group of its own, so that a terminal's Ctrl-C reaches it only through `wait.signal`, and exactly once. */
async function run(program: Program, { folder, words, steps, leaves }: PackerCommand, { signal, onUpdate }: Wait<string>): Promise<void> {
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
  const interrupt = () => child.kill(CANCEL);
  signal?.addEventListener('abort', interrupt, { once: true });
  const redacted = redactingLines();
  let reading = NOTHING_READ;
  try {
    for await (const text of child.iterable({ from: 'all' })) {
      const line = withoutSecrets(parsePackerLine(text), redacted);
      reading = readLine(reading, line);
      const progress = progressOf(reading, line, steps);
      if (progress !== undefined) onUpdate?.(progress);
    }
    const { exitCode } = await child;
    // With -on-error=abort Packer says that it was cancelled cleanly, and leaves everything (packer-plugin-sdk, multistep_runner.go).
    stopIfAborted(signal, reading.cleaned && leaves !== 'everything' ? 'cleaned' : leaves);
    if (exitCode !== 0) throw packerFailure(words[0] ?? '', exitCode, reading, steps);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

function withoutSecrets(line: PackerLine, redacted: (text: string) => string): PackerLine {
  return { ...line, text: redacted(line.text) };
}

/** What an abort meets: no Packer yet, one that said that it has deleted everything, one that ended without a word, one that was to delete nothing. */
type Left = 'nothing' | 'cleaned' | 'unknown' | 'everything';

/**
 * Packer's own word decides whether something may be left: a wrapper around it, or a crash, ends the process as well. Its process alone is
 * interrupted, once: the plugins leave interrupts to it, a second one would make it leave at once, and what it pipes its output to must live on.
 */
function stopIfAborted(signal: AbortSignal | undefined, left: Left = 'nothing'): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof RegildError) throw signal.reason;
  throw new RegildError('CANCELLED', `the Packer build was cancelled${LEFT[left]}`, {
    details: { left },
    cause: signal.reason,
  });
}

const LEFT = {
  nothing: ' before it began',
  cleaned: ' and has cleaned up after itself',
  unknown: ', and Packer did not say that it has deleted what it made',
  everything: '',
} as const satisfies Readonly<Record<Left, string>>;

async function readManifest(folder: string): Promise<string> {
  const path = join(folder, 'manifest.json');
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new RegildError('BUILD_FAILED', `packer ended well but wrote no ${path}`, { hint: 'see packer.log in the run folder', cause });
  }
}
