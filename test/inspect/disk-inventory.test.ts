import { expect, test } from 'vitest';
import { inventoryOfDisk } from '../../src/inspect/disk-inventory.ts';
import type { Disk } from '../../src/inspect/open-disk.ts';
import { EMPTY_CATALOG } from '../fakes/catalog.ts';
import { memoryTree } from '../fakes/memory-tree.ts';

const source = { kind: 'disk', name: 'disk.raw', simulated: false } as const;
const tree = memoryTree({ '/etc/os-release': 'ID=debian\n' });

const espTree = memoryTree({ '/EFI/BOOT/BOOTX64.EFI': '', '/EFI/debian/grubx64.efi': '', '/EFI/debian/grub.cfg': '' });

function aDisk(fields: Partial<Disk>): Disk {
  const esp = {
    place: 'partition 15',
    size: 100,
    partition: { number: 15, use: 'esp', start: 0, size: 100, active: false, name: '' },
    content: 'fat',
    fileSystem: { kind: 'fat', uuid: '', label: '', usedBytes: 1, totalBytes: 2, tree: espTree },
    mounts: [],
  };
  return {
    size: 1000,
    table: 'gpt',
    volumes: [esp as unknown as Disk['volumes'][number]],
    boot: { bootCode: undefined, biosBoot: undefined, esp: { partition: 15, fileSystem: 'read' }, active: undefined },
    roots: [{ kind: 'linux', place: 'partition 1', tree }],
    unread: [],
    ...fields,
  };
}

test.each([
  ['a loader where UEFI looks by itself', {}, 'uefi'],
  [
    'boot code with a filled BIOS boot partition beside it',
    {
      boot: {
        bootCode: 'grub',
        biosBoot: { partition: 14, filled: true },
        esp: { partition: 15, fileSystem: 'read' },
        active: undefined,
      },
    },
    'both',
  ],
  [
    'boot code on a GPT, but nothing that it could load',
    { boot: { bootCode: 'grub', biosBoot: { partition: 14, filled: false }, esp: undefined, active: undefined } },
    'none',
  ],
  ['boot code on an MBR', { table: 'mbr', boot: { bootCode: 'other', biosBoot: undefined, esp: undefined, active: 1 } }, 'bios'],
  ['nothing', { boot: { bootCode: undefined, biosBoot: undefined, esp: undefined, active: undefined } }, 'none'],
  [
    'an EFI system partition that could not be read says nothing',
    { boot: { bootCode: 'grub', biosBoot: undefined, esp: { partition: 15, fileSystem: 'unread' }, active: undefined } },
    undefined,
  ],
] as const)('%s: what the disk can start from', async (_, fields, mode) => {
  const { boot } = await inventoryOfDisk(aDisk(fields as Partial<Disk>), source, EMPTY_CATALOG);
  expect(boot.mode).toBe(mode);
});

test('a disk with two systems tells of the first, and that there is another', async () => {
  const disk = aDisk({});
  const [root] = disk.roots;
  const two = root === undefined ? [] : [root, { ...root, place: 'partition 9' }];
  const { unread } = await inventoryOfDisk({ ...disk, roots: two }, source, EMPTY_CATALOG);
  expect(unread.filter(({ place }) => place !== '/etc and /usr')).toEqual([
    { place: 'partition 9', reason: 'holds another system (linux), of which nothing is told' },
  ]);
});

test('loaders, file systems and what could not be read stand in the inventory', async () => {
  const unread = [{ place: 'partition 3', reason: 'is encrypted (LUKS)' }];
  const inventory = await inventoryOfDisk(aDisk({ unread }), source, EMPTY_CATALOG);
  expect(inventory.boot.loaders).toEqual(['/EFI/BOOT/BOOTX64.EFI', '/EFI/debian/grubx64.efi']);
  expect(inventory.boot.fileSystems).toEqual([{ device: 'partition 15', type: 'fat', mountPoint: undefined, usedBytes: 1, totalBytes: 2 }]);
  expect(inventory.unread.filter(({ place }) => place !== '/etc and /usr')).toEqual(unread);
  expect(inventory.system.id).toBe('debian');
});

test('a Windows system without its registry is told as that, never read as something else', async () => {
  const disk = aDisk({ roots: [{ kind: 'windows', place: 'partition 2', tree: memoryTree({}) }] });
  const { system, unread } = await inventoryOfDisk(disk, source, EMPTY_CATALOG);
  expect(system.family).toBe('windows');
  expect(unread).toEqual(
    ['DEFAULT', 'SAM', 'SOFTWARE', 'SYSTEM'].map((name) => ({
      place: `/Windows/System32/config/${name}`,
      reason: 'there is no such hive of the registry',
    })),
  );
});

test('a disk that no system can be read of is refused with its reason', async () => {
  await expect(
    inventoryOfDisk(aDisk({ roots: [], unread: [{ place: 'partition 1', reason: 'is a mess' }] }), source, EMPTY_CATALOG),
  ).rejects.toThrow('disk.raw: no system on it can be read: partition 1: is a mess');
});
