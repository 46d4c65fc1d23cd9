import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Content } from '../model/redact.ts';
import { fitToSave } from './fit-to-save.ts';

/** How a file is written. */
export interface Written {
  readonly content: Content;
  /** Of a file that is made; 0600 when absent. */
  readonly mode?: number;
}

/**
 * Writes a text file, also piece by piece, and the folders above it, so that a reader finds the old text or the whole new one: written beside it, then
 * renamed. Folders are as private as the file, and never anybody's to write into, whatever the umask. Throws SECRET_IN_OUTPUT and what the file system
 * throws, and leaves nothing half written.
 */
export async function writeWhole(path: string, text: string | Iterable<string>, { content, mode = 0o600 }: Written): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(temporary, fitToSave(path, text, content), { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
