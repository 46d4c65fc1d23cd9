import { writeFile } from 'node:fs/promises';
import { fitAtOnce } from './fit-to-save.ts';
import type { Written } from './write-whole.ts';

/** Writes a file of which there is none yet, and gives whether it did: of several processes one does. Throws SECRET_IN_OUTPUT, and what the system says of any other trouble. */
export async function writeNew(path: string, text: string | Uint8Array, { content, mode }: Written): Promise<boolean> {
  const fit = fitAtOnce(path, text, content);
  try {
    await writeFile(path, fit, { flag: 'wx', ...(mode !== undefined && { mode }) });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
