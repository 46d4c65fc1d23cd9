import { RegildError } from '../errors.ts';
import { readText } from './assets.ts';
import { writeWhole } from './write-whole.ts';

/** The text of a lock file; undefined when there is none. */
export function readLockFile(path: string): Promise<string | undefined> {
  return readText(path);
}

/** Replaces a lock file as a whole; others may read it, since it is committed. Throws LOCK_UNWRITABLE. */
export async function writeLockFile(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text, 0o644);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RegildError('LOCK_UNWRITABLE', `could not write the lock file: ${why}`, {
      hint: 'check who owns the file and its folder',
      cause,
    });
  }
}
