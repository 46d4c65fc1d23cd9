import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { SandboxState } from '../sandbox/index.ts';
import { SandboxStateError } from '../sandbox/remembered/state-error.ts';
import type { Io } from './command.ts';
import { version } from './installation.ts';
import { lookAtRunFolder } from './this-machine.ts';

/** What decides where a sandbox remembers, and where that is said. */
export type StateIo = Pick<Io, 'environment' | 'folder' | 'diagnostics'>;

/** Where the sandbox of a project remembers, below its folder. */
const OWN_FOLDER = '.regild';
const OWN_FILE = join(OWN_FOLDER, 'sandbox.db');

/** A file, and whether somebody named it. */
interface Place {
  readonly path: string;
  readonly isNamed: boolean;
}

/**
 * Where a sandbox remembers: what REGILD_SANDBOX_STATE names, or below the folder of the project. Undefined where it forgets: for `none`, and in a CI job
 * (CI is set), where a run of today must not rest on one of yesterday.
 */
export function stateFile({ environment, folder }: Pick<Io, 'environment' | 'folder'>): Place | undefined {
  const { REGILD_SANDBOX_STATE: named, CI } = environment;
  if (named === 'none') return undefined;
  if (named) return { path: resolve(folder, named), isNamed: true };
  return CI ? undefined : { path: join(folder, OWN_FILE), isNamed: false };
}

/**
 * Starts a sandbox with the state that is its own. A project whose folder cannot be written has one that forgets, and is told so. Throws SANDBOX_STATE for
 * any other state that cannot be used.
 */
export async function withState<Started>(io: StateIo, start: (state: SandboxState | undefined) => Promise<Started>): Promise<Started> {
  const place = stateFile(io);
  if (place === undefined) return start(undefined);
  const isThere = existsSync(place.path);
  if (!isThere && !place.isNamed && (await lookAtRunFolder(OWN_FOLDER, io)).status !== 'pass') {
    io.diagnostics.write(`note        ${OWN_FOLDER} cannot be written: the sandbox forgets what is made in it\n`);
    return start(undefined);
  }
  try {
    const started = await start({ path: place.path, regild: version });
    if (isThere)
      io.diagnostics.write(`sandbox     it goes on where it was left: ${shown(place.path, io)}; \`regild sandbox reset\` forgets it\n`);
    return started;
  } catch (error) {
    if (!(error instanceof SandboxStateError)) throw error;
    throw stateFailure(error, io);
  }
}

/** The failure that a user is told. */
export function stateFailure(error: SandboxStateError, io: Pick<Io, 'folder'>): RegildError {
  const message = error.message.replaceAll(`${io.folder}/`, '');
  return new RegildError('SANDBOX_STATE', message, { hint: HINTS[error.trouble], cause: error });
}

const HINTS: Readonly<Record<SandboxStateError['trouble'], string>> = {
  foreign: 'it is left as it is: name another file with REGILD_SANDBOX_STATE, or move this one away',
  damaged: '`regild sandbox reset` begins anew',
  unfit: '`regild sandbox reset` begins anew, or go on with the regild that wrote it',
  unwritable: 'name a file that can be written with REGILD_SANDBOX_STATE, or `none` for a sandbox that forgets',
  full: '`regild sandbox reset` begins anew',
  busy: 'wait for the other process, or name a file of its own with REGILD_SANDBOX_STATE',
};

/** A path as seen from the folder. */
export function shown(path: string, { folder }: Pick<Io, 'folder'>): string {
  const near = relative(folder, path);
  return near.startsWith('..') ? path : near;
}
