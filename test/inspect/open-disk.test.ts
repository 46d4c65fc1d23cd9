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
  ['bcache', 4096 + 24, '\xc6\x85\x73\xf6\x4e\x1a\x45\xca\x82\x65\xf5\x7f\x48\xba\x6d\x81', 'is bcache or bcachefs, which is not read'],
  ['bcache', 4096 + 24, '\xc6\x85\x73\xf6\x66\xce\x90\xa9\xd9\x6a\x60\xcf\x80\x3d\xf7\xef', 'is bcache or bcachefs, which is not read'],
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
