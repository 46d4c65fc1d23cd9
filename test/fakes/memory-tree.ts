import type { FileNode, FileTree } from '../../src/inspect/file-tree.ts';
import { Unreadable } from '../../src/inspect/file-tree.ts';
import { resolvedTree } from '../../src/inspect/resolved-tree.ts';

/** A node of a tree in memory: text or bytes, `link`, or a file that cannot be read. Folders come by themselves. */
export interface MemoryNode {
  readonly content?: string | Uint8Array;
  readonly link?: string;
  readonly broken?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
}

/** What stands at a path: its text, its bytes, or more. */
export type MemoryFiles = Readonly<Record<string, string | Uint8Array | MemoryNode>>;

/** A file system in memory, by absolute path. A path that ends in `/` is an empty folder. */
export function memoryTree(files: MemoryFiles): FileTree {
  const given = new Map(Object.entries(files).map(([path, node]) => [path.replace(/(.)\/$/, '$1'), toNode(node, path)]));
  const children = childrenOf(given.keys());
  const stat = async (path: string): Promise<FileNode | undefined> => {
    const node = given.get(path);
    return node === undefined && !children.has(path) ? undefined : describe(path, node, children.has(path));
  };
  return resolvedTree({
    stat,
    read: async (path, { offset = 0, length }) => {
      const node = given.get(path);
      if (node?.broken !== undefined) throw new Unreadable(path, node.broken);
      const bytes = bytesOf(node);
      return bytes.subarray(offset, length === undefined ? undefined : offset + length);
    },
    readlink: async (path) => given.get(path)?.link ?? '',
    list: async (path) => (await Promise.all([...(children.get(path) ?? [])].sort().map(stat))).filter((node) => node !== undefined),
  });
}

function toNode(node: MemoryFiles[string], path: string): MemoryNode & { readonly folder?: true } {
  if (path.endsWith('/')) return { folder: true };
  return typeof node === 'string' || node instanceof Uint8Array ? { content: node } : node;
}

function childrenOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>([['/', new Set()]]);
  for (const path of paths) {
    for (let at = path; at !== '/'; at = parent(at)) {
      const siblings = children.get(parent(at)) ?? new Set();
      children.set(parent(at), siblings.add(at));
    }
  }
  return children;
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function describe(path: string, node: (MemoryNode & { readonly folder?: true }) | undefined, holds: boolean): FileNode {
  const { uid = 0, gid = 0, mtime = 0 } = node ?? {};
  if (node === undefined || node.folder || holds) return { path, type: 'directory', mode: 0o755, uid, gid, size: 0, mtime };
  if (node.link !== undefined) return { path, type: 'symlink', mode: 0o777, uid, gid, size: node.link.length, mtime };
  return { path, type: 'file', mode: node.mode ?? 0o644, uid, gid, size: bytesOf(node).length, mtime };
}

function bytesOf(node: MemoryNode | undefined): Uint8Array {
  return node?.content instanceof Uint8Array ? node.content : new TextEncoder().encode(node?.content ?? '');
}
