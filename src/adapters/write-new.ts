import { writeFile } from 'node:fs/promises';

/** Writes a file of which there is none yet, and gives whether it did: of several processes one does. Throws what the system says of any other trouble. */
export async function writeNew(path: string, text: string, mode?: number): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', ...(mode !== undefined && { mode }) });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
