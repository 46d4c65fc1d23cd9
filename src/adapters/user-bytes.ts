import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { RegildError } from '../errors.ts';

/**
 * The bytes of a file that a user names, relative to a folder; undefined when there is none. Throws FILE_INVALID where the file lies outside of the folder
 * once its links are followed (a manifest that somebody else wrote must not take the machine's own files into an image), and for a device, a pipe or a
 * socket, whose end may never come.
 */
export async function readUserBytes(folder: string, path: string): Promise<Buffer | undefined> {
  const file = await findInside(folder, path);
  if (file === undefined) return undefined;
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) {
    throw new RegildError('FILE_INVALID', `${path} is a device, a pipe or a socket`, { hint: 'name a file' });
  }
  return readFile(file);
}

/** The real place of what a user names; undefined when there is nothing. Throws FILE_INVALID for one outside of the folder. */
export async function findInside(folder: string, path: string): Promise<string | undefined> {
  const found = await realPlace(resolve(folder, path));
  // A folder that a real place begins with is no link itself, and need not be followed.
  if (found === undefined || isWithin(found, resolve(folder)) || isWithin(found, await realpath(folder))) return found;
  throw new RegildError('FILE_INVALID', `${path} lies outside of the folder of the manifest`, {
    hint: 'copy it below the folder of images.yaml; links are followed',
  });
}

function isWithin(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function realPlace(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Throws SECRET_IN_FILE, without the secret, for a content that shows one. */
export function requireNoSecret(path: string, content: string, secretIn: (content: string) => string | undefined): void {
  const looksLike = secretIn(content);
  if (looksLike === undefined) return;
  throw new RegildError('SECRET_IN_FILE', `${path} holds what looks like ${looksLike}`, {
    hint: 'keep it in Azure Key Vault and name it under `secrets` of the step that needs it; if others could read it, replace it',
  });
}
