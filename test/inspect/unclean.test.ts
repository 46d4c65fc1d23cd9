import { expect, test } from 'vitest';
import { openDisk } from '../../src/inspect/open-disk.ts';
import { fixture, memorySource } from './disks/open-fixture.ts';

/** Where the flags of the volume stand: in an attribute (0x70) of the fourth record of the master file table. */
function ntfsFlags(bytes: Buffer): number {
  const record = bytes.readUInt32LE(48) * bytes.readUInt8(13) * bytes.readUInt16LE(11) + 3 * 1024;
  for (let at = record + bytes.readUInt16LE(record + 20); at < record + 1024; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) === 0x70) return at + bytes.readUInt16LE(at + 20) + 10;
  }
  throw new Error('the volume has no flags');
}

const EXT_STATE = 1024 + 0x3a;
const BTRFS_LOG = 65_536 + 96;

test.each([
  [
    'ext4',
    (bytes: Buffer) => bytes.writeUInt16LE(0, EXT_STATE),
    'ext4: the whole disk',
    /^was not cleanly unmounted: what was written last/,
  ],
  ['ext4', (bytes: Buffer) => bytes.writeUInt16LE(3, EXT_STATE), 'ext4: the whole disk', /^holds errors that the kernel noted/],
  ['btrfs', (bytes: Buffer) => bytes.writeUInt32LE(4096, BTRFS_LOG), 'btrfs: the whole disk', /lie in its log, which is not played back$/],
  ['ntfs', (bytes: Buffer) => bytes.writeUInt16LE(1, ntfsFlags(bytes)), 'ntfs: the whole disk', /since its log is not played back$/],
] as const)('%s that was not let go of is told, and read', async (name, change, place, reason) => {
  const bytes = fixture(name);
  const before = await openDisk(memorySource(bytes));
  expect(before.unread.filter((each) => each.place === place)).toEqual([]);
  change(bytes);
  const disk = await openDisk(memorySource(bytes));
  expect(disk.unread.filter((each) => each.place === place)).toEqual([{ place, reason: expect.stringMatching(reason) }]);
  expect((await disk.volumes[0]?.fileSystem?.tree.list('/'))?.length).toBeGreaterThan(1);
});

test('a journal that is played back leaves nothing to tell', async () => {
  expect((await openDisk(memorySource(fixture('ext4-running')))).unread).toEqual([]);
});
