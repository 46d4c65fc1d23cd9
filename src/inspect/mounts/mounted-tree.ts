import { type FileNode, type FileTree, type ReadRange, Unreadable } from '../file-tree.ts';
import type { Entry, FileSystem, Inode } from '../filesystems/file-system.ts';
import { type RealNodes, realNode, resolvedTree } from '../resolved-tree.ts';
import { Lru } from './lru.ts';

/** A directory of some file system, put at a path of the tree. */
export interface Mount {
  /** Absolute, without links. */
  readonly path: string;
  readonly fileSystem: FileSystem;
  readonly root: Inode;
}

/** Names of directories, and nodes, that are remembered. */
const REMEMBERED = { names: 100_000, nodes: 4096 } as const;

/** A node with the path that leads to it without links. */
interface Place {
  readonly path: string;
  readonly inode: Inode;
  readonly fileSystem: FileSystem;
  /** Path of the mount that it lies in. */
  readonly mount: string;
}

/** A tree that also says where a path lies. */
export interface MountedTree extends FileTree {
  /** The node that a path leads to through links, its path without them, and its file system. */
  locate(path: string): Promise<{ readonly path: string; readonly inode: Inode; readonly fileSystem: FileSystem } | undefined>;
}

/** The files of a root file system with others mounted into it, links resolved inside of it. */
export function mountedTree(root: { readonly fileSystem: FileSystem; readonly inode: Inode }, mounts: readonly Mount[] = []): MountedTree {
  const nodes = new MountedNodes(root, mounts);
  return {
    ...resolvedTree(nodes),
    async locate(path) {
      const node = await realNode(nodes, path, true);
      return node && nodes.place(node.path);
    },
  };
}

/** The nodes by their real path, those used last remembered. */
class MountedNodes implements RealNodes {
  readonly #root: Place;
  readonly #mounts: ReadonlyMap<string, Place>;
  readonly #directories = new Lru<ReadonlyMap<string, Entry>>(REMEMBERED.names);
  /** Where each directory was first found: in a broken file system two names may lead to one, and a walk would not end. */
  readonly #found = new Map<string, string>();
  readonly #places = new Lru<Promise<Place | undefined>>(REMEMBERED.nodes);

  constructor({ fileSystem, inode }: { readonly fileSystem: FileSystem; readonly inode: Inode }, mounts: readonly Mount[]) {
    this.#root = { path: '/', fileSystem, inode, mount: '/' };
    this.#mounts = new Map(
      mounts.map(({ path, fileSystem: mounted, root }) => [path, { path, fileSystem: mounted, inode: root, mount: path }]),
    );
  }

  /** The node with this real path. */
  async place(path: string): Promise<Place | undefined> {
    if (path === '/') return this.#root;
    const kept = this.#places.get(path);
    if (kept) return kept;
    const cut = path.lastIndexOf('/');
    const parent = await this.place(path.slice(0, cut) || '/');
    return parent?.inode.type === 'directory' ? this.#child(parent, path.slice(cut + 1)) : undefined;
  }

  async stat(path: string): Promise<FileNode | undefined> {
    const place = await this.place(path);
    return place && toNode(place);
  }

  async read(path: string, { offset = 0, length }: ReadRange): Promise<Uint8Array> {
    const inode = (await this.place(path))?.inode;
    return inode ? inode.read(offset, Math.max(0, length ?? inode.size - offset)) : Buffer.alloc(0);
  }

  async readlink(path: string): Promise<string> {
    return (await (await this.place(path))?.inode.target()) ?? '';
  }

  async list(path: string): Promise<readonly FileNode[]> {
    const place = await this.place(path);
    if (!place) return [];
    const names = [...(await this.#entries(place)).values()].map(({ name }) => name).sort();
    const places = await Promise.all(names.map((name) => this.#child(place, name)));
    return places.flatMap((found) => (found ? [toNode(found)] : []));
  }

  #child(parent: Place, name: string): Promise<Place | undefined> {
    const key = join(parent.path, keyOf(parent.fileSystem, name));
    const kept = this.#places.get(key);
    if (kept) return kept;
    const found = this.#open(parent, name);
    this.#places.set(key, found);
    // A failure is not remembered: whoever asks again tries again.
    found.catch(() => this.#places.delete(key));
    return found;
  }

  async #open(parent: Place, name: string): Promise<Place | undefined> {
    const entry = (await this.#entries(parent)).get(keyOf(parent.fileSystem, name));
    if (!entry) return undefined;
    const path = join(parent.path, entry.name);
    const mounted = this.#mounts.get(path);
    if (mounted) return mounted;
    const inode = await entry.inode();
    if (inode.type === 'directory') this.#refuseTwice(parent, inode, path);
    return { ...parent, path, inode };
  }

  #refuseTwice({ mount, fileSystem }: Place, { id }: Inode, path: string): void {
    const key = `${mount}\0${id}`;
    const first = this.#found.get(key) ?? path;
    if (first !== path) throw new Unreadable(`${fileSystem.kind}: ${path}`, `is the directory ${first} again`);
    this.#found.set(key, path);
  }

  async #entries({ path, inode, fileSystem }: Place): Promise<ReadonlyMap<string, Entry>> {
    const kept = this.#directories.get(path);
    if (kept) return kept;
    const entries = new Map((await inode.entries()).map((entry) => [keyOf(fileSystem, entry.name), entry]));
    this.#directories.set(path, entries, Math.max(1, entries.size));
    return entries;
  }
}

function keyOf({ ignoresCase }: FileSystem, name: string): string {
  return ignoresCase ? name.toUpperCase() : name;
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

function toNode({ path, inode }: Place): FileNode {
  const { type, mode, uid, gid, size, mtime, place } = inode;
  return { path, type, mode, uid, gid, size, mtime, place };
}
