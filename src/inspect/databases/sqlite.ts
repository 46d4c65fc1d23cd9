import { type FileTree, Unreadable } from '../file-tree.ts';
import { readBytes } from '../read.ts';
import { applyLog } from './sqlite-log.ts';

/** A value as SQLite gives it. */
export type SqliteValue = null | number | bigint | string | Uint8Array;
export type SqliteRow = Readonly<Record<string, SqliteValue>>;

const MAGIC = 'SQLite format 3\0';
/** Most rows that are taken from one table. */
const MOST_ROWS = 1_000_000;

/** The bytes of a database file with what its write-ahead log holds; undefined where there is none. Throws `Unreadable` above `limit` bytes. */
export async function readSqlite(tree: FileTree, path: string, limit: number): Promise<Uint8Array | undefined> {
  const bytes = await readOwnBytes(tree, path, limit);
  const log = bytes && (await readBytes(tree, `${path}-wal`, limit));
  return bytes && withoutLog(log ? applyLog(bytes, log) : bytes);
}

const PIECE = 2 ** 20;

/** Piece by piece into bytes of its own, so that a database is never there twice. */
async function readOwnBytes(tree: FileTree, path: string, limit: number): Promise<Uint8Array | undefined> {
  const node = await tree.stat(path);
  if (node?.type !== 'file') return undefined;
  if (node.size > limit) throw new Unreadable(path, `it has ${node.size} bytes, and at most ${limit} are read`);
  const bytes = new Uint8Array(node.size);
  for (let offset = 0; offset < node.size; offset += PIECE) bytes.set((await tree.read(path, { offset, length: PIECE })) ?? [], offset);
  return bytes;
}

/** All rows of `rowsOf`. */
export function readTable(bytes: Uint8Array, table: string, columns: readonly string[], place: string): Promise<readonly SqliteRow[]> {
  return Array.fromAsync(rowsOf(bytes, table, columns, place));
}

/**
 * The named columns of every row of a plain table, in a database that is opened from its bytes: nothing is written, and no file is opened.
 * Empty where the table does not exist. Throws `Unreadable`, also for a table that computes (views, virtual tables, generated columns), since a stranger's
 * computation has no end.
 */
export async function* rowsOf(
  bytes: Uint8Array,
  table: string,
  columns: readonly string[],
  place: string,
): AsyncGenerator<SqliteRow, undefined> {
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new Unreadable(place, 'bad magic at byte 0');
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(':memory:');
  try {
    database.deserialize(withoutLog(bytes));
    const schema = database.prepare('SELECT type, sql FROM sqlite_schema WHERE name = ?').get(table);
    if (schema === undefined) return;
    if (schema.type !== 'table' || /\bVIRTUAL\b|\bAS\b/i.test(withoutWords(String(schema.sql))))
      throw new Unreadable(place, `${table} is no plain table`);
    const names = columns.map((column) => `"${column}"`).join(', ');
    yield* database.prepare(`SELECT ${names} FROM "${table}" LIMIT ${MOST_ROWS}`).iterate();
  } catch (error) {
    if (error instanceof Unreadable || !(error instanceof Error)) throw error;
    throw new Unreadable(place, `SQLite says: ${error.message}`, { cause: error });
  } finally {
    database.close();
  }
}

/** What SQLite reads as a text, a quoted name or a comment (sqlite.org/lang_comment.html, lang_keywords.html), in the order in which it stands. */
const WORDS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** A statement without what is no keyword in it: dnf's own tables say in comments how a value is "stored as". */
function withoutWords(sql: string): string {
  return sql.replace(WORDS, ' ');
}

/** Says that it keeps no write-ahead log (bytes 18 and 19), in a copy where it said so: one in memory has no file for it. */
function withoutLog(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 20 || (bytes[18] === 1 && bytes[19] === 1)) return bytes;
  const copy = bytes.slice();
  copy.set([1, 1], 18);
  return copy;
}
