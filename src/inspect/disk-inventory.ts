import type { Catalog } from '../catalog/schema.ts';
import { compareText, type Inventory, type InventoryFileSystem, type InventorySource, type Unread } from '../model/index.ts';
import { Unreadable } from './file-tree.ts';
import type { DiskRoot } from './mounts/find-roots.ts';
import type { Disk, DiskVolume } from './open-disk.ts';
import type { Read } from './read.ts';
import { type DiskFacts, takeInventory } from './take-inventory.ts';
import { walkTree } from './walk.ts';
import { takeWindowsInventory } from './windows/take-windows-inventory.ts';

/** The inventory of the system on a disk, with what the disk itself says. Throws `Unreadable` where there is none that is read. */
export async function inventoryOfDisk(
  disk: Disk,
  source: InventorySource,
  catalog: Pick<Catalog, 'components' | 'leakRules' | 'contentRules'>,
): Promise<Inventory> {
  const [root, ...others] = disk.roots;
  if (root === undefined) throw new Unreadable(source.name, noSystem(disk));
  const loaders = await loadersOf(disk);
  const subject = { source, disk: diskFacts(disk, loaders.value), unread: [...disk.unread, ...loaders.unread, ...others.map(another)] };
  return root.kind === 'windows' ? takeWindowsInventory(root.tree, subject, catalog) : takeInventory(root.tree, subject, catalog);
}

/** A disk may hold two systems, one for each start: what is told is of the first. */
function another({ place, kind }: DiskRoot): Unread {
  return { place, reason: `holds another system (${kind}), of which nothing is told` };
}

function noSystem({ table, volumes, unread }: Disk): string {
  const [first] = unread;
  if (first !== undefined) return `no system on it can be read: ${first.place}: ${first.reason}`;
  const held = volumes.map(({ place, content }) => `${place}: ${content}`).join(', ');
  return `there is no system on it (partition table: ${table}${held === '' ? '' : `; ${held}`})`;
}

function diskFacts(disk: Disk, loaders: readonly string[]): DiskFacts {
  return { partitionTable: disk.table, mode: bootMode(disk, loaders), loaders, fileSystems: disk.volumes.map(toFileSystem) };
}

/** The loaders that UEFI takes by itself when nothing else is registered (UEFI specification 3.5.1.1). */
const FALLBACK = /^\/EFI\/BOOT\/BOOT(?:X64|AA64)\.EFI$/i;

/**
 * What the disk can start from. BIOS needs code in the first sector, and on a GPT the boot loader in a BIOS boot partition, or an active partition;
 * UEFI a loader on the EFI system partition. An image takes the fallback path, since nothing is registered in a new machine's firmware.
 */
function bootMode({ table, boot }: Disk, loaders: readonly string[]): DiskFacts['mode'] {
  const bios = boot.bootCode !== undefined && (table === 'gpt' ? boot.biosBoot?.filled === true || boot.active !== undefined : true);
  const uefi = loaders.some((path) => FALLBACK.test(path));
  if (boot.esp?.fileSystem === 'unread') return undefined;
  if (bios && uefi) return 'both';
  return uefi ? 'uefi' : bios ? 'bios' : 'none';
}

async function loadersOf({ boot, volumes }: Disk): Promise<Read<readonly string[]>> {
  const tree = volumes.find(({ partition }) => partition !== undefined && partition.number === boot.esp?.partition)?.fileSystem?.tree;
  if (tree === undefined) return { value: [], unread: [] };
  const { value, unread } = await walkTree(tree, '/');
  const loaders = value.filter(({ type, path }) => type === 'file' && /\.efi$/i.test(path)).map(({ path }) => path.replace(/^\/+/, '/'));
  return { value: loaders.sort(compareText), unread };
}

function toFileSystem({ place, content, fileSystem, size, mounts }: DiskVolume): InventoryFileSystem {
  return {
    device: place,
    type: fileSystem?.kind ?? content,
    mountPoint: mounts[0]?.path,
    usedBytes: fileSystem?.usedBytes,
    totalBytes: fileSystem?.totalBytes ?? size,
  };
}
