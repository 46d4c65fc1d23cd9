// list-packages.ts <folder>: `manager name version architecture` of every package that regild reads from the files of a root file system, sorted.
import { folderTree } from '../../src/adapters/folder-tree.ts';
import { readPackageDatabases } from '../../src/inspect/databases/index.ts';

const [folder = '/'] = process.argv.slice(2);
const { value, unread } = await readPackageDatabases(folderTree(folder));
for (const { place, reason } of unread) process.stdout.write(`unread ${place}: ${reason}\n`);
const lines = value.packages.map(({ manager, name, version, architecture }) => `${manager} ${name} ${version} ${architecture}`);
process.stdout.write(`${[...lines].sort().join('\n')}\n`);
