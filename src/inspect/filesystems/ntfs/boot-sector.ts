import { readU64LE } from '../../bytes.ts';
import { Unreadable } from '../../file-tree.ts';

/** What the first sector of an NTFS says, in bytes. */
export interface BootSector {
  readonly clusterSize: number;
  readonly totalBytes: number;
  /** Byte at which the master file table begins. */
  readonly mft: number;
  readonly recordSize: number;
  readonly indexSize: number;
  /** As blkid writes it: sixteen hexadecimal digits. */
  readonly uuid: string;
}

/** Reads the boot sector (libfsntfs: New Technologies File System format, as all of this folder). Throws Unreadable for one that makes no sense. */
export function readBootSector(bytes: Buffer, place: string): BootSector {
  const sectorSize = bytes.readUInt16LE(11);
  const clusterSize = sectorSize * powerOrCount(bytes.readUInt8(13));
  const recordSize = sizeOf(bytes.readInt8(64), clusterSize);
  const indexSize = sizeOf(bytes.readInt8(68), clusterSize);
  const sound =
    [512, 1024, 2048, 4096].includes(sectorSize) &&
    isSize(clusterSize, 512, 2 ** 21) &&
    isSize(recordSize, 512, 65536) &&
    isSize(indexSize, 512, 65536);
  if (!sound)
    throw new Unreadable(`ntfs: boot sector of ${place}`, `makes no sense: clusters of ${clusterSize}, records of ${recordSize} bytes`);
  return {
    ...{ clusterSize, recordSize, indexSize },
    totalBytes: readU64LE(bytes, 40) * sectorSize,
    mft: readU64LE(bytes, 48) * clusterSize,
    uuid: bytes.readBigUInt64LE(72).toString(16).toUpperCase().padStart(16, '0'),
  };
}

/** Clusters of more than 64 KiB are a negative power of two. */
function powerOrCount(value: number): number {
  return value > 0x80 ? 2 ** (256 - value) : value;
}

/** A negative number is a power of two of bytes, a positive one counts clusters. */
function sizeOf(value: number, clusterSize: number): number {
  return value < 0 ? 2 ** -value : value * clusterSize;
}

function isSize(value: number, least: number, most: number): boolean {
  return value >= least && value <= most && Number.isInteger(Math.log2(value));
}
