import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { Assets } from '../ports.ts';
import { memoise } from './memoise.ts';
import { readFolder } from './read-folder.ts';

/** Files of the installation below `root`, each read once for the life of the adapter, and the user's files relative to the manifest's folder. */
export function createAssets(root: string, manifestFolder: string): Assets {
  return {
    own: memoise(async (path: string) => {
      const text = await readText(resolve(root, path));
      if (text === undefined) {
        throw new RegildError('FILE_NOT_FOUND', `the installation lacks its own file ${path}`, { hint: 'install regild again' });
      }
      return text;
    }),
    user: (path) => readText(resolve(manifestFolder, path)),
    userFolder: (path) => readFolder(resolve(manifestFolder, path)),
  };
}

/** The text of a file; undefined when there is none. Other failures (permissions, a folder) are thrown as they are. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
