import type { PartitionUse } from './partition-types.ts';

/** A partition. */
export interface Partition {
  /** As the kernel counts: `p1`; logical ones of an MBR from 5. */
  readonly number: number;
  /** Bytes. */
  readonly start: number;
  readonly size: number;
  /** The type as its table holds it: a GUID in upper case, or two hexadecimal digits. */
  readonly type: string;
  readonly use: PartitionUse;
  /** Name in the table; empty for MBR. */
  readonly name: string;
  /** As `blkid` writes PARTUUID: a GUID in lower case, or the disk's signature and the number. */
  readonly partUuid: string;
  /** Marked as the one to boot from (MBR), or as legacy BIOS bootable (GPT). */
  readonly active: boolean;
}

/** What a disk's first sectors say of its parts. */
export interface PartitionTable {
  readonly kind: 'gpt' | 'mbr';
  readonly partitions: readonly Partition[];
  /** What of the table could not be read, one sentence each. */
  readonly damage: readonly string[];
}

/** The sector size that all tables but those of 4Kn disks use. */
export const SECTOR = 512;
