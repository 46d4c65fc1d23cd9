import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBerkeleyHash } from '../../../src/inspect/databases/berkeley-hash.ts';
import { readRpm } from '../../../src/inspect/databases/rpm.ts';
import { compareEvr, compareRpmVersion, parseEvr } from '../../../src/inspect/databases/rpm-version.ts';
import { Unreadable } from '../../../src/inspect/file-tree.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';
import { mutate } from '../mutate.ts';

const BERKELEY = new Uint8Array(gunzipSync(readFileSync(join(import.meta.dirname, 'fixtures/packages.bdb.gz'))));
const HEADERS = readBerkeleyHash(BERKELEY, 'Packages').flatMap(({ key, value }) => (key.some((byte) => byte !== 0) ? [value] : []));

const FORMATS: Readonly<Record<string, readonly [string, Uint8Array]>> = {
  'Berkeley DB, as libdb wrote it': ['/var/lib/rpm/Packages', BERKELEY],
  ndb: ['/usr/lib/sysimage/rpm/Packages.db', ndb(HEADERS)],
  SQLite: ['/var/lib/rpm/rpmdb.sqlite', sqlite(HEADERS)],
};

test.each(Object.entries(FORMATS))('%s holds every package with its files', async (_, [path, bytes]) => {
  const database = await readRpm(memoryTree({ [path]: bytes }));
  expect([...(database?.packages ?? [])].sort((left, right) => left.name.localeCompare(right.name))).toEqual([
    {
      manager: 'rpm',
      name: 'long',
      version: '1.2-3',
      architecture: 'noarch',
      origin: 'Example Corp',
      installed: '1970-01-01T00:00:01.000Z',
    },
    {
      manager: 'rpm',
      name: 'tiny',
      version: '1:1.2-3',
      architecture: 'noarch',
      origin: 'Example Corp',
      installed: '1970-01-01T00:00:02.000Z',
    },
  ]);
  expect(database?.owned.size).toBe(66);
  // sha256sum of "conf\n"
  expect(database?.owned.get('/etc/tiny.conf')).toEqual({
    package: 'tiny',
    digest: { algorithm: 'sha256', hex: '8d0d4c8a1e6ab75ae2f81abf1e1e66ce1ab7be53c7b8f245a41907fc45b3a801' },
  });
  expect(database?.owned.get('/usr/share/long')).toEqual({ package: 'long', digest: undefined });
});

test('a system without a database of rpm is not of that kind', async () => {
  expect(await readRpm(memoryTree({ '/etc/os-release': 'ID=debian' }))).toBeUndefined();
});

test.each(Object.entries(FORMATS))('%s: whatever is broken in it is told, and nothing else happens', async (_, [path, bytes]) => {
  let told = 0;
  for (let seed = 0; seed < 400; seed++) {
    try {
      await readRpm(memoryTree({ [path]: mutate(bytes, seed) }));
    } catch (error) {
      expect(error).toBeInstanceOf(Unreadable);
      told++;
    }
  }
  expect(told).toBeGreaterThan(20);
});

test('a table that computes instead of holding rows is refused', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIEW Packages AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS blob FROM n`);
  await expect(readRpm(memoryTree({ '/var/lib/rpm/rpmdb.sqlite': new Uint8Array(database.serialize()) }))).rejects.toThrow(
    '/var/lib/rpm/rpmdb.sqlite: Packages is no plain table',
  );
});

test.each([
  ['1.0', '1.0', 0],
  ['1.0', '1.0.1', -1],
  ['1.10', '1.9', 1],
  ['1.0~rc1', '1.0', -1],
  ['1.0^git1', '1.0', 1],
  ['1.0^git1', '1.0.1', -1],
  ['1.0a', '1.0', 1],
  ['1.0a', '1.0.1', -1],
  ['5.5p1', '5.5p10', -1],
  ['10xyz', '10.1xyz', -1],
  ['2_0', '2.0', 0],
  ['1.000000000000000000000000000002', '1.3', -1],
  ['0.0', '0', 1],
])('rpm orders %s against %s', (left, right, order) => {
  expect(Math.sign(compareRpmVersion(left, right))).toBe(order);
  expect(Math.sign(compareRpmVersion(right, left))).toBe(order === 0 ? 0 : -order);
});

test('an epoch beats every version, a release decides last', () => {
  expect(compareEvr(parseEvr('1:1.0-1'), parseEvr('9.0-1'))).toBeGreaterThan(0);
  expect(compareEvr(parseEvr('1.0-2.el9'), parseEvr('1.0-10.el9'))).toBeLessThan(0);
  expect(parseEvr('2:3.4.5-6.el9_2')).toEqual({ epoch: 2, version: '3.4.5', release: '6.el9_2' });
});

function sqlite(headers: readonly Uint8Array[]): Uint8Array {
  const database = new DatabaseSync(':memory:');
  database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
  for (const header of headers) database.prepare('INSERT INTO Packages (blob) VALUES (?)').run(header);
  return new Uint8Array(database.serialize());
}

/** As rpm's rpmpkg.cc writes it: a header, one page of slots, blobs in blocks of 16 bytes. */
function ndb(headers: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(4096 + headers.reduce((sum, { length }) => sum + 64 + length, 0));
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  text(0, 'RpmP');
  view.setUint32(12, 1, true);
  for (let at = 32; at < 4096; at += 16) text(at, 'Slot');
  let start = 4096;
  for (const [index, header] of headers.entries()) {
    view.setUint32(32 + index * 16 + 4, index + 1, true);
    view.setUint32(32 + index * 16 + 8, start / 16, true);
    text(start, 'BlbS');
    view.setUint32(start + 4, index + 1, true);
    view.setUint32(start + 12, header.length, true);
    bytes.set(header, start + 16);
    start += Math.ceil((header.length + 32) / 16) * 16;
  }
  return bytes;
}
