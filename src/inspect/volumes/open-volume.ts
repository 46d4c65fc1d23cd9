import { type BlockSource, readUpTo } from '../blocks/block-source.ts';
import { Unreadable } from '../file-tree.ts';
import { openBtrfs } from '../filesystems/btrfs/index.ts';
import { openExt4 } from '../filesystems/ext4/index.ts';
import { openFat } from '../filesystems/fat/index.ts';
import type { FileSystem } from '../filesystems/file-system.ts';
import { openNtfs } from '../filesystems/ntfs/index.ts';
import { openXfs } from '../filesystems/xfs/index.ts';
import { HEAD, identify, type VolumeContent } from './identify.ts';
import type { Partition } from './partition-table.ts';
import type { PartitionUse } from './partition-types.ts';

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
  bcache: 'is bcache, which is not read',
  bcachefs: 'is bcachefs, which is not read',
  squashfs: 'is SquashFS, which is not read',
  erofs: 'is EROFS, which is not read',
  f2fs: 'is F2FS, which is not read',
  hibernation: 'holds the memory of a hibernated system: what that had not written yet is missing in its file systems',
  'dynamic-disk': 'is of a dynamic disk (LDM), which is not read',
  'storage-spaces': 'is of a storage pool of Windows, which is not read',
  stratis: 'is of a Stratis pool, which is not read',
  vdo: 'is a VDO volume, which is not read',
  'dm-verity': 'holds hashes of dm-verity, and no files',
  'dm-integrity': 'is behind dm-integrity, which is not read',
  'dm-snapshot': 'holds what a snapshot keeps, and no files of its own',
  ufs: 'is UFS, which is not read',
  apfs: 'is APFS, which is not read',
  hfsplus: 'is HFS+, which is not read',
  jfs: 'is JFS, which is not read',
  reiserfs: 'is ReiserFS, which is not read',
  exfat: 'is exFAT, which is not read',
  iso9660: 'is ISO 9660, which is not read',
  udf: 'is UDF, which is not read',
};

/** What a partition's type says of its content, whatever that begins with: a simple volume of a dynamic disk looks like a file system, a spanned one too. */
const BY_USE: Partial<Record<PartitionUse, VolumeContent>> = {
  'windows-dynamic': 'dynamic-disk',
  'windows-storage-spaces': 'storage-spaces',
};

/** Opens what a volume holds; a broken or unknown one is in `unread`. */
export async function openVolume(volume: Volume): Promise<{ readonly volume: OpenVolume; readonly unread: readonly Unread[] }> {
  const content = (volume.partition && BY_USE[volume.partition.use]) ?? (await identify(volume.source));
  const refused = NOT_READ[content];
  if (refused !== undefined) return { volume: { ...volume, content }, unread: [{ place: volume.place, reason: refused }] };
  try {
    const fileSystem = await openFileSystem(content, volume);
    const unread = content === 'unknown' ? await strangeOf(volume) : uncleanOf(fileSystem, volume);
    return { volume: { ...volume, content, fileSystem }, unread };
  } catch (error) {
    return { volume: { ...volume, content }, unread: [toUnread(error)] };
  }
}

/** What a boot loader or Windows keeps for itself holds no file system. */
const WITHOUT_FILES: readonly (PartitionUse | undefined)[] = ['bios-boot', 'windows-reserved'];

/** A part of a disk that was written to and begins with nothing that is known: another file system, or one whose beginning is damaged. */
async function strangeOf({ source, place, partition, logicalVolume }: Volume): Promise<readonly Unread[]> {
  const isPart = (partition !== undefined || logicalVolume !== undefined) && !WITHOUT_FILES.includes(partition?.use);
  const filled = isPart && (await readUpTo(source, 0, HEAD)).some((byte) => byte !== 0);
  return filled ? [{ place, reason: 'holds something, and begins with no file system that is known' }] : [];
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
