import type { NodeType } from '../file-tree.ts';

/** The kinds of file systems that are read. */
export type FileSystemKind = 'ext2' | 'ext3' | 'ext4' | 'xfs' | 'btrfs' | 'fat' | 'ntfs';

/** What a file system says of a node; units as in `FileNode`. */
export interface Attributes {
  readonly type: NodeType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly place?: number | undefined;
}

/** A node of a file system, without a path: several names may lead to one. Every method throws Unreadable where the structure is broken. */
export interface Inode extends Attributes {
  /** What tells it from every other node of its file system. */
  readonly id: string;
  /** The content of a file; fewer bytes than `length` where it ends. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Where a link points. */
  target(): Promise<string>;
  /** What a directory holds, without `.` and `..`, in no order. */
  entries(): Promise<readonly Entry[]>;
}

/** A name in a directory. */
export interface Entry {
  readonly name: string;
  inode(): Promise<Inode>;
}

/** A file system that is read without being mounted. */
export interface FileSystem {
  readonly kind: FileSystemKind;
  /** As `blkid` writes it; empty when it has none. */
  readonly uuid: string;
  readonly label: string;
  readonly totalBytes: number;
  /** All that is not free. */
  readonly usedBytes: number;
  /** Why what was written last may be missing; absent for what was unmounted cleanly, or whose journal was played back. */
  readonly unclean?: string | undefined;
  /** Names that differ in case only are one. */
  readonly ignoresCase: boolean;
  root(): Promise<Inode>;
  /** The root of a part that is mounted by its path (`subvol=`) or number (`subvolid=`); undefined when there is none. For btrfs. */
  subvolume?(nameOrId: string | number): Promise<Inode | undefined>;
}

/** The most names that are read of one directory; more are taken for a broken one. */
export const MOST_ENTRIES = 500_000;

/** Type of a node from the upper bits of a Unix mode; undefined for bits that no system writes. */
export function typeOfMode(mode: number): NodeType | undefined {
  switch (mode & 0o170000) {
    case 0o100000:
      return 'file';
    case 0o040000:
      return 'directory';
    case 0o120000:
      return 'symlink';
    case 0o010000:
    case 0o020000:
    case 0o060000:
    case 0o140000:
      return 'other';
    default:
      return undefined;
  }
}

/** Whether a name may stand in a directory: not empty, no `/`, no zero byte. */
export function isName(name: string): boolean {
  return name.length > 0 && !/[/\0]/.test(name);
}
