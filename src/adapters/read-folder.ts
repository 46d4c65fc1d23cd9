import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RegildError } from '../errors.ts';
import type { FolderFile } from '../model/index.ts';
import { secretInFile } from '../model/secret-shapes.ts';
import { findInside, readUserBytes, requireNoSecret } from './user-bytes.ts';

/**
 * The text files below a folder that a user names, by path with `/`, sorted. Names that begin with a dot (version control, editors) are left out. Undefined
 * without the folder. Throws FILE_INVALID, also for what lies outside of the manifest's folder, and SECRET_IN_FILE.
 */
export async function readFolder(manifestFolder: string, name: string): Promise<readonly FolderFile[] | undefined> {
  const folder = await findInside(manifestFolder, name);
  const entries = folder === undefined ? undefined : await listFolder(folder);
  if (folder === undefined || entries === undefined) return undefined;
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const files = await Promise.all(paths.filter(isVisible).map((path) => readTextFile(manifestFolder, folder, path)));
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

async function readTextFile(manifestFolder: string, folder: string, path: string): Promise<FolderFile> {
  const place = join(folder, path);
  const bytes = await readUserBytes(manifestFolder, place).catch((error: unknown) => {
    throw error instanceof RegildError ? error : unfit(place, 'cannot be read', error);
  });
  requireNoSecret(place, bytes?.toString('latin1') ?? '', secretInFile);
  try {
    return { path: path.replaceAll(sep, '/'), content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    throw unfit(place, 'is not UTF-8 text', error);
  }
}

function unfit(place: string, reason: string, cause: unknown): RegildError {
  return new RegildError('FILE_INVALID', `${place} ${reason}`, {
    hint: 'take it out of the folder, and let a step fetch it where the image needs it',
    cause,
  });
}
