import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const CHUNK = 1024 * 1024;

/** The lines of an open UTF-8 file from its beginning, without their line feeds, one in memory at a time. The last one is empty where the file ends with a line feed. */
export function* readLines(file: number): Generator<string> {
  const chunk = Buffer.alloc(CHUNK);
  const decoder = new StringDecoder('utf8');
  let line = '';
  let at = 0;
  for (let length = read(); length > 0; length = read()) {
    at += length;
    const [end = '', ...others] = decoder.write(chunk.subarray(0, length)).split('\n');
    line += end;
    for (const next of others) {
      yield line;
      line = next;
    }
  }
  yield line + decoder.end();

  function read(): number {
    return readSync(file, chunk, 0, CHUNK, at);
  }
}

/** Opens a file to read it; undefined where there is none. Throws what the file system throws. */
export function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The lines of a file as above; none where there is no file. */
export function* readLinesOf(path: string): Generator<string> {
  const file = openIfThere(path);
  if (file === undefined) return;
  try {
    yield* readLines(file);
  } finally {
    closeSync(file);
  }
}
