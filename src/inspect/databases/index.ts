import type { InventoryPackage, Unread } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { type Read, readOr } from '../read.ts';
import { readDpkg } from './dpkg.ts';
import { type InstallRecords, readInstallRecords } from './install-reasons.ts';
import { otherManagers } from './other-managers.ts';
import { joinedPaths, type OwnedPaths } from './owned-paths.ts';
import type { PackageDatabase } from './package-database.ts';
import { readRpm } from './rpm.ts';

export type { OwnedPath, OwnedPaths, PackedDigest } from './owned-paths.ts';

/** What the databases of dpkg and rpm say together. */
export interface SystemPackages {
  readonly packages: readonly InventoryPackage[];
  readonly owned: OwnedPaths;
  /** False where a database is broken or there is none with a package in it: what packages brought is not known then. */
  readonly whole: boolean;
}

/**
 * What the system's package managers say, with dnf's or yum's reasons where they recorded them. A broken database is told and leaves the others, and so is
 * a package manager that is not read.
 */
export async function readPackageDatabases(tree: FileTree): Promise<Read<SystemPackages>> {
  const parts = [await readOr(undefined, () => readDpkg(tree)), await readOr(undefined, () => readRpm(tree))];
  const others = await readOr<readonly Unread[]>([], () => otherManagers(tree));
  const records = await readOr<InstallRecords>(new Map(), () => readInstallRecords(tree));
  const databases = parts.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const packages = databases.flatMap((database) => database.packages).map((item) => withRecord(item, records.value));
  const broken = [...parts, ...databases].flatMap(({ unread }) => unread);
  const whole = packages.length > 0 && (broken.length === 0 || databases.some(isTheSystems));
  const told = [...broken, ...databases.flatMap(({ unfinished }) => unfinished), ...others.value, ...others.unread, ...records.unread];
  return {
    value: { packages, owned: joinedPaths(databases.map(({ owned }) => owned)), whole },
    unread: whole
      ? told
      : [...told, unknownOwners(broken.length > 0 ? 'no whole package database' : 'no package in a database that is read')],
  };
}

/** The manager that a system is made with is a package of its own; what the other one holds beside it is little. */
function isTheSystems({ packages, unread }: PackageDatabase): boolean {
  return unread.length === 0 && packages.some(({ manager, name }) => name === (manager === 'deb' ? 'dpkg' : 'rpm'));
}

/** What follows from that for everything that is told of files. */
function unknownOwners(why: string): Unread {
  return {
    place: '/etc and /usr',
    reason: `there is ${why}, so nobody can say which files are of packages: none of these is told, and packages are not compared`,
  };
}

function withRecord(item: InventoryPackage, records: InstallRecords): InventoryPackage {
  const found = item.manager === 'rpm' ? records.get(`${item.name}.${item.architecture}`) : undefined;
  return found === undefined ? item : { ...item, reason: found.reason, origin: found.origin ?? item.origin, asked: found.asked };
}
