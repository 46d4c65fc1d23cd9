import { fixture } from './disks/open-fixture.ts';
import { physicalVolume, segment, volume } from './lvm-disk.ts';

/** The small disks that are changed by seed, by name; each is made anew. */
export const HOSTILE_DISKS: readonly (readonly [name: string, make: () => Buffer])[] = [
  ...['ext3', 'ext4', 'ext4-running', 'xfs', 'linux', 'fat', 'btrfs', 'ntfs'].map((name) => [name, () => fixture(name)] as const),
  ['lvm', () => physicalVolume(volume('data', `${segment(2, 1, 0)}\n${segment(1, 0, 2)}`))],
  ['logical', logicalPartitions],
];

const SECTOR = 512;
/** Sectors of the ext4 of the other tests. */
const VOLUME = 16_384;

/** An MBR with a logical partition behind another, which holds an ext4. */
function logicalPartitions(): Buffer {
  const bytes = Buffer.alloc(14 * 2 ** 20);
  const entry = (table: number, index: number, type: number, start: number, sectors: number) => {
    const at = table * SECTOR + 446 + index * 16;
    bytes.writeUInt8(type, at + 4);
    bytes.writeUInt32LE(start, at + 8);
    bytes.writeUInt32LE(sectors, at + 12);
    bytes.writeUInt16LE(0xaa55, table * SECTOR + 510);
  };
  entry(0, 0, 0x05, 2048, 26_000);
  entry(2048, 0, 0x83, 64, 1000);
  entry(2048, 1, 0x05, 2048, VOLUME + 64);
  entry(4096, 0, 0x83, 64, VOLUME);
  fixture('ext4').copy(bytes, (4096 + 64) * SECTOR);
  return bytes;
}
