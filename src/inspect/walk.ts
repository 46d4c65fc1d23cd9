import type { FileNode, FileTree } from './file-tree.ts';
import { type Read, readOr } from './read.ts';

/** Most nodes below one path, and folders within each other. */
const MOST_NODES = 200_000;
const DEEPEST = 64;
/** Folders that are read at the same time. */
const AT_ONCE = 16;

/**
 * Every node below a path, the path itself first, in no order; links are not followed. `enter` says which folders are opened.
 * A folder that cannot be read, and a tree that is larger than the limits, is told.
 */
export async function walkTree(
  tree: FileTree,
  path: string,
  enter: (node: FileNode) => boolean = () => true,
): Promise<Read<readonly FileNode[]>> {
  const start = await readOr(undefined, () => tree.stat(path, false));
  const nodes: FileNode[] = start.value === undefined ? [] : [start.value];
  const unread = [...start.unread];
  let folders = nodes.filter((node) => node.type === 'directory' && enter(node));
  for (let depth = 0; folders.length > 0; depth++) {
    if (depth >= DEEPEST || nodes.length > MOST_NODES) {
      unread.push({ place: path, reason: `more than ${MOST_NODES} files, or folders deeper than ${DEEPEST}: the rest was not looked at` });
      break;
    }
    const found = await readFolders(tree, folders);
    unread.push(...found.flatMap((read) => read.unread));
    const children = found.flatMap(({ value }) => value);
    nodes.push(...children);
    folders = children.filter((node) => node.type === 'directory' && enter(node));
  }
  return { value: nodes, unread };
}

async function readFolders(tree: FileTree, folders: readonly FileNode[]): Promise<readonly Read<readonly FileNode[]>[]> {
  const found: Read<readonly FileNode[]>[] = [];
  for (let at = 0; at < folders.length; at += AT_ONCE) {
    const part = folders.slice(at, at + AT_ONCE);
    found.push(...(await Promise.all(part.map(({ path }) => readOr([], async () => (await tree.list(path)) ?? [])))));
  }
  return found;
}
