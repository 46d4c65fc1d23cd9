import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { openImageFile } from '../inspect/blocks/image-file.ts';
import { inventoryOfDisk } from '../inspect/disk-inventory.ts';
import { type FileTree, Unreadable } from '../inspect/file-tree.ts';
import { machineInventory } from '../inspect/machine-inventory.ts';
import { openDisk } from '../inspect/open-disk.ts';
import { takeInventory } from '../inspect/take-inventory.ts';
import { Inventory } from '../model/index.ts';
import type { Io } from './command.ts';
import { createDiskFiles, folderTree } from './files.ts';

/** True where a word names something on this machine, and not an AMI or an image of the manifest. */
export async function isHere(subject: string, { folder }: Io): Promise<boolean> {
  return (await statOf(resolve(folder, subject))) !== undefined;
}

/** An image that was looked at: what is in it, and its files where they can be read. */
export interface Inspected {
  readonly inventory: Inventory;
  /** Absent for an inventory that was saved. */
  readonly tree?: FileTree;
}

/**
 * Looks at what lies on this machine and hands it over: a folder that holds a root file system, an inventory that was saved, what `inventory-lines.sh`
 * printed in a running machine, or a disk. Throws FILE_INVALID where nothing in it can be read.
 */
export async function inspectHere<Result>(
  subject: string,
  catalog: Catalog,
  { folder }: Io,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const path = resolve(folder, subject);
  if ((await statOf(path))?.isDirectory()) {
    const tree = folderTree(path);
    return use({ tree, inventory: await takeInventory(tree, { source: { kind: 'folder', name: subject, simulated: false } }, catalog) });
  }
  const saved = await savedInventory(path, subject, catalog);
  return saved === undefined ? inspectDisk(path, subject, catalog, use) : use({ inventory: saved });
}

async function inspectDisk<Result>(
  path: string,
  subject: string,
  catalog: Catalog,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const file = await createDiskFiles().open(path);
  try {
    const disk = await openDisk(await openImageFile(file));
    const inventory = await inventoryOfDisk(disk, { kind: 'disk', name: subject, simulated: false }, catalog);
    const tree = disk.roots.find(({ kind }) => kind === 'linux')?.tree;
    return await use(tree === undefined ? { inventory } : { inventory, tree });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new RegildError('FILE_INVALID', error.message, {
      hint: 'regild reads raw, VHD, VMDK and qcow2 files; a folder that holds a root file system works too, whatever mounted it',
      cause: error,
    });
  } finally {
    await file.close();
  }
}

/** By the ending of the file's name. */
async function savedInventory(path: string, subject: string, catalog: Catalog): Promise<Inventory | undefined> {
  if (/\.json$/i.test(path)) return parseSaved(await readFile(path, 'utf8'), subject);
  if (/\.(?:tsv|txt)$/i.test(path))
    return machineInventory(await readFile(path, 'utf8'), { kind: 'machine', name: subject, simulated: false }, catalog);
  return undefined;
}

function parseSaved(text: string, subject: string): Inventory {
  try {
    return Inventory.parse(JSON.parse(text));
  } catch (error) {
    throw new RegildError('FILE_INVALID', `${subject} is no inventory: ${error instanceof Error ? error.message.split('\n')[0] : error}`, {
      hint: 'write one with `regild inspect … --json`, or with inventory-lines.sh inside a machine (ending .tsv)',
      cause: error,
    });
  }
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
