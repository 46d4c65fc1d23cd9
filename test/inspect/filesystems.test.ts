import { expect, test } from 'vitest';
import { Unreadable } from '../../src/inspect/file-tree.ts';
import { openBtrfs } from '../../src/inspect/filesystems/btrfs/index.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';
import { describeTree } from '../inspect-disks/describe-nodes.ts';
import { fixture, kernelNodes, memorySource } from './disks/open-fixture.ts';

const SYSTEM = { owners: true, times: true };

async function onlyTree(bytes: Buffer) {
  const disk = await openDisk(memorySource(bytes));
  const [volume] = disk.volumes;
  if (!volume?.fileSystem) throw new Error(JSON.stringify(disk.unread));
  return volume.fileSystem;
}

test.each(['ext3', 'ext4', 'ext4-running', 'xfs', 'btrfs'])('every node of %s is what the kernel mounted', async (name) => {
  const { tree } = await onlyTree(fixture(name));
  expect(Object.fromEntries([...(await describeTree(tree, SYSTEM))].sort())).toEqual(kernelNodes(name));
});

test('every node of a FAT is what was copied to it, and its names have no case', async () => {
  const { tree, kind, uuid, label, totalBytes } = await onlyTree(fixture('fat'));
  expect({ kind, uuid, label, totalBytes }).toEqual({ kind: 'fat', uuid: 'ABCD-1234', label: 'DATA', totalBytes: 4 * 2 ** 20 });
  expect(Object.fromEntries([...(await describeTree(tree, { owners: false, times: true }))].sort())).toEqual(kernelNodes('fat'));
  expect(await tree.read('/efi/boot/bootx64.efi')).toEqual(Buffer.from('loader\n'));
});

test('every node of an NTFS is what ntfs-3g mounted, and its names have no case', async () => {
  const { tree, kind, label, usedBytes, totalBytes } = await onlyTree(fixture('ntfs'));
  expect([kind, label, usedBytes < totalBytes]).toEqual(['ntfs', 'data', true]);
  expect(Object.fromEntries([...(await describeTree(tree, { owners: false, times: true }))].sort())).toEqual(kernelNodes('ntfs'));
  expect(await tree.read('/windows/SYSTEM32/Config/software')).toEqual(Buffer.from('regf'));
});

test('a system volume of Windows is a root', async () => {
  const { roots } = await openDisk(memorySource(fixture('ntfs')));
  expect(roots.map(({ kind, place }) => [kind, place])).toEqual([['windows', 'the whole disk']]);
});

test('a subvolume of btrfs is found by its path and by its id', async () => {
  const btrfs = await openBtrfs(memorySource(fixture('btrfs')), 'the disk');
  const inner = await btrfs.subvolume?.('/sub/inner');
  expect((await inner?.entries())?.map(({ name }) => name)).toEqual(['file']);
  const id = Number(inner?.id.split(':')[0]);
  expect((await (await btrfs.subvolume?.(id))?.entries())?.map(({ name }) => name)).toEqual(['file']);
  expect(await btrfs.subvolume?.('sub/missing')).toBeUndefined();
  expect(await btrfs.subvolume?.('deep/a')).toBeUndefined();
  expect(await btrfs.subvolume?.(99)).toBeUndefined();
});

test('a file system says what it is and how full', async () => {
  const { kind, uuid, label, totalBytes, usedBytes } = await onlyTree(fixture('ext4'));
  expect({ kind, uuid, label, totalBytes }).toEqual({
    kind: 'ext4',
    uuid: '11111111-2222-3333-4444-555555555555',
    label: 'data',
    totalBytes: 8 * 2 ** 20,
  });
  expect(usedBytes).toBeGreaterThan(2 ** 20);
  expect(usedBytes).toBeLessThan(totalBytes);
});

test('a part of a file is read, and no more than it has', async () => {
  const { tree } = await onlyTree(fixture('ext4'));
  expect(await tree.read('/sparse', { offset: 2_499_999, length: 5 })).toEqual(Buffer.from('\0end\0'));
  expect(await tree.read('/many/file-with-a-name-7', { offset: 1, length: 100 })).toEqual(Buffer.from('\n'));
  expect(await tree.read('/many/file-with-a-name-7', { offset: 50 })).toEqual(Buffer.alloc(0));
  expect(await tree.read('/many')).toBeUndefined();
  expect(await tree.read('/none')).toBeUndefined();
});

