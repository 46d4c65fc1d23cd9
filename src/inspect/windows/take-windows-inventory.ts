import type { Catalog } from '../../catalog/schema.ts';
import { type Inventory, type InventorySystem, SCHEMA_VERSION } from '../../model/index.ts';
import type { FileTree } from '../file-tree.ts';
import { readOr } from '../read.ts';
import { type InventorySubject, joined, sortUnread } from '../take-inventory.ts';
import { collectWindowsAccounts } from './accounts.ts';
import { collectWindowsComponents } from './components.ts';
import { collectWindowsContent } from './content.ts';
import { collectDevices } from './devices.ts';
import { collectFeatures, collectHotfixes, collectSqlServer, collectTasks } from './features.ts';
import { collectWindowsLeaks } from './leaks.ts';
import { collectPrograms } from './programs.ts';
import { openRegistry } from './registry.ts';
import { collectWindowsServices } from './services.ts';
import { collectWindowsSettings } from './settings.ts';
import { collectEdition, collectWindowsSystem } from './system.ts';

/**
 * Everything that the inventory of a Windows system holds, read from its files and its registry. Never throws `Unreadable`: what is broken is told in
 * `unread`, and the rest stands.
 */
export async function takeWindowsInventory(
  tree: FileTree,
  subject: InventorySubject,
  catalog: Pick<Catalog, 'components' | 'leakRules' | 'contentRules'>,
): Promise<Inventory> {
  const opened = await openRegistry(tree);
  const registry = opened.value;
  const system = await readOr(NO_SYSTEM, () => collectWindowsSystem(registry));
  const edition = await readOr({}, () => collectEdition(registry));
  const programs = await readOr([], () => collectPrograms(registry));
  const services = await readOr({ services: [], drivers: [] }, () => collectWindowsServices(registry));
  const features = await readOr([], () => collectFeatures(registry));
  const hotfixes = await readOr([], () => collectHotfixes(registry));
  const tasks = await readOr([], () => collectTasks(registry));
  const sqlServer = await readOr([], () => collectSqlServer(registry));
  const accounts = await readOr([], () => collectWindowsAccounts(registry));
  const settings = await readOr([], () => collectWindowsSettings(registry));
  const devices = await readOr([], () => collectDevices(registry));
  const content = await joined([], () => collectWindowsContent(tree, catalog));
  const seen = { registry, programs: programs.value, accounts: accounts.value, tasks: tasks.value, devices: devices.value };
  const components = await joined([], () => collectWindowsComponents(tree, seen, catalog));
  const leaks = await joined([], () => collectWindowsLeaks(tree, registry, catalog));
  const lists = [programs, services, features, hotfixes, tasks, sqlServer, accounts, settings, devices, content, components, leaks];
  return {
    kind: 'Inventory',
    schemaVersion: SCHEMA_VERSION,
    source: subject.source,
    system: system.value,
    boot: { loaders: [], fileSystems: [], ...subject.disk, kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] },
    packages: programs.value,
    containers: [],
    services: services.value.services,
    cron: [],
    accounts: accounts.value,
    sudo: [],
    settings: settings.value,
    content: content.value,
    components: components.value,
    leaks: leaks.value,
    windows: {
      ...edition.value,
      features: features.value,
      hotfixes: hotfixes.value,
      drivers: services.value.drivers,
      tasks: tasks.value,
      sqlServer: sqlServer.value,
    },
    unasked: registry.closed.flatMap((hive) => IN_HIVE[hive] ?? []),
    unread: sortUnread([...(subject.unread ?? []), ...[opened, system, edition, ...lists].flatMap(({ unread }) => unread)]),
  };
}

/** What is read of each hive: where one is closed, its absence says nothing. */
const IN_HIVE: Readonly<Record<string, readonly string[]>> = {
  SOFTWARE: [
    ...['package program:*', 'feature *', 'hotfix *', 'task *', 'component *'],
    ...['distribution', 'edition', 'installation type', 'build'].map((name) => `system ${name}`),
  ],
  SYSTEM: [
    ...['service *', 'driver *', 'setting *', 'component *'],
    ...['architecture', 'FIPS', 'locale', 'language', 'time zone', 'host name pattern'].map((name) => `system ${name}`),
  ],
  SAM: ['account *'],
};

const NO_SYSTEM: InventorySystem = { family: 'windows', kernels: [], apparmor: false, fips: false };
