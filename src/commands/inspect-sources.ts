import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { InsideFacts } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import { openImageFile } from '../inspect/blocks/image-file.ts';
import { inventoryOfDisk } from '../inspect/disk-inventory.ts';
import { Unreadable } from '../inspect/file-tree.ts';
import { machineInventory } from '../inspect/machine-inventory.ts';
import { openDisk } from '../inspect/open-disk.ts';
import { takeInventory } from '../inspect/take-inventory.ts';
import { Inventory } from '../model/index.ts';
import type { Io } from './command.ts';
import { createDiskFiles, folderTree, readBytes } from './files.ts';
import type { Inspected } from './inspected.ts';

/** True where a word names something on this machine, and not an AMI or an image of the manifest. */
export async function isHere(subject: string, { folder }: Io): Promise<boolean> {
  return (await statOf(resolve(folder, subject))) !== undefined;
}

/**
 * Looks at what lies on this machine and hands it over: a folder that holds a root file system, an inventory that was saved, what `inventory-lines.sh`
 * printed in a running machine, or a disk. Throws FILE_INVALID where nothing in it can be read.
 */
export async function inspectHere<Result>(
  subject: string,
  catalog: InsideFacts,
  { folder }: Io,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const path = resolve(folder, subject);
  return INVENTORY.test(path) ? use({ inventory: await savedInventory(path, subject, catalog) }) : inspectFile(path, subject, catalog, use);
}

/** By the ending of the file's name. */
const INVENTORY = /\.(?:json|tsv|txt)$/i;

/** Looks at a folder that holds a root file system, or at a disk; `name` is what the user calls it. */
export async function inspectFile<Result>(
  path: string,
  name: string,
  catalog: InsideFacts,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  if (!(await statOf(path))?.isDirectory()) return inspectDisk(path, name, catalog, use);
  const tree = folderTree(path);
  return use({ tree, inventory: await takeInventory(tree, { source: { kind: 'folder', name, simulated: false } }, catalog) });
}

async function inspectDisk<Result>(
  path: string,
  subject: string,
  catalog: InsideFacts,
  use: (inspected: Inspected) => Promise<Result>,
): Promise<Result> {
  const file = await createDiskFiles().open(path);
  try {
    const disk = await openDisk(await openImageFile(file));
    const inventory = await inventoryOfDisk(disk, { kind: 'disk', name: subject, simulated: false }, catalog);
    const tree = disk.roots.at(0)?.tree;
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

/** An inventory that was saved: as JSON, or as the lines that a machine printed (.tsv, .txt). Throws FILE_NOT_FOUND and FILE_INVALID. */
export async function savedInventory(path: string, name: string, catalog: InsideFacts): Promise<Inventory> {
  const bytes = await readBytes(path);
  if (bytes === undefined) throw new RegildError('FILE_NOT_FOUND', `there is no inventory ${name}`, { hint: HOW_TO_SAVE });
  return /\.(?:tsv|txt)$/i.test(path)
    ? machineInventory(bytes, { kind: 'machine', name, simulated: false }, catalog)
    : parseSaved(bytes.toString('utf8'), name);
}

const HOW_TO_SAVE = 'write one with `regild inspect … --json`, or with inventory-lines.sh inside a machine (ending .tsv)';

function parseSaved(text: string, subject: string): Inventory {
  try {
    return Inventory.parse(JSON.parse(text));
  } catch (error) {
    throw new RegildError('FILE_INVALID', `${subject} is no inventory: ${error instanceof Error ? error.message.split('\n')[0] : error}`, {
      hint: HOW_TO_SAVE,
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