test('links are followed inside the image, and a loop is refused', async () => {
  const { tree } = await onlyTree(fixture('xfs'));
  expect(await tree.stat('/etc/os-release')).toMatchObject({ path: '/etc/os-release', type: 'file', size: 26 });
  expect((await tree.stat('/etc/os-release', false))?.type).toBe('symlink');
  expect(await tree.readlink('/etc/os-release')).toBe('../usr/lib/os-release');
  await expect(tree.stat('/loop')).rejects.toThrow('/loop: more than 40 links');
  expect(await tree.read('/../../../../usr/lib/./os-release')).toEqual(Buffer.from('ID=debian\nVERSION_ID="12"\n'));
});

/** Sets bytes of a disk, and says what became unreadable. */
async function refusal(name: string, change: (bytes: Buffer) => void): Promise<readonly string[]> {
  const bytes = fixture(name);
  change(bytes);
  const { unread } = await openDisk(memorySource(bytes));
  return unread.map(({ place, reason }) => `${place}: ${reason}`);
}

test('a feature that is not known is refused by its name or number', async () => {
  expect(await refusal('ext4', (bytes) => bytes.writeUInt32LE(bytes.readUInt32LE(1120) | 0x80001, 1120))).toEqual([
    'ext4: superblock of the whole disk: has a feature that is not read: compression, 0x80000',
  ]);
  expect(await refusal('xfs', (bytes) => bytes.writeUInt32BE(bytes.readUInt32BE(216) | 0x8010, 216))).toEqual([
    'xfs: superblock of the whole disk: has a feature that is not read: needsrepair, 0x8000',
  ]);
  expect(await refusal('btrfs', (bytes) => bytes.writeUInt32LE(bytes.readUInt32LE(65536 + 188) | 0x1000, 65536 + 188))).toEqual([
    'btrfs: superblock of the whole disk: has a feature that is not read: zoned',
  ]);
});

test('a log of XFS that was not played back is refused with what to do', async () => {
  // The flag of the one operation in the last record of the log.
  const clear = (bytes: Buffer) => {
    const start = Number(bytes.readBigUInt64BE(48)) * 1024;
    for (let at = start; at < start + 4 * 2 ** 20; at += 512) {
      if (bytes.readUInt32BE(at) === 0xfeedbabe && bytes.readUInt32BE(at + 40) === 1) bytes.writeUInt8(0, at + 512 + 9);
    }
  };
  expect(await refusal('xfs', clear)).toEqual([
    'xfs: log of the whole disk: was not played back: the snapshot is of a running system; stop the instance (or freeze the file system) and create the AMI again',
  ]);
});

test('a superblock that makes no sense is refused', async () => {
  expect(await refusal('ext4', (bytes) => bytes.writeUInt16LE(100, 1024 + 0x58))).toEqual([
    'ext4: superblock of the whole disk: makes no sense: inode size of 100',
  ]);
  expect(await refusal('xfs', (bytes) => bytes.writeUInt8(99, 124))).toEqual([
    'xfs: superblock of the whole disk: makes no sense: allocation groups of 24576 blocks',
  ]);
});

test('an inode that is broken is named', async () => {
  const bytes = fixture('xfs');
  // A directory this small lies in its inode, of 512 bytes; the log holds older copies.
  for (let at = bytes.indexOf('os-release'); at >= 0; at = bytes.indexOf('os-release', at + 1)) {
    const inode = Math.floor(at / 512) * 512;
    if (bytes.readUInt16BE(inode) === 0x494e) bytes.fill(0, inode, inode + 2);
  }
  const { tree } = await onlyTree(bytes);
  const failure = await describeTree(tree, SYSTEM).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Unreadable);
  expect(String(failure)).toMatch(/^Unreadable: xfs: inode \d+ of the whole disk: bad magic 0x0 at byte \d+$/);
});
