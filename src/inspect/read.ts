import type { Unread as UnreadPart } from '../model/index.ts';
import { type FileTree, Unreadable } from './file-tree.ts';

/** A value with what could not be read on the way to it. */
export interface Read<Value> {
  readonly value: Value;
  readonly unread: readonly UnreadPart[];
}

/** Configuration is small; what is larger than this (bytes) is not read as text. */
export const TEXT_LIMIT = 4 * 1024 * 1024;

/** What `read` gives, or `fallback` and the reason where the structure is broken or not known. Every other failure is thrown. */
export async function readOr<Value>(fallback: Value, read: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return { value: await read(), unread: [] };
  } catch (error) {
    if (error instanceof Unreadable) return { value: fallback, unread: [{ place: error.place, reason: reasonOf(error) }] };
    throw error;
  }
}

/** The text of a file, undefined where there is none. Bytes that are not UTF-8 become replacement characters. Throws `Unreadable` above `limit` bytes. */
export async function readText(tree: FileTree, path: string, limit: number = TEXT_LIMIT): Promise<string | undefined> {
  const bytes = await readBytes(tree, path, limit);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** The bytes of a file, undefined where there is none. Throws `Unreadable` above `limit` bytes. */
export async function readBytes(tree: FileTree, path: string, limit: number): Promise<Uint8Array | undefined> {
  const node = await tree.stat(path);
  if (node?.type !== 'file') return undefined;
  if (node.size > limit) throw new Unreadable(path, `it has ${node.size} bytes, and at most ${limit} are read`);
  return tree.read(path, { length: limit });
}

/** The lines of a text that say something: without comments (`#`), blank lines and surrounding white space. */
export function meaningfulLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The files directly in a folder whose names end so, sorted; none where there is no such folder. */
export async function filesIn(tree: FileTree, folder: string, ending = ''): Promise<readonly string[]> {
  const nodes = (await tree.list(folder)) ?? [];
  return nodes.filter(({ type, path }) => (type === 'file' || type === 'symlink') && path.endsWith(ending)).map(({ path }) => path);
}

function reasonOf(error: Unreadable): string {
  return error.message.startsWith(`${error.place}: `) ? error.message.slice(error.place.length + 2) : error.message;
}
