import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { nameText } from '../../src/inspect/bytes.ts';
import type { FileNode, FileTree, NodeType } from '../../src/inspect/file-tree.ts';

/** What of a node is compared. */
export interface Compared {
  /** NTFS and FAT hold no owners and modes of Unix: what a mount shows of them is its own choice. */
  readonly owners: boolean;
  readonly times: boolean;
}

const WHOLE = 64 * 2 ** 20;
const WINDOW = 2 ** 20;

/** A line for every node below a path of a tree, by its path: type, mode, owner, size, time of change, target or digest. */
export async function describeTree(tree: FileTree, compared: Compared, from = '/'): Promise<ReadonlyMap<string, string>> {
  const lines = new Map<string, string>();
  const folders = [from];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const node of (await tree.list(folder)) ?? []) {
      lines.set(node.path, describe(node, await contentOf(tree, node), compared));
      if (node.type === 'directory') folders.push(node.path);
    }
  }
  return lines;
}

/** The same of a folder of this machine. */
export async function describeFolder(folder: string, compared: Compared): Promise<ReadonlyMap<string, string>> {
  const lines = new Map<string, string>();
  const folders = [{ at: Buffer.from(folder), path: '' }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await readdir(next.at, { encoding: 'buffer' })) {
      const at = Buffer.concat([next.at, Buffer.from('/'), entry]);
      const path = `${next.path}/${nameText(entry)}`;
      const stat = await lstat(at);
      lines.set(path, await describeEntry(at, stat, compared));
      if (stat.isDirectory()) folders.push({ at, path });
    }
  }
  return lines;
}

async function describeEntry(at: Buffer, stat: Stats, compared: Compared): Promise<string> {
  const type = typeOf(stat);
  const target = type === 'symlink' ? await readlink(at, { encoding: 'buffer' }) : Buffer.alloc(0);
  const size = type === 'file' ? stat.size : target.length;
  const node = { type, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, size, mtime: Math.floor(stat.mtimeMs / 1000) };
  return describe(node, type === 'file' ? await digest(at, size) : nameText(target), compared);
}

function describe({ type, mode, uid, gid, size, mtime }: Omit<FileNode, 'path'>, content: string, { owners, times }: Compared): string {
  const owner = owners ? ` ${mode.toString(8)} ${uid}:${gid}` : '';
  const time = times && (owners || type !== 'directory') ? ` ${mtime}` : '';
  return `${type}${owner} ${size}${time} ${content}`;
}

/** Large files are compared by pieces: beginning, end, and fifteen in between. */
function windows(size: number): readonly (readonly [offset: number, length: number])[] {
  if (size > WHOLE) return Array.from({ length: 17 }, (_, index) => [Math.floor(((size - WINDOW) * index) / 16), WINDOW]);
  return Array.from({ length: Math.ceil(size / WINDOW) }, (_, index) => [index * WINDOW, Math.min(WINDOW, size - index * WINDOW)]);
}

async function contentOf(tree: FileTree, { type, path, size }: FileNode): Promise<string> {
  if (type === 'symlink') return (await tree.readlink(path)) ?? '';
  if (type !== 'file') return '';
  const hash = createHash('sha1');
  for (const [offset, length] of windows(size)) hash.update((await tree.read(path, { offset, length })) ?? '');
  return hash.digest('hex');
}

async function digest(path: Buffer, size: number): Promise<string> {
  const hash = createHash('sha1');
  const file = await open(path, constants.O_RDONLY);
  const buffer = Buffer.alloc(WINDOW);
  for (const [offset, length] of windows(size)) hash.update(buffer.subarray(0, (await file.read(buffer, 0, length, offset)).bytesRead));
  await file.close();
  return hash.digest('hex');
}

function typeOf(stat: Stats): NodeType {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'symlink' : 'other';
}
