import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { readSqlite, readTable } from '../../../src/inspect/databases/sqlite.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';

/** A log whose frames replace pages, the last of them committed; salts 1 and 2. */
function logOf(pages: readonly { readonly page: number; readonly content: Uint8Array; readonly salt?: number; readonly commit?: true }[]) {
  const size = pages[0]?.content.length ?? 4096;
  const bytes = new Uint8Array(32 + pages.length * (24 + size));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x377f0682);
  view.setUint32(8, size);
  view.setUint32(16, 1);
  view.setUint32(20, 2);
  for (const [index, { page, content, salt = 1, commit }] of pages.entries()) {
    const at = 32 + index * (24 + size);
    view.setUint32(at, page);
    view.setUint32(at + 4, commit ? 2 : 0);
    view.setUint32(at + 8, salt);
    view.setUint32(at + 12, 2);
    bytes.set(content, at + 24);
  }
  return bytes;
}

function databaseWith(value: string): Uint8Array {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE facts (value TEXT); INSERT INTO facts VALUES ('${value}')`);
  return new Uint8Array(database.serialize());
}

async function valuesOf(database: Uint8Array, log: Uint8Array): Promise<unknown> {
  const bytes = await readSqlite(memoryTree({ '/a.sqlite': database, '/a.sqlite-wal': log }), '/a.sqlite', 1_000_000);
  return bytes && (await readTable(bytes, 'facts', ['value'], '/a.sqlite'));
}

test('what was committed to the log counts, what was not and what is left of an earlier log does not', async () => {
  const old = databaseWith('old');
  const page = (value: string) => databaseWith(value).slice(4096, 8192);
  expect(await valuesOf(old, logOf([{ page: 2, content: page('new'), commit: true }]))).toEqual([{ value: 'new' }]);
  expect(await valuesOf(old, logOf([{ page: 2, content: page('new') }]))).toEqual([{ value: 'old' }]);
  expect(await valuesOf(old, logOf([{ page: 2, content: page('new'), salt: 7, commit: true }]))).toEqual([{ value: 'old' }]);
  expect(await valuesOf(old, new Uint8Array(0))).toEqual([{ value: 'old' }]);
});
