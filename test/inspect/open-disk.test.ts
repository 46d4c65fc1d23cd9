import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDisk } from '../../src/inspect/open-disk.ts';
import { fixture, memorySource } from './disks/open-fixture.ts';

const MIB = 2 ** 20;

async function linux(change: (bytes: Buffer) => void = () => undefined) {
  const bytes = fixture('linux');
  change(bytes);
  return openDisk(memorySource(bytes));
}

test('a disk is its volumes, what firmware would boot, and what its fstab mounts', async () => {
  const { volumes, ...disk } = await linux();
  expect({ ...disk, roots: disk.roots.map(({ tree: _, ...root }) => root) }).toEqual({
    size: 64 * MIB,
    table: 'gpt',
    boot: { bootCode: 'grub', biosBoot: { partition: 14, filled: true }, esp: { partition: 15, fileSystem: 'read' }, active: undefined },
    roots: [{ kind: 'linux', place: 'partition 1' }],
    unread: [
      {
        place: '/etc/fstab:5',
        reason: '/opt is not read: there is no such directory to mount it on',
      },
      { place: '/etc/fstab:6', reason: '/data is not read: /dev/xvdf is another disk' },
      { place: '/etc/fstab:7', reason: '/mnt/efs is not read: it is a network file system (efs)' },
    ],
  });
  expect(
    volumes.map(({ place, size, content, fileSystem, mounts, partition }) => [
      place,
      size,
      content,
      fileSystem?.label,
      mounts,
      partition?.use,
    ]),
  ).toEqual([
    ['partition 1', 24 * MIB, 'xfs', 'root', [{ path: '/', options: ['defaults'] }], 'linux-root'],
    ['partition 2', 8 * MIB, 'ext4', 'BOOT', [{ path: '/boot', options: ['defaults'] }], 'linux'],
    ['partition 3', 8 * MIB, 'ext4', '', [{ path: '/home', options: ['nodev'] }], 'linux'],
    ['partition 14', MIB, 'unknown', undefined, [], 'bios-boot'],
    ['partition 15', 4 * MIB, 'fat', 'UEFI', [], 'esp'],
  ]);
});

test('the tree of a root holds what is mounted into it, and links never leave the image', async () => {
  const [root] = (await linux()).roots;
  const tree = root?.tree;
  expect((await tree?.list('/home'))?.map(({ path, type }) => [path, type])).toEqual([
    ['/home/ann', 'directory'],
    ['/home/lost+found', 'directory'],
  ]);
  expect(await tree?.read('/home/ann/note')).toEqual(Buffer.from('hello\n'));
  expect(await tree?.read('/boot/grub/grub.cfg')).toEqual(Buffer.from('menu\n'));
  expect(await tree?.read('/boot/up')).toEqual(await tree?.read('/etc/fstab'));
  expect(await tree?.read('/etc/outside')).toEqual(Buffer.from('root:x:0:0::/root:/bin/sh\n'));
  expect((await tree?.list('/var/log'))?.map(({ path }) => path)).toEqual(['/var/log/entry']);
});

test('the copy of a GPT at the end of the disk counts when the first is damaged', async () => {
  const disk = await linux((bytes) => bytes.fill(0xff, 512 + 40, 512 + 60));
  expect(disk.unread[0]).toEqual({ place: 'partition table', reason: 'the first header of its GPT has a wrong checksum' });
  expect(disk.volumes.map(({ place }) => place)).toEqual(['partition 1', 'partition 2', 'partition 3', 'partition 14', 'partition 15']);
  expect(disk.roots).toHaveLength(1);
});

test('a disk whose two GPT headers are damaged has no volumes, and says why', async () => {
  const disk = await linux((bytes) => {
    bytes.writeUInt8(1, 512 + 60);
    bytes.writeUInt8(1, bytes.length - 512 + 60);
  });
  expect(disk).toMatchObject({
    table: 'gpt',
    volumes: [],
    roots: [],
    unread: [
      { place: 'partition table', reason: 'the first header of its GPT has a wrong checksum' },
      { place: 'partition table', reason: 'the backup header of its GPT has a wrong checksum' },
    ],
  });
});

test('an empty disk is one volume of something unknown', async () => {
  expect(await openDisk(memorySource(Buffer.alloc(MIB)))).toEqual({
    size: MIB,
    table: 'none',
    volumes: [{ place: 'the whole disk', size: MIB, partition: undefined, logicalVolume: undefined, content: 'unknown', mounts: [] }],
    boot: { bootCode: undefined, biosBoot: undefined, esp: undefined, active: undefined },
    roots: [],
    unread: [],
  });
});

