import type { BlockSource } from '../blocks/block-source.ts';
import { Unreadable } from '../file-tree.ts';
import { openBtrfs } from '../filesystems/btrfs/index.ts';
import { openExt4 } from '../filesystems/ext4/index.ts';
import { openFat } from '../filesystems/fat/index.ts';
import type { FileSystem } from '../filesystems/file-system.ts';
import { openNtfs } from '../filesystems/ntfs/index.ts';
import { openXfs } from '../filesystems/xfs/index.ts';
import { identify, type VolumeContent } from './identify.ts';
import type { Partition } from './partition-table.ts';

/** A part of a disk that could hold a file system. */
export interface Volume {
  /** For people: `partition 1`, `volume vg/root`, `the whole disk`. */
  readonly place: string;
  readonly source: BlockSource;
  /** The partition it is; undefined for the whole disk and for logical volumes. */
  readonly partition?: Partition | undefined;
  /** `group/name` of a logical volume of LVM. */
  readonly logicalVolume?: string | undefined;
}

/** A volume, what it holds, and its file system where that is read. */
export interface OpenVolume extends Volume {
  readonly content: VolumeContent;
  readonly fileSystem?: FileSystem | undefined;
}

/** What of a disk could not be read. */
export interface Unread {
  /** For example `xfs: log of partition 1`. */
  readonly place: string;
  readonly reason: string;
}

/** Why what a volume holds is not read, by what it is. */
const NOT_READ: Partial<Record<VolumeContent, string>> = {
  luks: 'is encrypted (LUKS)',
  bitlocker: 'is encrypted (BitLocker)',
  refs: 'is ReFS, which is not read',
  zfs: 'is a member of a ZFS pool, which is not read',
  raid: 'is a member of a Linux RAID, which is not read',
  bcache: 'is bcache or bcachefs, which is not read',
  squashfs: 'is SquashFS, which is not read',
  erofs: 'is EROFS, which is not read',
  f2fs: 'is F2FS, which is not read',
};

/** Opens what a volume holds; a broken or unknown one is in `unread`. */
export async function openVolume(volume: Volume): Promise<{ readonly volume: OpenVolume; readonly unread: readonly Unread[] }> {
  const content = await identify(volume.source);
  const refused = NOT_READ[content];
  if (refused !== undefined) return { volume: { ...volume, content }, unread: [{ place: volume.place, reason: refused }] };
  try {
    const fileSystem = await openFileSystem(content, volume);
    return { volume: { ...volume, content, fileSystem }, unread: uncleanOf(fileSystem, volume) };
  } catch (error) {
    return { volume: { ...volume, content }, unread: [toUnread(error)] };
  }
}

/** What may be missing is told; all that is there is read. */
function uncleanOf(fileSystem: FileSystem | undefined, { place }: Volume): readonly Unread[] {
  return fileSystem?.unclean === undefined ? [] : [{ place: `${fileSystem.kind}: ${place}`, reason: fileSystem.unclean }];
}

/** A broken structure as data; any other failure is thrown on. */
export function toUnread(error: unknown): Unread {
  if (!(error instanceof Unreadable)) throw error;
  return { place: error.place, reason: error.message.slice(error.place.length + 2) };
}

async function openFileSystem(content: VolumeContent, { source, place }: Volume): Promise<FileSystem | undefined> {
  switch (content) {
    case 'ext4':
      return openExt4(source, place);
    case 'xfs':
      return openXfs(source, place);
    case 'btrfs':
      return openBtrfs(source, place);
    case 'fat':
      return openFat(source, place);
    case 'ntfs':
      return openNtfs(source, place);
    default:
      return undefined;
  }
}
