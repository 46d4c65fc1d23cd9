import { randomBytes } from 'node:crypto';
import { access, link, rm, writeFile } from 'node:fs/promises';
import { fitAtOnce } from './fit-to-save.ts';
import type { Written } from './write-whole.ts';

/** What a file system says that knows no hard links (link(2)): exFAT, some that lie on another machine. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/**
 * Writes a file of which there is none yet, and gives whether it did: of several processes one does, and whoever finds it finds it whole, also when its
 * writer was killed. Throws SECRET_IN_OUTPUT, and what the system says of any other trouble.
 */
export async function writeNew(path: string, text: string | Uint8Array, { content, mode }: Written): Promise<boolean> {
  const fit = fitAtOnce(path, text, content);
  // Most often it is there, where several wait for their turn: nothing has to be written to see that.
  if (await isThere(path)) return false;
  const options = { flag: 'wx', ...(mode !== undefined && { mode }) };
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(beside, fit, options);
    await link(beside, path).catch((error: unknown) => {
      if (!NO_LINKS.includes(codeOf(error))) throw error;
      return writeFile(path, fit, options);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
