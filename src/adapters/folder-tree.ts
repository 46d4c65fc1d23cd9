import type { Stats } from 'node:fs';
import { open, readdir, readlink, lstat as statLink } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileNode, type FileTree, type NodeType, Unreadable } from '../inspect/file-tree.ts';
import { resolvedTree } from '../inspect/resolved-tree.ts';

/** A folder of this machine that holds a root file system, such as a chroot or a disk that somebody mounted. Links end inside the folder. */
export function folderTree(folder: string): FileTree {
  const here = (path: string) => join(folder, path);
  const stat = (path: string) => told(path, async () => toNode(path, await statLink(here(path))));
  return resolvedTree({
    stat,
    read: async (path, { offset = 0, length }) => (await told(path, () => readPart(here(path), offset, length))) ?? new Uint8Array(),
    readlink: async (path) => (await told(path, () => readlink(here(path)))) ?? '',
    list: async (path) => {
      const names = [...((await told(path, () => readdir(here(path)))) ?? [])].sort();
      const nodes = await Promise.all(names.map((name) => stat(path === '/' ? `/${name}` : `${path}/${name}`)));
      return nodes.filter((node) => node !== undefined);
    },
  });
}

async function readPart(path: string, offset: number, length: number | undefined): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const size = Math.max(0, (await file.stat()).size - offset);
    const buffer = new Uint8Array(Math.min(size, length ?? size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What does not exist is undefined; what may not be read is unreadable. */
async function told<Value>(path: string, read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new Unreadable(path, `the system says ${error.code}`, { cause: error });
  }
}

function toNode(path: string, stats: Stats): FileNode {
  const type = typeOf(stats);
  const size = type === 'file' || type === 'symlink' ? stats.size : 0;
  const { uid, gid } = stats;
  return { path, type, mode: stats.mode & 0o7777, uid, gid, size, mtime: Math.floor(stats.mtimeMs / 1000) };
}

function typeOf(stats: Stats): NodeType {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'other';
}
