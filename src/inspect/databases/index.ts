import type { InventoryPackage } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { type Read, readOr } from '../read.ts';
import { readDpkg } from './dpkg.ts';
import { type InstallRecords, readInstallRecords } from './install-reasons.ts';
import { NO_PACKAGES, type PackageDatabase } from './package-database.ts';
import { readRpm } from './rpm.ts';

export type { OwnedPath, PackageDatabase, PackedDigest } from './package-database.ts';

/** What the system's package managers say, with dnf's or yum's reasons where they recorded them. A broken database is told and leaves the others. */
export async function readPackageDatabases(tree: FileTree): Promise<Read<PackageDatabase>> {
  const parts = [await readOr(undefined, () => readDpkg(tree)), await readOr(undefined, () => readRpm(tree))];
  const records = await readOr<InstallRecords>(new Map(), () => readInstallRecords(tree));
  const databases = parts.map(({ value }) => value ?? NO_PACKAGES);
  return {
    value: {
      packages: databases.flatMap(({ packages }) => packages).map((item) => withRecord(item, records.value)),
      owned: new Map(databases.flatMap(({ owned }) => [...owned])),
    },
    unread: [...parts, records].flatMap(({ unread }) => unread),
  };
}

function withRecord(item: InventoryPackage, records: InstallRecords): InventoryPackage {
  const found = item.manager === 'rpm' ? records.get(`${item.name}.${item.architecture}`) : undefined;
  return found === undefined ? item : { ...item, reason: found.reason, origin: found.origin ?? item.origin, asked: found.asked };
}
