import { type BlockSource, readUpTo } from '../blocks/block-source.ts';
import { isExt4 } from '../filesystems/ext4/index.ts';
import { isXfs } from '../filesystems/xfs/index.ts';

/** What a partition or volume holds, by its magic numbers. The last group is named, not read. */
export type VolumeContent =
  | 'ext4'
  | 'xfs'
  | 'btrfs'
  | 'fat'
  | 'ntfs'
  | 'lvm'
  | 'swap'
  | 'luks'
  | 'bitlocker'
  | 'refs'
  | 'zfs'
  | 'raid'
  | 'bcache'
  | 'squashfs'
  | 'erofs'
  | 'f2fs'
  | 'bcachefs'
  | 'hibernation'
  | 'dynamic-disk'
  | 'storage-spaces'
  | 'stratis'
  | 'vdo'
  | 'dm-verity'
  | 'dm-integrity'
  | 'dm-snapshot'
  | 'ufs'
  | 'apfs'
  | 'hfsplus'
  | 'jfs'
  | 'reiserfs'
  | 'exfat'
  | 'iso9660'
  | 'udf'
  | 'unknown';

interface Signature {
  readonly content: VolumeContent;
  /** Byte, and the text (Latin-1) there. */
  readonly at: number;
  readonly text: string;
}

/** In the order in which they are tried: what wraps another one comes first (util-linux, libblkid/src/superblocks). */
const SIGNATURES: readonly Signature[] = [
  { content: 'luks', at: 0, text: 'LUKS\xba\xbe' },
  { content: 'raid', at: 0, text: '\xfc\x4e\x2b\xa9' },
  { content: 'raid', at: 4096, text: '\xfc\x4e\x2b\xa9' },
  { content: 'bcache', at: 4096 + 24, text: '\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81' },
  { content: 'bcachefs', at: 4096 + 24, text: '\xc6\x85\x73\xf6\x66\xce\x90\xa9\xd9\x6a\x60\xcf\x80\x3d\xf7\xef' },
  { content: 'bitlocker', at: 3, text: '-FVE-FS-' },
  { content: 'refs', at: 3, text: 'ReFS\0\0\0\0' },
  { content: 'ntfs', at: 3, text: 'NTFS    ' },
  { content: 'lvm', at: 0, text: 'LABELONE' },
  { content: 'lvm', at: 512, text: 'LABELONE' },
  { content: 'lvm', at: 1024, text: 'LABELONE' },
  { content: 'lvm', at: 1536, text: 'LABELONE' },
  { content: 'swap', at: 4086, text: 'SWAPSPACE2' },
  { content: 'swap', at: 65526, text: 'SWAPSPACE2' },
  ...['S1SUSPEND', 'S2SUSPEND', 'ULSUSPEND', 'LINHIB0001'].map((text) => ({ content: 'hibernation' as const, at: 4086, text })),
  { content: 'stratis', at: 512 + 4, text: '!Stra0tis\x86\xff\x02^\x41rh' },
  { content: 'vdo', at: 0, text: 'dmvdo001' },
  { content: 'dm-verity', at: 0, text: 'verity\0\0' },
  { content: 'dm-integrity', at: 0, text: 'integrt\0' },
  { content: 'dm-snapshot', at: 0, text: 'SnAp' },
  { content: 'exfat', at: 3, text: 'EXFAT   ' },
  { content: 'btrfs', at: 65536 + 64, text: '_BHRfS_M' },
  { content: 'squashfs', at: 0, text: 'hsqs' },
  { content: 'erofs', at: 1024, text: '\xe2\xe1\xf5\xe0' },
  { content: 'f2fs', at: 1024, text: '\x10\x20\xf5\xf2' },
];
/** Behind the first 4 KiB something of a former file system may be left: these are tried when nothing else is known. */
const LATE: readonly Signature[] = [
  { content: 'apfs', at: 32, text: 'NXSB' },
  { content: 'hfsplus', at: 1024, text: 'H+\0\x04' },
  { content: 'hfsplus', at: 1024, text: 'HX\0\x05' },
  { content: 'jfs', at: 32768, text: 'JFS1' },
  { content: 'iso9660', at: 32769, text: 'CD001' },
  { content: 'udf', at: 32769, text: 'BEA01' },
  { content: 'ufs', at: 8192 + 1372, text: '\x54\x19\x01\0' },
  { content: 'ufs', at: 65536 + 1372, text: '\x19\x01\x54\x19' },
  { content: 'reiserfs', at: 65536 + 52, text: 'ReIsEr' },
];
/** Uberblocks of ZFS lie in a ring from 128 KiB on, each with this number in the order of its machine. */
const ZFS = { from: 131072, length: 131072, step: 1024, magic: 0x00bab10c } as const;
/** Bytes in which nearly all say what they are. */
export const HEAD = 65536 + 4096;
/** Metadata of versions 0.90 and 1.0 of a RAID lie at its end. */
const RAID_MAGIC = 0xa92b4efc;

/** Says what a source holds by its magic numbers. A member of a mirror looks like what it mirrors, but for its end. */
export async function identify(source: BlockSource): Promise<VolumeContent> {
  if (await hasRaidAtEnd(source)) return 'raid';
  const head = await readUpTo(source, 0, HEAD);
  const signedBy = (signatures: readonly Signature[]) =>
    signatures.find(({ at, text }) => head.toString('latin1', at, at + text.length) === text);
  const signed = signedBy(SIGNATURES);
  if (signed) return signed.content;
  if (isExt4(head)) return 'ext4';
  if (isXfs(head)) return 'xfs';
  if (isFat(head)) return 'fat';
  return signedBy(LATE)?.content ?? ((await hasZfsUberblock(source)) ? 'zfs' : 'unknown');
}

async function hasRaidAtEnd(source: BlockSource): Promise<boolean> {
  const places = [Math.floor(source.size / 65536) * 65536 - 65536, Math.floor((source.size / 512 - 16) / 8) * 4096];
  const found = await Promise.all(places.filter((place) => place > 0).map(async (place) => (await source.read(place, 4)).readUInt32LE(0)));
  return found.includes(RAID_MAGIC);
}

/** A boot sector whose parameters make sense; FAT has no magic number that others do not have too. */
function isFat(head: Buffer): boolean {
  if (head.length < 512 || head.readUInt16LE(510) !== 0xaa55) return false;
  const named =
    ['FAT12   ', 'FAT16   ', 'FAT     '].includes(head.toString('latin1', 54, 62)) || head.toString('latin1', 82, 90) === 'FAT32   ';
  return named && [512, 1024, 2048, 4096].includes(head.readUInt16LE(11)) && [1, 2].includes(head.readUInt8(16));
}

async function hasZfsUberblock(source: BlockSource): Promise<boolean> {
  const ring = await readUpTo(source, ZFS.from, ZFS.length);
  for (let at = 0; at + 8 <= ring.length; at += ZFS.step) {
    if (ring.readUInt32LE(at) === ZFS.magic && ring.readUInt32LE(at + 4) === 0) return true;
    if (ring.readUInt32BE(at + 4) === ZFS.magic && ring.readUInt32BE(at) === 0) return true;
  }
  return false;
}
