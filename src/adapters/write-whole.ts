import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a text file, also piece by piece, and the folders above it, so that a reader finds the old text or the whole new one: written beside it, then
 * renamed. Folders are as private as the file, and never anybody's to write into, whatever the umask. Throws what the file system throws, and leaves nothing half written.
 */
export async function writeWhole(path: string, text: string | Iterable<string>, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(temporary, text, { mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
