import { readFile } from 'node:fs/promises';
import { folderTree } from '../../../src/adapters/folder-tree.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { compareInventories } from '../../../src/inspect/compare/index.ts';
import { machineInventory } from '../../../src/inspect/machine-inventory.ts';
import { takeInventory } from '../../../src/inspect/take-inventory.ts';
import { parseManifest } from '../../../src/manifest/index.ts';
import { Inventory, unexplainedLosses } from '../../../src/model/index.ts';

/**
 * `node judge.ts <ami.json> <image.tsv> <images.yaml> <folder>` compares the AMI with the image that was made from it, as a build does with
 * `parity: block`. Prints what nobody explains, what of AWS and what secret the root file system in the folder has by the catalog's rules, and the sums;
 * ends with 1 for any of the first three.
 */
const [ami = '', image = '', manifest = '', folder = ''] = process.argv.slice(2);
const catalog = await loadCatalog();
const before = Inventory.parse(JSON.parse(await readFile(ami, 'utf8')));
const after = machineInventory(await readFile(image), { kind: 'machine', name: image, simulated: false }, catalog);
const { components, leaks } = await takeInventory(
  folderTree(folder),
  { source: { kind: 'folder', name: folder, simulated: false } },
  catalog,
);
const secrets = leaks.filter(({ severity }) => severity === 'block');
const [spec] = parseManifest(await readFile(manifest, 'utf8'), manifest, {}).specs;
const { differences, equal } = compareInventories(before, after, { between: 'move', catalog, allow: spec?.parityAllow ?? [] });
const lost = unexplainedLosses({ differences });
for (const each of lost) process.stdout.write(`lost: ${JSON.stringify(each)}\n`);
for (const { id, found } of components) process.stdout.write(`of AWS: ${id}: ${found.join(', ')}\n`);
for (const { rule, path } of secrets) process.stdout.write(`secret: ${rule} ${path}\n`);
for (const { place, reason } of [...before.unread, ...after.unread]) process.stdout.write(`unread: ${place}: ${reason}\n`);
const verdicts = Object.entries(Object.groupBy(differences, ({ verdict }) => verdict)).map(
  ([verdict, each]) => `${each?.length} ${verdict}`,
);
const sum = Object.values(equal).reduce((all, count) => all + count, 0);
process.stdout.write(`${sum} items are the same; differences: ${verdicts.join(', ')}\n`);
process.exitCode = lost.length + components.length + secrets.length === 0 && sum > 0 && spec !== undefined ? 0 : 1;
