import type { FileTree } from '../file-tree.ts';
import type { FileSystem, Inode } from '../filesystems/file-system.ts';
import { type OpenVolume, toUnread, type Unread } from '../volumes/open-volume.ts';
import { findDevice } from './find-device.ts';
import { type FstabEntry, parseFstab } from './fstab.ts';
import { type Mount, type MountedTree, mountedTree } from './mounted-tree.ts';

/** A root with all that its fstab mounts, and what of that could not be. */
export interface MountedRoot {
  readonly tree: FileTree;
  readonly mounted: readonly MountedVolume[];
  readonly unread: readonly Unread[];
}

/** Where a volume of the disk is mounted. */
export interface MountedVolume {
  /** `/` for the root itself. */
  readonly path: string;
  readonly volume: OpenVolume;
  /** Options of fstab. */
  readonly options: readonly string[];
}

/** File systems that hold nothing on a disk. */
const VIRTUAL =
  /^(?:proc|sysfs|tmpfs|ramfs|devpts|devtmpfs|debugfs|tracefs|securityfs|cgroup2?|hugetlbfs|mqueue|bpf|configfs|efivarfs|fusectl|binfmt_misc|swap|none|ignore)$/;
const NETWORK = /^(?:nfs4?|cifs|smb3|smbfs|efs|ceph|glusterfs|lustre|9p|fuse\.(?:s3fs|sshfs|glusterfs|goofys)|s3fs|sshfs)$/;
const LARGEST_FSTAB = 2 ** 20;
const MOST_MOUNTS = 200;

/** The root of a system on a volume. */
export interface Root {
  readonly volume: OpenVolume;
  readonly fileSystem: FileSystem;
  readonly inode: Inode;
}

/** Puts together what fstab mounts at boot. Whatever is not on this disk, or broken, is in `unread`, with its line. */
export async function mountRoot(root: Root, volumes: readonly OpenVolume[]): Promise<MountedRoot> {
  const alone = mountedTree(root);
  const entries = await fstabOf(alone);
  const mounts: Mount[] = [];
  const mounted: MountedVolume[] = [{ path: '/', volume: root.volume, options: optionsOf(entries, '/') }];
  const unread: Unread[] = [];
  for (const entry of inOrder(entries)) {
    const outcome = await mount(entry, mountedTree(root, mounts), volumes);
    if (outcome.kind === 'mounted') {
      mounts.push(outcome.mount);
      if (outcome.volume) mounted.push({ path: outcome.mount.path, volume: outcome.volume, options: entry.options });
    } else unread.push(outcome.unread);
  }
  return { tree: mountedTree(root, mounts), mounted, unread };
}

async function fstabOf(tree: FileTree): Promise<readonly FstabEntry[]> {
  const bytes = await tree.read('/etc/fstab', { length: LARGEST_FSTAB });
  return bytes ? parseFstab(Buffer.from(bytes).toString('utf8')) : [];
}

function optionsOf(entries: readonly FstabEntry[], path: string): readonly string[] {
  return entries.find((entry) => entry.path === path)?.options ?? [];
}

/** What boot mounts, the shorter path first, as systemd orders them. */
function inOrder(entries: readonly FstabEntry[]): readonly FstabEntry[] {
  return entries
    .filter(
      ({ path, options, ...entry }) => depth(path) > 0 && !options.includes('noauto') && (isBind({ options }) || !VIRTUAL.test(entry.type)),
    )
    .sort((one, other) => depth(one.path) - depth(other.path) || one.line - other.line)
    .slice(0, MOST_MOUNTS);
}

/** The type of a bind mount says nothing. */
function isBind({ options }: Pick<FstabEntry, 'options'>): boolean {
  return options.includes('bind') || options.includes('rbind');
}

/** Parts of an absolute path; 0 for what is none, such as the `none` of swap. */
function depth(path: string): number {
  return path.startsWith('/') ? path.split('/').filter((part) => part !== '').length : 0;
}

type Outcome =
  | { readonly kind: 'mounted'; readonly mount: Mount; readonly volume: OpenVolume | undefined }
  | { readonly kind: 'unread'; readonly unread: Unread };

async function mount(entry: FstabEntry, tree: MountedTree, volumes: readonly OpenVolume[]): Promise<Outcome> {
  const place = `/etc/fstab:${entry.line}`;
  const missing = (reason: string): Outcome => ({ kind: 'unread', unread: { place, reason: `${entry.path} is not read: ${reason}` } });
  if (NETWORK.test(entry.type)) return missing(`it is a network file system (${entry.type})`);
  try {
    const point = await tree.locate(entry.path);
    if (point?.inode.type !== 'directory') return missing('there is no such directory to mount it on');
    if (isBind(entry)) {
      const bound = await tree.locate(entry.device);
      if (bound?.inode.type !== 'directory') return missing(`there is no directory ${entry.device} to bind to it`);
      return { kind: 'mounted', mount: { path: point.path, fileSystem: bound.fileSystem, root: bound.inode }, volume: undefined };
    }
    const device = findDevice(entry.device, volumes);
    if (device.kind === 'missing') return missing(device.reason);
    const { fileSystem, content } = device.volume;
    if (!fileSystem) return missing(`what ${entry.device} holds is not read (${content})`);
    const inode = await rootOf(fileSystem, entry.options);
    if (!inode) return missing(`${entry.device} has no such subvolume (${entry.options.join(',')})`);
    return { kind: 'mounted', mount: { path: point.path, fileSystem, root: inode }, volume: device.volume };
  } catch (error) {
    return { kind: 'unread', unread: toUnread(error) };
  }
}

/** The part of a file system that is mounted: all of it, or the subvolume that an option names. */
async function rootOf(fileSystem: FileSystem, options: readonly string[]): Promise<Inode | undefined> {
  const name = options.find((option) => option.startsWith('subvol='))?.slice('subvol='.length);
  const id = options.find((option) => option.startsWith('subvolid='))?.slice('subvolid='.length);
  if (name === undefined && id === undefined) return fileSystem.root();
  return fileSystem.subvolume?.(name ?? Number(id));
}
