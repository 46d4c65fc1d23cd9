import type { BlockSource } from './blocks/block-source.ts';
import type { FileTree } from './file-tree.ts';
import type { FileSystemKind } from './filesystems/file-system.ts';
import { type DiskRoot, findRoots } from './mounts/find-roots.ts';
import type { MountedVolume } from './mounts/mount-root.ts';
import { mountedTree } from './mounts/mounted-tree.ts';
import { type BootFacts, readBootFacts } from './volumes/boot-facts.ts';
import { findVolumes } from './volumes/find-volumes.ts';
import type { VolumeContent } from './volumes/identify.ts';
import { readLogicalVolumes } from './volumes/lvm/index.ts';
import { type OpenVolume, openVolume, toUnread, type Unread } from './volumes/open-volume.ts';
import type { Partition } from './volumes/partition-table.ts';

/** A file system on a disk. */
export interface DiskFileSystem {
  readonly kind: FileSystemKind;
  /** As `blkid` writes it; empty when it has none. */
  readonly uuid: string;
  readonly label: string;
  readonly usedBytes: number;
  readonly totalBytes: number;
  /** Its files alone, nothing mounted into it: what an ESP holds, for example. */
  readonly tree: FileTree;
}

/** A part of a disk: a partition, a logical volume, or the whole. */
export interface DiskVolume {
  /** `partition 1`, `volume vg/root`, `the whole disk`. */
  readonly place: string;
  /** Bytes. */
  readonly size: number;
  readonly partition?: Partition | undefined;
  /** `group/name` of a logical volume of LVM. */
  readonly logicalVolume?: string | undefined;
  readonly content: VolumeContent;
  readonly fileSystem?: DiskFileSystem | undefined;
  /** Where the fstab of the root mounts it. */
  readonly mounts: readonly MountPoint[];
}

/** Where a volume is mounted, and fstab's options. */
export interface MountPoint {
  readonly path: string;
  readonly options: readonly string[];
}

/** What a disk holds. */
export interface Disk {
  /** Bytes. */
  readonly size: number;
  readonly table: 'gpt' | 'mbr' | 'none';
  readonly volumes: readonly DiskVolume[];
  readonly boot: BootFacts;
  /** Systems found, the one to boot first. */
  readonly roots: readonly DiskRoot[];
  /** What could not be read; what was read stands. */
  readonly unread: readonly Unread[];
}

/**
 * Looks at a disk: its volumes, what they hold, and the systems on them. What is broken or not known is in `unread`; only a failure of what gives the
 * bytes (the cloud, a file) throws.
 */
export async function openDisk(disk: BlockSource): Promise<Disk> {
  const found = await findVolumes(disk);
  const parts = await Promise.all(found.volumes.map(openVolume));
  const logical = await readLogicalVolumes(parts.map(({ volume }) => volume));
  const opened = [...parts, ...(await Promise.all(logical.volumes.map(openVolume)))];
  const volumes = opened.map(({ volume }) => volume);
  const systems = await findRoots(volumes);
  const trees = await Promise.all(volumes.map(toVolume));
  return {
    size: disk.size,
    table: found.table,
    volumes: trees.map(({ volume, of }) => ({ ...volume, mounts: mountsOf(of, systems.mounted) })),
    boot: await readBootFacts(disk, volumes),
    roots: systems.roots,
    unread: [
      ...found.unread,
      ...logical.unread,
      ...opened.flatMap(({ unread }) => unread),
      ...systems.unread,
      ...trees.flatMap(({ unread }) => unread),
    ],
  };
}

async function toVolume(
  of: OpenVolume,
): Promise<{ readonly volume: Omit<DiskVolume, 'mounts'>; readonly of: OpenVolume; readonly unread: readonly Unread[] }> {
  const { place, source, partition, logicalVolume, content, fileSystem } = of;
  const volume = { place, size: source.size, partition, logicalVolume, content };
  if (!fileSystem) return { volume, of, unread: [] };
  try {
    const { kind, uuid, label, usedBytes, totalBytes } = fileSystem;
    const tree = mountedTree({ fileSystem, inode: await fileSystem.root() });
    return { volume: { ...volume, fileSystem: { kind, uuid, label, usedBytes, totalBytes, tree } }, of, unread: [] };
  } catch (error) {
    return { volume, of, unread: [toUnread(error)] };
  }
}

function mountsOf(volume: OpenVolume, mounted: readonly MountedVolume[]): readonly MountPoint[] {
  return mounted.filter((mount) => mount.volume === volume).map(({ path, options }) => ({ path, options }));
}
