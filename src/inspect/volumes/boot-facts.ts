import type { BlockSource } from '../blocks/block-source.ts';
import { readUpTo } from '../blocks/block-source.ts';
import type { OpenVolume } from './open-volume.ts';

/** What of a disk firmware would find to boot from. What an ESP holds is said by its files. */
export interface BootFacts {
  /** Code in the first sector, which a BIOS would run, and whose it is. */
  readonly bootCode: 'grub' | 'windows' | 'other' | undefined;
  /** A BIOS boot partition of a GPT, and whether a boot loader is in it. */
  readonly biosBoot: { readonly partition: number; readonly filled: boolean } | undefined;
  /** The EFI system partition. */
  readonly esp: { readonly partition: number; readonly fileSystem: 'read' | 'unread' } | undefined;
  /** The partition that is marked as the one to boot from. */
  readonly active: number | undefined;
}

/** Bytes of the first sector that are code. */
const CODE = 440;

/** Reads what firmware would boot from. */
export async function readBootFacts(disk: BlockSource, volumes: readonly OpenVolume[]): Promise<BootFacts> {
  const partition = (use: string) => volumes.find((volume) => volume.partition?.use === use);
  const biosBoot = partition('bios-boot');
  const esp = partition('esp');
  return {
    bootCode: bootCodeOf(await readUpTo(disk, 0, CODE)),
    biosBoot: biosBoot?.partition && { partition: biosBoot.partition.number, filled: isFilled(await readUpTo(biosBoot.source, 0, 512)) },
    esp: esp?.partition && { partition: esp.partition.number, fileSystem: esp.fileSystem ? 'read' : 'unread' },
    active: volumes.find((volume) => volume.partition?.active)?.partition?.number,
  };
}

function isFilled(bytes: Buffer): boolean {
  return bytes.some((byte) => byte !== 0);
}

function bootCodeOf(code: Buffer): BootFacts['bootCode'] {
  if (!isFilled(code)) return undefined;
  const text = code.toString('latin1');
  if (text.includes('GRUB')) return 'grub';
  return text.includes('BOOTMGR') || text.includes('TCPA') || text.includes('Missing operating system') ? 'windows' : 'other';
}
