import type { Catalog } from '../catalog/schema.ts';
import { compareText, type Inventory, type InventoryBoot, type InventorySource, SCHEMA_VERSION } from '../model/index.ts';
import { collectAccounts, collectSudo, homesOf } from './collect/accounts.ts';
import { collectBootFiles } from './collect/boot-files.ts';
import { collectComponents } from './collect/components.ts';
import { collectContent, WITHOUT_PACKAGES } from './collect/content.ts';
import { collectContainers, collectForeignPackages } from './collect/foreign-packages.ts';
import { collectLeaks } from './collect/leaks.ts';
import { ownershipOf } from './collect/ownership.ts';
import { collectCron, collectServices } from './collect/services.ts';
import { collectSettings } from './collect/settings.ts';
import { collectSystem } from './collect/system.ts';
import { sortPackages } from './databases/dpkg.ts';
import { readPackageDatabases } from './databases/index.ts';
import type { FileTree } from './file-tree.ts';
import { type Read, readOr } from './read.ts';

/** What the disk itself says, which no file in it does. */
export type DiskFacts = Pick<InventoryBoot, 'partitionTable' | 'mode' | 'loaders' | 'fileSystems'>;

/** What an inventory is taken of. */
export interface InventorySubject {
  readonly source: InventorySource;
  /** Absent where there is no disk, such as a folder. */
  readonly disk?: DiskFacts | undefined;
  /** What could not be read before the files were reached. */
  readonly unread?: Inventory['unread'] | undefined;
}

type Facts = Pick<Catalog, 'components' | 'leakRules' | 'contentRules'>;

/**
 * Everything that the inventory of a Linux system holds, read from its files. Never throws `Unreadable`: what is broken is told in `unread`, and the
 * rest stands.
 */
export async function takeInventory(tree: FileTree, subject: InventorySubject, catalog: Facts): Promise<Inventory> {
  const databases = await readPackageDatabases(tree);
  const ownership = ownershipOf(databases.value);
  const foreign = await readOr([], () => collectForeignPackages(tree, ownership));
  const packages = sortPackages([...databases.value.packages, ...foreign.value]);
  const system = await readOr(NO_SYSTEM, () => collectSystem(tree));
  const boot = await readOr(NO_BOOT, () => collectBootFiles(tree));
  const services = await readOr([], () => collectServices(tree, ownership));
  const cron = await readOr([], () => collectCron(tree, ownership));
  const accounts = await readOr([], () => collectAccounts(tree));
  const sudo = await readOr([], () => collectSudo(tree));
  const settings = await readOr([], () => collectSettings(tree));
  const containers = await readOr([], () => collectContainers(tree));
  const content = await collectContent(tree, ownership, catalog);
  const seen = { packages, services: services.value, accounts: accounts.value, homes: homesOf(accounts.value) };
  const components = await joined([], () => collectComponents(tree, seen, catalog));
  const leaks = await joined([], () => collectLeaks(tree, { accounts: accounts.value, ownership }, catalog));
  const reads = [databases, foreign, system, boot, services, cron, accounts, sudo, settings, containers, content, components, leaks];
  return {
    kind: 'Inventory',
    schemaVersion: SCHEMA_VERSION,
    source: subject.source,
    system: system.value,
    boot: { loaders: [], fileSystems: [], ...subject.disk, ...boot.value },
    packages,
    containers: containers.value,
    services: services.value,
    cron: cron.value,
    accounts: accounts.value,
    sudo: sudo.value,
    settings: settings.value,
    content: content.value,
    components: components.value,
    leaks: leaks.value,
    unasked: [
      ...(databases.value.whole ? [] : WITHOUT_PACKAGES),
      ...notTold({ system, service: services, cron, account: accounts, sudo, setting: settings, container: containers }),
    ],
    unread: sortUnread([
      ...(subject.unread ?? []),
      ...reads.flatMap(({ unread }) => unread),
      ...(system.value.id === undefined ? [NO_RELEASE] : []),
    ]),
  };
}

/** A kind that could not be read is not told of at all: an empty list of it says nothing. */
function notTold(reads: Readonly<Record<string, Read<unknown>>>): readonly string[] {
  return Object.entries(reads).flatMap(([kind, { unread }]) => (unread.length === 0 ? [] : [`${kind} *`]));
}

const NO_RELEASE = { place: '/etc/os-release', reason: 'neither this nor an older file says which system it is' };

const NO_SYSTEM: Inventory['system'] = { family: 'linux', kernels: [], apparmor: false, fips: false };
const NO_BOOT = { kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] };

/** A read that may be broken as a whole as well as in parts. */
export async function joined<Value>(fallback: Value, read: () => Promise<Read<Value>>): Promise<Read<Value>> {
  const outer = await readOr<Read<Value>>({ value: fallback, unread: [] }, read);
  return { value: outer.value.value, unread: [...outer.unread, ...outer.value.unread] };
}

/** One line each; several readers may meet the same broken place. */
export function sortUnread(unread: Inventory['unread']): Inventory['unread'] {
  const byText = new Map(unread.map((item) => [`${item.place}\0${item.reason}`, item]));
  return [...byText].sort(([left], [right]) => compareText(left, right)).map(([, item]) => item);
}
