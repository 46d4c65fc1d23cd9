import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fitAtOnce } from './fit-to-save.ts';
import type { Written } from './write-whole.ts';

const PRIVATE = 0o600;

/** Adds a text to a file, which is made where there is none, with the folders above it (0700). Throws what `writeWhole` throws. */
export async function append(path: string, text: string, { content, mode = PRIVATE }: Written): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, fitAtOnce(path, text, content), { mode });
}

/** What adds lines to a file that it begins (`afresh`: empties) at once; each is on the disk when the call returns, whatever ends the process then. */
export function appendingLines(path: string, content: Written['content'], afresh: boolean): (line: string) => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (afresh) writeFileSync(path, '', { mode: PRIVATE });
  else appendFileSync(path, '', { mode: PRIVATE });
  return (line) => appendFileSync(path, fitAtOnce(path, `${line}\n`, content));
}
