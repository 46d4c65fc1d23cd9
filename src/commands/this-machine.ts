import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { Checkup } from '../model/index.ts';
import type { Io } from './command.ts';
import { createRepository, listRuns, writeWhole } from './files.ts';
import { type Fleet, readFleet } from './manifest.ts';

/** The manifest as far as it can be read, and what is to be said of it. */
export async function lookAtManifest(file: string, io: Io): Promise<{ readonly checkup: Checkup; readonly fleet: Fleet }> {
  const which = { id: 'manifest', title: 'manifest' } as const;
  try {
    const fleet = await readFleet(file, [], io);
    const count = fleet.specs.length === 1 ? 'one image' : `${fleet.specs.length} images`;
    return { checkup: { ...which, status: 'pass', detail: `${file} has ${count}` }, fleet };
  } catch (error) {
    if (!(error instanceof RegildError)) throw error;
    const isMissing = error.code === 'MANIFEST_NOT_FOUND';
    const hint = isMissing ? '`regild init` writes one' : `\`regild check -f ${file}\` shows each with its place`;
    const checkup: Checkup = { ...which, status: isMissing ? 'warn' : 'fail', detail: error.message, hint };
    return { checkup, fleet: { specs: [], known: [], folder: io.folder } };
  }
}

/** That runs can be written down: the folder, or the nearest one above it that is there. */
export async function lookAtRunFolder(runs: string, { folder }: Pick<Io, 'folder'>): Promise<Checkup> {
  const which = { id: 'run-folder', title: 'run folder' } as const;
  for (let path = resolve(folder, runs); ; path = dirname(path)) {
    const reason = await access(path, constants.W_OK | constants.X_OK).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code ?? 'UNKNOWN',
    );
    if (reason === undefined) return { ...which, ...(await fillOf(runs, folder)) };
    if (reason !== 'ENOENT') {
      const hint = 'name another folder with --runs or REGILD_RUNS, or mend the rights of this one';
      return { ...which, status: 'fail', detail: `${runs} cannot be written: ${reason} at ${path}`, hint };
    }
  }
}

/** As many run folders as nobody needs to think of. */
const MANY_RUNS = 200;

/** How much lies in a folder that can be written. */
async function fillOf(runs: string, folder: string): Promise<Pick<Checkup, 'status' | 'detail' | 'hint'>> {
  const count = (await listRuns(resolve(folder, runs))).length;
  if (count <= MANY_RUNS) return { status: 'pass', detail: `${runs} can be written` };
  return {
    status: 'warn',
    detail: `${runs} holds ${count} runs`,
    hint: '`regild sweep --local --dry-run` lists the old ones on which nothing stands',
  };
}

/** That git does not take run folders for content; with `fix` a line in .gitignore sees to it. Nothing where there is no repository. */
export async function lookAtGit(
  { runs, fix }: { readonly runs: string; readonly fix?: true },
  io: Io,
): Promise<{ readonly checkups: readonly Checkup[]; readonly fixed: readonly string[] }> {
  const which = { id: 'git', title: 'git' } as const;
  const path = ignorable(relative(io.folder, resolve(io.folder, runs)));
  const isIgnored = await createRepository(io.folder, io.environment)
    .ignores(`${path}/x`)
    .catch(() => undefined);
  if (isIgnored === undefined || path.startsWith('..')) return { checkups: [], fixed: [] };
  if (isIgnored) return { checkups: [{ ...which, status: 'pass', detail: `${runs} is ignored` }], fixed: [] };
  if (fix) {
    await ignore(path, io);
    return { checkups: [{ ...which, status: 'pass', detail: `${runs} is ignored` }], fixed: ['.gitignore'] };
  }
  const hint = '`regild doctor --fix` adds it to .gitignore';
  return { checkups: [{ ...which, status: 'warn', detail: `git does not ignore ${runs}, which grows with every run`, hint }], fixed: [] };
}

/** The folder that is regild's own, where runs are in it: what the sandbox remembers is there too. */
function ignorable(runs: string): string {
  return runs.startsWith('.regild/') ? '.regild' : runs;
}

async function ignore(path: string, { folder }: Io): Promise<void> {
  const file = join(folder, '.gitignore');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  await writeWhole(file, `${start}/${path}/\n`, { content: 'exact', mode: 0o644 });
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The proxy that the environment names, without what signs in to it. */
export function lookAtProxy({ environment }: Io): readonly Checkup[] {
  const name = PROXIES.find((variable) => environment[variable]);
  if (name === undefined) return [];
  const which = { id: 'proxy', title: 'proxy' } as const;
  const url = URL.parse(environment[name] ?? '');
  if (url === null) {
    return [{ ...which, status: 'fail', detail: `${name} is no address`, hint: 'write it as http://proxy.example:8080' }];
  }
  const { NO_PROXY = environment.no_proxy } = environment;
  const except = NO_PROXY ? `, but not to ${NO_PROXY}` : '';
  return [{ ...which, status: 'pass', detail: `${name} leads through ${url.protocol}//${url.host}${except}` }];
}
