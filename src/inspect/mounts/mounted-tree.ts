import { type FileNode, type FileTree, type ReadRange, Unreadable } from '../file-tree.ts';
import type { Entry, FileSystem, Inode } from '../filesystems/file-system.ts';
import { Lru } from './lru.ts';

/** A directory of some file system, put at a path of the tree. */
export interface Mount {
  /** Absolute, without links. */
  readonly path: string;
  readonly fileSystem: FileSystem;
  readonly root: Inode;
}

/** As the kernel: more links on one path are taken for a loop. */
const MOST_LINKS = 40;
/** Parts of a path, those of its links included. */
const MOST_PARTS = 4096;
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
  /** The node that a path leads to through links, and its file system. */
  locate(path: string): Promise<{ readonly inode: Inode; readonly fileSystem: FileSystem } | undefined>;
}

/** The files of a root file system with others mounted into it, links resolved inside of it. */
export function mountedTree(root: { readonly fileSystem: FileSystem; readonly inode: Inode }, mounts: readonly Mount[] = []): MountedTree {
  return new CachedTree(root, mounts);
}

class CachedTree implements MountedTree {
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

  locate(path: string): Promise<Place | undefined> {
    return this.#resolve(path, true);
  }

  async stat(path: string, follow = true): Promise<FileNode | undefined> {
    const place = await this.#resolve(path, follow);
    return place && toNode(place);
  }

  async read(path: string, { offset = 0, length }: ReadRange = {}): Promise<Uint8Array | undefined> {
    const place = await this.#resolve(path, true);
    if (place?.inode.type !== 'file') return undefined;
    const { inode } = place;
    return inode.read(offset, Math.max(0, length ?? inode.size - offset));
  }

  async readlink(path: string): Promise<string | undefined> {
    const place = await this.#resolve(path, false);
    return place?.inode.type === 'symlink' ? place.inode.target() : undefined;
  }

  async list(path: string): Promise<readonly FileNode[] | undefined> {
    const place = await this.#resolve(path, true);
    if (place?.inode.type !== 'directory') return undefined;
    const names = [...(await this.#entries(place)).values()].map(({ name }) => name).sort();
    const places = await Promise.all(names.map((name) => this.#child(place, name)));
    return places.flatMap((found) => (found ? [toNode(found)] : []));
  }

  async #resolve(path: string, follow: boolean): Promise<Place | undefined> {
    // What is still to be walked, next part last; and the way walked so far, for `..`.
    const parts = partsOf(path).reverse();
    const way: Place[] = [this.#root];
    let links = 0;
    for (let part = parts.pop(), walked = 0; part !== undefined; part = parts.pop(), walked += 1) {
      if (walked > MOST_PARTS) return undefined;
      const here = way.at(-1) ?? this.#root;
      if (here.inode.type !== 'directory') return undefined;
      if (part === '..') {
        if (way.length > 1) way.pop();
        continue;
      }
      const next = await this.#child(here, part);
      if (!next) return undefined;
      if (next.inode.type === 'symlink' && (follow || parts.length > 0)) {
        links += 1;
        if (links > MOST_LINKS) return undefined;
        const target = await next.inode.target();
        if (target.startsWith('/')) way.length = 1;
        parts.push(...partsOf(target).reverse());
      } else way.push(next);
    }
    return way.at(-1);
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

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

function toNode({ path, inode }: Place): FileNode {
  const { type, mode, uid, gid, size, mtime } = inode;
  return { path, type, mode, uid, gid, size, mtime };
}
