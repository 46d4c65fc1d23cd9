/** What a node of a file system is; `other` is a device, a pipe or a socket. */
export type NodeType = 'file' | 'directory' | 'symlink' | 'other';

/** A node of a file system that is read without being mounted. */
export interface FileNode {
  /** Absolute path in the image, `/` between its parts. */
  readonly path: string;
  readonly type: NodeType;
  /** Permission bits with set-user-id, set-group-id and sticky bit, at most 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of a file's content or of a link's target; 0 for all else. */
  readonly size: number;
  /** Last change of the content, in seconds since 1970. */
  readonly mtime: number;
  /** Grows with the place on the disk where its content begins; absent where that is not known. What is read in this order needs each block once. */
  readonly place?: number | undefined;
}

/** Nodes, or what is known with them, in the order in which their content lies on the disk. */
export function inDiskOrder<Item>(items: readonly Item[], nodeOf: (item: Item) => FileNode | undefined): readonly Item[] {
  return items.toSorted((one, other) => (nodeOf(one)?.place ?? 0) - (nodeOf(other)?.place ?? 0));
}

/** The part of a file that is read. */
export interface ReadRange {
  /** First byte; 0 when left out. */
  readonly offset?: number | undefined;
  /** The most bytes that are given; the whole rest when left out. */
  readonly length?: number | undefined;
}

/**
 * The files of an image, whatever they lie on, with all that its fstab mounts put together. Read-only and lazy. Links are resolved inside the image and
 * never lead out of it. Every method throws `Unreadable` where the structure is broken or not known; a path that does not exist is undefined.
 */
export interface FileTree {
  /** The node a path leads to, through links unless `follow` is false. */
  stat(path: string, follow?: boolean): Promise<FileNode | undefined>;
  /** The content of a file, through links; undefined for all that is no file. */
  read(path: string, range?: ReadRange): Promise<Uint8Array | undefined>;
  /** Where a link points, as it is written there; undefined for all that is no link. */
  readlink(path: string): Promise<string | undefined>;
  /** The nodes in a directory, through links, sorted by name, without `.` and `..`; undefined for all that is no directory. */
  list(path: string): Promise<readonly FileNode[] | undefined>;
}

/** A structure of a disk that is broken, or of a kind that regild does not read; what was read before stands. */
export class Unreadable extends Error {
  /** Where, for example `xfs: inode 131 of partition 1`. */
  readonly place: string;

  constructor(place: string, reason: string, options: { readonly cause?: unknown } = {}) {
    super(`${place}: ${reason}`, options);
    this.name = 'Unreadable';
    this.place = place;
  }
}