test.each([
  ['luks', 0, 'LUKS\xba\xbe', 'is encrypted (LUKS)'],
  ['bitlocker', 3, '-FVE-FS-', 'is encrypted (BitLocker)'],
  ['refs', 3, 'ReFS\0\0\0\0', 'is ReFS, which is not read'],
  ['raid', 4096, '\xfc\x4e\x2b\xa9', 'is a member of a Linux RAID, which is not read'],
  ['raid', MIB - 65536, '\xfc\x4e\x2b\xa9', 'is a member of a Linux RAID, which is not read'],
  ['bcache', 4096 + 24, '\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81', 'is bcache, which is not read'],
  ['bcachefs', 4096 + 24, '\xc6\x85\x73\xf6\x66\xce\x90\xa9\xd9\x6a\x60\xcf\x80\x3d\xf7\xef', 'is bcachefs, which is not read'],
  [
    'hibernation',
    4086,
    'S1SUSPEND',
    'holds the memory of a hibernated system: what that had not written yet is missing in its file systems',
  ],
  ['stratis', 516, '!Stra0tis\x86\xff\x02^\x41rh', 'is of a Stratis pool, which is not read'],
  ['vdo', 0, 'dmvdo001', 'is a VDO volume, which is not read'],
  ['dm-verity', 0, 'verity\0\0', 'holds hashes of dm-verity, and no files'],
  ['dm-integrity', 0, 'integrt\0', 'is behind dm-integrity, which is not read'],
  ['dm-snapshot', 0, 'SnAp', 'holds what a snapshot keeps, and no files of its own'],
  ['exfat', 3, 'EXFAT   ', 'is exFAT, which is not read'],
  ['iso9660', 32769, 'CD001', 'is ISO 9660, which is not read'],
  ['udf', 32769, 'BEA01', 'is UDF, which is not read'],
  ['ufs', 65536 + 1372, '\x19\x01\x54\x19', 'is UFS, which is not read'],
  ['ufs', 8192 + 1372, '\x54\x19\x01\0', 'is UFS, which is not read'],
  ['apfs', 32, 'NXSB', 'is APFS, which is not read'],
  ['hfsplus', 1024, 'H+\0\x04', 'is HFS+, which is not read'],
  ['jfs', 32768, 'JFS1', 'is JFS, which is not read'],
  ['reiserfs', 65536 + 52, 'ReIsEr2Fs', 'is ReiserFS, which is not read'],
  ['squashfs', 0, 'hsqs', 'is SquashFS, which is not read'],
  ['erofs', 1024, '\xe2\xe1\xf5\xe0', 'is EROFS, which is not read'],
  ['f2fs', 1024, '\x10\x20\xf5\xf2', 'is F2FS, which is not read'],
  ['zfs', 131072 + 1024, '\x0c\xb1\xba\0\0\0\0\0', 'is a member of a ZFS pool, which is not read'],
])('%s is named and not read', async (content, at, magic, reason) => {
  const bytes = Buffer.alloc(MIB);
  bytes.write(magic, at, 'latin1');
  const { volumes, unread } = await openDisk(memorySource(bytes));
  expect([volumes[0]?.content, unread]).toEqual([content, [{ place: 'the whole disk', reason }]]);
});

/** A change of the first table of linux.img, with checksums that are right: whoever wrote it meant it. */
function rewriteGpt(bytes: Buffer, change: (entry: (number: number) => Buffer) => void): void {
  const header = bytes.subarray(512, 512 + 92);
  const table = bytes.subarray(Number(header.readBigUInt64LE(72)) * 512, Number(header.readBigUInt64LE(72)) * 512 + 128 * 128);
  change((number) => table.subarray((number - 1) * 128, number * 128));
  header.writeUInt32LE(crc32(table), 88);
  header.writeUInt32LE(0, 16);
  header.writeUInt32LE(crc32(header), 16);
}

test('partitions that lie over one another or behind the end are read as far as they are there, and told', async () => {
  const disk = await linux((bytes) =>
    rewriteGpt(bytes, (entry) => {
      entry(2).writeBigUInt64LE(entry(3).readBigUInt64LE(32) + 8n, 40);
      entry(3).writeBigUInt64LE(200_000n, 40);
    }),
  );
  expect(disk.unread.filter(({ place }) => place === 'partition table').map(({ reason }) => reason)).toEqual([
    'partition 3 ends at byte 102400512, behind the end of the disk at 67108864',
    'partitions 2 and 3 lie over one another',
  ]);
  expect(disk.roots).toHaveLength(1);
});

test.each([
  ['5808C8AA-7E8F-42E0-85D2-E1E90434CFB3', 'dynamic-disk', 'is of a dynamic disk (LDM), which is not read'],
  ['E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D', 'storage-spaces', 'is of a storage pool of Windows, which is not read'],
])('a partition of type %s is named by it, whatever it begins with', async (type, content, reason) => {
  const disk = await linux((bytes) => rewriteGpt(bytes, (entry) => writeGuid(entry(3), type)));
  expect([disk.volumes.find(({ place }) => place === 'partition 3')?.content, disk.unread[0]]).toEqual([
    content,
    { place: 'partition 3', reason },
  ]);
});

/** The first three parts of a GUID lie with their last byte first. */
function writeGuid(entry: Buffer, guid: string): void {
  const [one = '', two = '', three = '', four = '', five = ''] = guid.split('-');
  entry.writeUInt32LE(Number.parseInt(one, 16), 0);
  entry.writeUInt16LE(Number.parseInt(two, 16), 4);
  entry.writeUInt16LE(Number.parseInt(three, 16), 6);
  entry.write(`${four}${five}`, 8, 'hex');
}

test('a partition that was written to and begins with nothing that is known is told; an empty one is not', async () => {
  const damaged = await linux((bytes) => {
    const start = Number(bytes.readBigUInt64LE(1024 + 2 * 128 + 32)) * 512;
    bytes.fill(0, start + 1024, start + 2048);
    bytes.write('left', start + 4096);
  });
  const reason = 'holds something, and begins with no file system that is known';
  expect(damaged.unread.filter(({ place }) => place === 'partition 3')).toEqual([{ place: 'partition 3', reason }]);
  const empty = await linux((bytes) => {
    const start = Number(bytes.readBigUInt64LE(1024 + 2 * 128 + 32)) * 512;
    bytes.fill(0, start, start + 8 * MIB);
  });
  expect(empty.unread.filter(({ place }) => place === 'partition 3')).toEqual([]);
});
