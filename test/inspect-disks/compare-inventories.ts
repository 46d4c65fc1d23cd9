/**
 * compare-inventories.ts <image> <inventory.tsv> — compares the inventory of a disk image, as regild reads it, with what inventory-lines.sh printed of the
 * same root file system. Prints every difference besides the known ones, or those of them that are missing, and then exits with 1.
 */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { createDiskFiles } from '../../src/adapters/disk-file.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { openImageFile } from '../../src/inspect/blocks/image-file.ts';
import { compareInventories } from '../../src/inspect/compare/index.ts';
import { inventoryOfDisk } from '../../src/inspect/disk-inventory.ts';
import { machineInventory } from '../../src/inspect/machine-inventory.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';
import type { Inventory } from '../../src/model/index.ts';

/** What the script cannot tell as the disk does, with the reason. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  [
    'content /opt/shop/control\u0001',
    'a control character would end a field or a line of what the script prints: it leaves such names out',
  ],
]);

/** What only the disk reader tells: the state of a package that nobody configured. */
const TOLD = ['package regild-circle-half'];

const [image = '', lines = ''] = process.argv.slice(2);
const catalog = await loadCatalog();
const file = await createDiskFiles().open(image);
const disk = await inventoryOfDisk(await openDisk(await openImageFile(file)), { kind: 'disk', name: image, simulated: false }, catalog);
await file.close();
const machine = machineInventory(await readFile(lines), { kind: 'machine', name: lines, simulated: false }, catalog);

const parity = compareInventories(disk, machine, { between: 'same', catalog, allow: [] });
const differences = parity.differences.map(({ kind, name, before, after }) => ({ what: `${kind} ${name}`, disk: before, machine: after }));

/** Facts of an inventory that the comparison of images leaves out, by name. */
function beside({ system, packages, accounts, content }: Inventory): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['name of the system', system.name],
    ['kernels', system.kernels],
    ...packages.map(({ manager, name, architecture, reason }) => [`package ${manager}:${name}`, { architecture, reason }] as const),
    ...accounts.map(({ name, gid, password, keys }) => [`account ${name}`, { gid, password, keys }] as const),
    ...content.map(({ path, origin, bytes, sha256 }) => [`content ${path}`, { origin, bytes, sha256 }] as const),
  ]);
}

const ours = beside(disk);
const theirs = beside(machine);
const rest = [...ours]
  .filter(([what, value]) => theirs.has(what) && !isDeepStrictEqual(value, theirs.get(what)))
  .map(([what, value]) => ({ what, disk: value, machine: theirs.get(what) }));

const all = [...differences, ...rest];
const found = all.filter(({ what }) => !KNOWN.has(what));
const gone = [...KNOWN].filter(([what]) => !all.some((each) => each.what === what));
for (const each of found) process.stdout.write(`differs: ${JSON.stringify(each)}\n`);
for (const [what, reason] of gone) process.stdout.write(`differs no more: ${what} (${reason})\n`);
const unread = disk.unread.filter(({ place }) => !TOLD.includes(place));
for (const { place, reason } of unread) process.stdout.write(`unread: ${place}: ${reason}\n`);
const equal = Object.values(parity.equal).reduce((sum, count) => sum + count, 0);
process.stdout.write(`${equal} items are the same, ${found.length} are not: ${JSON.stringify(parity.equal)}\n`);
process.exitCode = found.length + gone.length === 0 && unread.length === 0 && equal > 0 ? 0 : 1;
