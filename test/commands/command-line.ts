import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/index.ts';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '../..');

export interface Finished {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Call {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told of everything said on stderr so far, each time that there is more. */
  readonly onStderr?: (soFar: string, child: ChildProcess) => void;
}

/** The launcher of the package that test/published-program.ts laid out. */
export const PROGRAM = process.env.REGILD_PROGRAM ?? join(ROOT, 'src/main.js');

/** Where Node keeps what it compiled: beside a package that goes when the tests end, and never in the checkout. */
const COMPILED = process.env.REGILD_PROGRAM === undefined ? join(tmpdir(), 'regild-compiled') : join(dirname(PROGRAM), 'compiled');

/** Runs the real command line on this Node, in a folder, with nothing of this process's environment but where programs are. */
export function regild(words: readonly string[], call: Call): Promise<Finished> {
  return run(process.execPath, [PROGRAM, ...words], call);
}

/** Runs any program the same way. */
export function run(program: string, words: readonly string[], { folder, environment = {}, onStderr }: Call): Promise<Finished> {
  const { PATH, REGILD_CATALOG = '' } = process.env;
  const env = {
    PATH: [dirname(process.execPath), PATH].join(delimiter),
    HOME: folder,
    REGILD_CATALOG,
    REGILD_SANDBOX_STATE: 'none',
    NODE_COMPILE_CACHE: COMPILED,
    ...environment,
  };
  const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
    onStderr?.(said.stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

/** Sends a signal once, when a text has been said. */
export function signalAt(text: string | RegExp, ...signals: readonly NodeJS.Signals[]): NonNullable<Call['onStderr']> {
  let left = signals;
  return (soFar, child) => {
    if (left.length > 0 && (typeof text === 'string' ? soFar.includes(text) : text.test(soFar))) {
      for (const signal of left) child.kill(signal);
      left = [];
    }
  };
}

/** A folder with these files, for as long as `use` takes. */
export async function inFolder<Result>(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'regild-cli-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What makes programs in other processes speak to a sandbox of this one; `caFile` holds its certificate authority. */
export function pointedAt(sandbox: Sandbox, caFile: string): Readonly<Record<string, string>> {
  const { endpoints, tenant, clientId, clientSecret } = sandbox;
  return {
    AWS_ENDPOINT_URL_EC2: endpoints.ec2,
    AWS_ENDPOINT_URL_EBS: endpoints.ec2,
    AWS_ENDPOINT_URL_SSM: endpoints.ec2,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    ARM_METADATA_URL: endpoints.metadata,
    AZURE_TENANT_ID: tenant,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    NODE_EXTRA_CA_CERTS: caFile,
  };
}

/** A folder with the fleet of this directory, and what makes the command line speak to a sandbox of this process. */
export async function workshop<Result>(
  sandbox: Sandbox,
  use: (folder: string, environment: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const fleet = await readFile(join(import.meta.dirname, 'fleet.yaml'), 'utf8');
  const files = { 'images.yaml': fleet, 'ca.pem': sandbox.caPem };
  return await inFolder(files, (folder) => use(folder, pointedAt(sandbox, join(folder, 'ca.pem'))));
}

/** Requests that could have changed something: all but reads, tokens, and the EC2 query protocol, which posts its reads (the sandbox knows no EC2 writes). */
export function writesTo({ exchanges, tenant }: Sandbox): readonly string[] {
  return (
    exchanges
      .map(({ liveRequest: { method, url } }) => ({ method, path: new URL(url).pathname }))
      .filter(({ method, path }) => method !== 'GET' && path !== '/' && path !== `/${tenant}/oauth2/v2.0/token`)
      // What policies say of a plan is asked by POST.
      .filter(({ path }) => !path.endsWith('/checkPolicyRestrictions'))
      .map(({ method, path }) => `${method} ${path}`)
  );
}
