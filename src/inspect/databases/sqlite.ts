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
  const bytes = await readBytes(tree, path, limit);
  const log = bytes && (await readBytes(tree, `${path}-wal`, limit));
  return bytes && log ? applyLog(bytes, log) : bytes;
}

/**
 * The named columns of every row of a plain table, in a database that is opened from its bytes: nothing is written, and no file is opened.
 * Empty where the table does not exist. Throws `Unreadable`, also for a table that computes (views, virtual tables, generated columns), since a stranger's
 * computation has no end.
 */
export async function readTable(
  bytes: Uint8Array,
  table: string,
  columns: readonly string[],
  place: string,
): Promise<readonly SqliteRow[]> {
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) throw new Unreadable(place, 'bad magic at byte 0');
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(':memory:');
  try {
    database.deserialize(withoutLog(bytes));
    const schema = database.prepare('SELECT type, sql FROM sqlite_schema WHERE name = ?').get(table);
    if (schema === undefined) return [];
    if (schema.type !== 'table' || /\bVIRTUAL\b|\bAS\b/i.test(withoutWords(String(schema.sql))))
      throw new Unreadable(place, `${table} is no plain table`);
    const names = columns.map((column) => `"${column}"`).join(', ');
    return database.prepare(`SELECT ${names} FROM "${table}" LIMIT ${MOST_ROWS}`).all();
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

/** A copy that says it keeps no write-ahead log (bytes 18 and 19): one in memory has no file for it. */
function withoutLog(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy.set([1, 1], 18);
  return copy;
}
