import { Unreadable } from '../../file-tree.ts';

/** What the first sector of a FAT says, in bytes and clusters. */
export interface BootSector {
  /** Bits of an entry of the table. */
  readonly bits: 12 | 16 | 32;
  readonly sectorSize: number;
  readonly clusterSize: number;
  /** Byte at which the first table begins, and how long it is. */
  readonly table: number;
  readonly tableLength: number;
  /** The root directory of FAT12 and FAT16, which is no chain; of FAT32 its first cluster. */
  readonly root:
    | { readonly kind: 'area'; readonly place: number; readonly length: number }
    | { readonly kind: 'chain'; readonly cluster: number };
  /** Byte at which cluster 2 begins, the first there is. */
  readonly data: number;
  readonly clusters: number;
  readonly totalBytes: number;
  /** As blkid writes it, `ABCD-1234`. */
  readonly uuid: string;
  readonly label: string;
}

/** Reads the boot sector (Microsoft: FAT general overview of on-disk format, 1.03). Throws Unreadable for one that makes no sense. */
export function readBootSector(bytes: Buffer, place: string): BootSector {
  const sectorSize = bytes.readUInt16LE(11);
  const sectorsPerCluster = bytes.readUInt8(13);
  const reserved = bytes.readUInt16LE(14);
  const tables = bytes.readUInt8(16);
  const rootEntries = bytes.readUInt16LE(17);
  const sectors = bytes.readUInt16LE(19) || bytes.readUInt32LE(32);
  const smallTable = bytes.readUInt16LE(22);
  const tableSectors = smallTable || bytes.readUInt32LE(36);
  const rootPlace = (reserved + tables * tableSectors) * sectorSize;
  const data = rootPlace + Math.ceil((rootEntries * 32) / sectorSize) * sectorSize;
  const clusters = Math.floor((sectors * sectorSize - data) / (sectorsPerCluster * sectorSize));
  const sound = sectorSize >= 512 && Number.isInteger(Math.log2(sectorsPerCluster)) && tableSectors > 0 && clusters > 0;
  if (!sound) throw new Unreadable(`fat: boot sector of ${place}`, `makes no sense: ${clusters} clusters of ${sectorsPerCluster} sectors`);
  const wide = smallTable === 0;
  const serial = bytes.readUInt32LE(wide ? 67 : 39);
  return {
    bits: wide ? 32 : clusters < 4085 ? 12 : 16,
    sectorSize,
    clusterSize: sectorsPerCluster * sectorSize,
    table: reserved * sectorSize,
    tableLength: tableSectors * sectorSize,
    root: wide ? { kind: 'chain', cluster: bytes.readUInt32LE(44) } : { kind: 'area', place: rootPlace, length: rootEntries * 32 },
    ...{ data, clusters },
    totalBytes: sectors * sectorSize,
    uuid: serial
      .toString(16)
      .toUpperCase()
      .padStart(8, '0')
      .replace(/^(.{4})/, '$1-'),
    label: bytes.toString('latin1', wide ? 71 : 43, wide ? 82 : 54).trimEnd(),
  };
}
