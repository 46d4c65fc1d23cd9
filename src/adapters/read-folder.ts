import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RegildError } from '../errors.ts';
import type { FolderFile } from '../model/index.ts';

/** The text files below a folder, by path with `/`, sorted. Names that begin with a dot (version control, editors) are left out. Undefined without the folder. */
export async function readFolder(folder: string): Promise<readonly FolderFile[] | undefined> {
  const entries = await listFolder(folder);
  if (entries === undefined) return undefined;
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const files = await Promise.all(paths.filter(isVisible).map((path) => readTextFile(folder, path)));
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

async function listFolder(folder: string): Promise<readonly Dirent[] | undefined> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

function isVisible(path: string): boolean {
  return !path.split(sep).some((part) => part.startsWith('.'));
}

async function readTextFile(folder: string, path: string): Promise<FolderFile> {
  try {
    const bytes = await readFile(join(folder, path));
    return { path: path.replaceAll(sep, '/'), content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    const reason = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new RegildError('FILE_INVALID', `${join(folder, path)} ${reason}`, {
      hint: 'take it out of the folder, and let a step fetch it where the image needs it',
      cause: error,
    });
  }
}
