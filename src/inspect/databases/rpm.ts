import type { InventoryPackage } from '../../model/index.ts';
import { type FileTree, Unreadable } from '../file-tree.ts';
import { readBytes } from '../read.ts';
import { readBerkeleyHash } from './berkeley-hash.ts';
import { readNdb } from './ndb.ts';
import { OwnedPathTable, type PackedDigest } from './owned-paths.ts';
import { type PackageDatabase, toTime } from './package-database.ts';
import { parseRpmHeader, RPM_TAG, type RpmHeader } from './rpm-header.ts';
import { readSqlite, rowsOf } from './sqlite.ts';

/** Since release 36 of Fedora rpm's database lies below /usr. */
const FOLDERS = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'];
const DATABASE_LIMIT = 512 * 1024 * 1024;

/** The database's formats, by the file that holds its packages. */
const FORMATS: readonly Format[] = [
  { file: 'rpmdb.sqlite', read: readSqlite, headers: sqliteHeaders },
  { file: 'Packages.db', read: readBytes, headers: readNdb },
  { file: 'Packages', read: readBytes, headers: berkeleyHeaders },
];

interface Format {
  readonly file: string;
  readonly read: (tree: FileTree, path: string, limit: number) => Promise<Uint8Array | undefined>;
  readonly headers: (bytes: Uint8Array, place: string) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** OpenPGP's numbers of digest algorithms, as rpm uses them; MD5 where the header names none. */
const ALGORITHMS: Readonly<Record<number, PackedDigest['algorithm']>> = { 1: 'md5', 2: 'sha1', 8: 'sha256', 10: 'sha512' };

/**
 * The packages of an rpm system, from the database's own file in whichever format it has: SQLite, ndb or Berkeley DB. Undefined where there is none.
 * The keys that rpm trusts, which it lists as packages named `gpg-pubkey`, are left out. Throws `Unreadable`.
 */
export async function readRpm(tree: FileTree): Promise<PackageDatabase | undefined> {
  for (const folder of FOLDERS) {
    for (const { file, read, headers } of FORMATS) {
      const path = `${folder}/${file}`;
      const bytes = await read(tree, path, DATABASE_LIMIT);
      // rpm leaves an empty file where somebody asked it on a system of another manager.
      if (bytes !== undefined && bytes.length > 0) return toDatabase(headers(bytes, path), path);
    }
  }
  return undefined;
}

async function* sqliteHeaders(bytes: Uint8Array, place: string): AsyncGenerator<Uint8Array> {
  for await (const { blob } of rowsOf(bytes, 'Packages', ['blob'], place)) if (blob instanceof Uint8Array) yield blob;
}

/** Key 0 holds the highest number in use; every other key is the number of a package. */
function berkeleyHeaders(bytes: Uint8Array, place: string): readonly Uint8Array[] {
  return readBerkeleyHash(bytes, place).flatMap(({ key, value }) => (key.some((byte) => byte !== 0) ? [value] : []));
}

/** A header that is broken is told, and the other packages stand. One after the other: those of a thousand packages are as large as the database. */
async function toDatabase(headers: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, place: string): Promise<PackageDatabase> {
  const packages: InventoryPackage[] = [];
  const owned = new OwnedPathTable();
  let count = 0;
  const reasons: string[] = [];
  for await (const bytes of headers) {
    count += 1;
    try {
      const header = parseRpmHeader(bytes, place);
      if (nameOf(header) === '') throw new Unreadable(place, 'a header names no package');
      if (nameOf(header) === 'gpg-pubkey') continue;
      const paths = ownedPaths(header);
      const owner = owned.introduce(nameOf(header));
      packages.push(toPackage(header));
      for (const [path, digest] of paths) {
        owned.add(path, owner);
        if (digest !== undefined) owned.addDigest(path, owner, digest);
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      reasons.push(error.message.slice(place.length + 2));
    }
  }
  const unread = reasons.length === 0 ? [] : [{ place, reason: `${reasons.length} of ${count} packages are broken: ${reasons[0]}` }];
  return { packages, owned, unread, unfinished: [] };
}

function nameOf(header: RpmHeader): string {
  return header.strings(RPM_TAG.name)[0] ?? '';
}

function toPackage(header: RpmHeader): InventoryPackage {
  const first = (tag: number) => header.strings(tag)[0];
  const epoch = header.numbers(RPM_TAG.epoch)[0];
  const version = `${first(RPM_TAG.version) ?? ''}-${first(RPM_TAG.release) ?? ''}`;
  return {
    manager: 'rpm',
    name: nameOf(header),
    version: epoch === undefined ? version : `${epoch}:${version}`,
    architecture: first(RPM_TAG.architecture),
    origin: first(RPM_TAG.vendor),
    installed: toTime(header.numbers(RPM_TAG.installTime)[0] ?? 0),
  };
}

function ownedPaths(header: RpmHeader): readonly (readonly [string, PackedDigest | undefined])[] {
  const algorithm = ALGORITHMS[header.numbers(RPM_TAG.digestAlgorithm)[0] ?? 1];
  const digests = header.strings(RPM_TAG.fileDigests);
  return paths(header).map((path, index) => {
    const hex = digests[index];
    return [path, algorithm && hex ? { algorithm, hex } : undefined];
  });
}

/** Base names with the number of their folder, or whole paths in the headers of very old packages. */
function paths(header: RpmHeader): readonly string[] {
  const folders = header.strings(RPM_TAG.directoryNames);
  const indexes = header.numbers(RPM_TAG.directoryIndexes);
  const names = header.strings(RPM_TAG.baseNames).map((name, index) => `${folders[indexes[index] ?? -1] ?? ''}${name}`);
  return names.length > 0 ? names : header.strings(RPM_TAG.oldFileNames);
}
