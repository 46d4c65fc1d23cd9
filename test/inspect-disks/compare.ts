/**
 * compare.ts <image> <folder> [path…] — compares every node of a disk image, as regild reads it, with a folder where the kernel (or ntfs-3g) mounted the
 * same; these paths and what is below them are left out. The image holds one root or one file system. Prints `same <nodes> nodes`, or the first
 * differences, and then exits with 1. PLAIN=true leaves out owners and modes, WITHOUT_TIME=true times; SUBTREE=/srv compares what is mounted there only.
 */
import { createDiskFiles } from '../../src/adapters/disk-file.ts';
import { openImageFile } from '../../src/inspect/blocks/image-file.ts';
import type { FileTree } from '../../src/inspect/file-tree.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';
import type { DiskFile } from '../../src/ports.ts';
import { describeFolder, describeTree } from './describe-nodes.ts';

const [image = '', folder = '', ...leftOut] = process.argv.slice(2);
const compared = { owners: process.env.PLAIN !== 'true', times: process.env.WITHOUT_TIME !== 'true' };

async function treeOf(file: DiskFile): Promise<FileTree> {
  const disk = await openDisk(await openImageFile(file));
  for (const { place, reason } of disk.unread) process.stderr.write(`unread: ${place}: ${reason}\n`);
  const tree = disk.roots[0]?.tree ?? disk.volumes.find(({ fileSystem }) => fileSystem)?.fileSystem?.tree;
  if (!tree) throw new Error(`nothing to read on ${image}: ${JSON.stringify(disk.volumes)}`);
  return tree;
}

const file = await createDiskFiles().open(image);
const below = process.env.SUBTREE ?? '';
const tree = await describeTree(await treeOf(file), compared, below === '' ? '/' : below);
const ours = new Map([...tree].map(([path, line]) => [path.slice(below.length), line]));
const theirs = await describeFolder(folder, compared);
await file.close();
const isCompared = (path: string) => !leftOut.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
const paths = [...new Set([...ours.keys(), ...theirs.keys()])].filter(isCompared).sort();
const differences = paths.filter((path) => ours.get(path) !== theirs.get(path));
for (const path of differences.slice(0, 10)) {
  process.stdout.write(
    `differs: ${JSON.stringify(path)}\n  regild ${ours.get(path) ?? '(none)'}\n  kernel ${theirs.get(path) ?? '(none)'}\n`,
  );
}
process.stdout.write(differences.length === 0 ? `same ${paths.length} nodes\n` : `${differences.length} of ${paths.length} nodes differ\n`);
process.exitCode = differences.length === 0 && paths.length > 0 ? 0 : 1;
