import { type FileNode, type FileTree, type ReadRange, Unreadable } from './file-tree.ts';

/** Nodes by their real path: no folder on the way is a link. */
export interface RealNodes {
  stat(path: string): Promise<FileNode | undefined>;
  read(path: string, range: ReadRange): Promise<Uint8Array>;
  readlink(path: string): Promise<string>;
  /** Sorted by name. */
  list(path: string): Promise<readonly FileNode[]>;
}

/** Most links on one way, as Linux counts them (path_resolution(7)). */
const MOST_LINKS = 40;

/** The nodes as a tree in which links are followed, and end inside: `/` is the image's own root, and `..` of it is itself. */
export function resolvedTree(nodes: RealNodes): FileTree {
  const real = (path: string, follow = true) => realNode(nodes, path, follow);
  const of = async <Value>(path: string, type: FileNode['type'], use: (node: FileNode) => Promise<Value>, follow = true) => {
    const node = await real(path, follow);
    return node?.type === type ? use(node) : undefined;
  };
  return {
    stat: async (path, follow = true) => {
      const node = await real(path, follow);
      return node && { ...node, path };
    },
    read: (path, range = {}) => of(path, 'file', (node) => nodes.read(node.path, range)),
    readlink: (path) => of(path, 'symlink', (node) => nodes.readlink(node.path), false),
    list: (path) =>
      of(path, 'directory', async (node) =>
        (await nodes.list(node.path)).map((child) => ({ ...child, path: join(path, nameOf(child.path)) })),
      ),
  };
}

/** The node that a path leads to, by its real path; through links, the last one only if `follow`. Throws Unreadable for a loop of links. */
export async function realNode(nodes: RealNodes, path: string, follow: boolean): Promise<FileNode | undefined> {
  let rest = parts(path);
  let at = await nodes.stat('/');
  for (let links = 0; rest.length > 0 && at !== undefined; ) {
    const [name = '', ...behind] = rest;
    rest = behind;
    const next: FileNode | undefined = await nodes.stat(name === '..' ? parentOf(at.path) : join(at.path, name));
    if (next?.type !== 'symlink' || (behind.length === 0 && !follow)) {
      at = next;
      continue;
    }
    if (++links > MOST_LINKS) throw new Unreadable(path, `more than ${MOST_LINKS} links`);
    const target = await nodes.readlink(next.path);
    rest = [...parts(target), ...behind];
    if (target.startsWith('/')) at = await nodes.stat('/');
  }
  return at;
}

function parts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
