import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { UserFile } from '../model/index.ts';
import { secretInFile, secretShape } from '../model/secret-shapes.ts';
import type { Assets } from '../ports.ts';
import { memoise } from './memoise.ts';
import { readFolder } from './read-folder.ts';
import { readUserBytes, requireNoSecret } from './user-bytes.ts';

/** Files of the installation below `root`, each read, and made into a form, once for the life of the adapter, and the user's files below the manifest's folder. */
export function createAssets(root: string, manifestFolder: string): Assets {
  const own = memoise((path: string) => readOwn(root, path));
  return {
    own,
    ...madeOnce(own),
    user: (path) => readUserText(manifestFolder, path),
    userFile: (path) => readUserFile(manifestFolder, path, secretInFile),
    userFolder: (path) => readFolder(manifestFolder, path),
    isThere: async (path) => (await stat(resolve(manifestFolder, path)).catch(() => undefined)) !== undefined,
  };
}

async function readOwn(root: string, path: string): Promise<string> {
  const text = await readText(resolve(root, path));
  if (text !== undefined) return text;
  throw new RegildError('FILE_NOT_FOUND', `the installation lacks its own file ${path}`, { hint: 'install regild again' });
}

/** Forms of files by the functions that made them. What is there is given without a promise for each: a plan names a hundred scripts, a fleet has thousands of plans. */
function madeOnce(own: Assets['own']): Pick<Assets, 'ownAs' | 'allOwnAs'> {
  const known = new Map<unknown, Map<string, unknown>>();
  const formsOf = <Form>(made: (text: string, path: string) => Form): Map<string, Form> => {
    const forms = known.get(made) ?? new Map<string, unknown>();
    known.set(made, forms);
    // Under a function stands only what that function made.
    return forms as Map<string, Form>;
  };
  const make = async <Form>(path: string, made: (text: string, path: string) => Form): Promise<Form> => {
    const text = await own(path);
    const forms = formsOf(made);
    const form = forms.has(path) ? (forms.get(path) as Form) : made(text, path);
    forms.set(path, form);
    return form;
  };
  return {
    ownAs: make,
    async allOwnAs(paths, made) {
      const forms = formsOf(made);
      await Promise.all(paths.filter((path) => !forms.has(path)).map((path) => make(path, made)));
      return new Map(paths.map((path) => [path, forms.get(path) as ReturnType<typeof made>]));
    },
  };
}

/** The text of a file; undefined when there is none. Other failures (permissions, a folder) are thrown as they are. */
export async function readText(path: string): Promise<string | undefined> {
  return (await readBytes(path))?.toString('utf8');
}

async function readUserText(folder: string, path: string): Promise<string | undefined> {
  const file = await readUserFile(folder, path, secretShape);
  if (file?.encoding === undefined) return file?.content;
  throw new RegildError('FILE_INVALID', `${path} is not UTF-8 text`, {
    hint: 'scripts, playbooks and manifests are text; a `file` step copies anything',
  });
}

async function readUserFile(folder: string, path: string, secretIn: typeof secretShape): Promise<UserFile | undefined> {
  const bytes = await readUserBytes(folder, path);
  if (bytes === undefined) return undefined;
  requireNoSecret(path, bytes.toString('latin1'), secretIn);
  try {
    return { content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { content: bytes.toString('base64'), encoding: 'base64' };
  }
}

/** The bytes of a file; undefined when there is none. Other failures (permissions, a folder) are thrown as they are. */
export async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
