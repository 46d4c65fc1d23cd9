import { expect, test } from 'vitest';
import { openImageFile } from '../../src/inspect/blocks/image-file.ts';
import { rounds } from '../rounds.ts';
import { fixture, fixtureFile, memoryFile } from './disks/open-fixture.ts';
import { sequence } from './mutate-disk.ts';

const FILES = ['fixed.vhd', 'dynamic.vhd', 'stream.vmdk', 'sparse.vmdk', 'v2.qcow2', 'zlib.qcow2', 'zstd.qcow2'];

test.each(FILES)('%s holds the disk that it was made from', async (name) => {
  const disk = await openImageFile(memoryFile(fixtureFile(name)));
  const raw = fixture('ext4');
  expect(disk.size).toBe(raw.length);
  expect(raw.equals(await disk.read(0, raw.length))).toBe(true);
  expect(await disk.read(1000, 100)).toEqual(raw.subarray(1000, 1100));
});

test('what has no structure of its own is the disk', async () => {
  const raw = fixture('ext4');
  const disk = await openImageFile(memoryFile(raw));
  expect(raw.equals(await disk.read(0, disk.size))).toBe(true);
});

test.each<readonly [string, (bytes: Buffer) => void, string]>([
  [
    'v2.qcow2',
    (bytes) => bytes.writeBigUInt64BE(100n, 8),
    'qcow2: lies over another file (backing file); put the two together: qemu-img convert -O qcow2',
  ],
  ['v2.qcow2', (bytes) => bytes.writeUInt32BE(1, 32), 'qcow2: is encrypted'],
  [
    'zstd.qcow2',
    (bytes) => bytes.writeUInt32BE(bytes.readUInt32BE(76) | 0x114, 76),
    'qcow2: has a feature that is not read: external_data_file, extended_l2, 0x11c',
  ],
  ['zstd.qcow2', (bytes) => bytes.writeUInt8(7, 104), 'qcow2: is packed by the unknown method 7'],
  ['zlib.qcow2', (bytes) => bytes.writeUInt32BE(40, 20), 'qcow2: clusters of 2^40 bytes in a qcow2'],
  [
    'dynamic.vhd',
    (bytes) => bytes.writeUInt32BE(4, bytes.length - 452),
    'VHD: holds only differences to another file; merge the two and give the result',
  ],
  ['dynamic.vhd', (bytes) => bytes.writeUInt32BE(1, 512 + 28), 'VHD: 1 blocks in a VHD that needs 4'],
  [
    'sparse.vmdk',
    (bytes) => bytes.write('parentCID=1234abcd', bytes.indexOf('parentCID=')),
    'VMDK: holds only differences to another file; consolidate the snapshots and give the result',
  ],
  [
    'sparse.vmdk',
    (bytes) => bytes.write('# Disk DescriptorFile'),
    'VMDK: is a description of other files; convert it into one: qemu-img convert -O raw',
  ],
  ['sparse.vmdk', (bytes) => bytes.write('vhdxfile'), 'VHDX: is not read; convert it: qemu-img convert -O raw'],
])('%s is refused for what it is not', async (name, change, message) => {
  const bytes = fixtureFile(name);
  change(bytes);
  await expect(openImageFile(memoryFile(bytes))).rejects.toThrow(message);
});

test.each(FILES.slice(1))('%s: no change of its structures is more than a refusal', async (name) => {
  const bytes = fixtureFile(name);
  const failures: unknown[] = [];
  for (let seed = 1; seed <= rounds(40, 150); seed += 1) {
    const random = sequence(seed);
    // The headers and tables lie at the beginning, and those of a VHD and of a stream at the end too.
    const at = random(2) === 0 ? random(2048) : bytes.length - 4 - random(1500);
    const before = Buffer.from(bytes.subarray(at, at + 4));
    bytes.writeUInt32LE(random(3) === 0 ? 0xffffffff : random(2 ** 31), at);
    const use = async () => {
      const disk = await openImageFile(memoryFile(bytes));
      await disk.read(0, Math.min(disk.size, 2 ** 20));
    };
    await use().catch((error: unknown) => failures.push(error));
    before.copy(bytes, at);
  }
  expect(failures.filter((error) => !(error instanceof RangeError) && !String(error).startsWith('Unreadable: '))).toEqual([]);
});

test.each([
  ['OVA or tar', 257, 'ustar', 'tar -xf'],
  ['gzip', 0, '\x1f\x8b\x08', 'gunzip'],
  ['xz', 0, '\xfd7zXZ\0', 'xz -d'],
  ['Zstandard', 0, '\x28\xb5\x2f\xfd', 'zstd -d'],
  ['zip', 0, 'PK\x03\x04', 'unzip'],
  ['WIM', 0, 'MSWIM\0\0\0', 'wimapply'],
])('an image in %s is no disk, and what unpacks it is said', async (name, at, magic, unpack) => {
  const bytes = Buffer.alloc(4096);
  bytes.write(magic, at, 'latin1');
  await expect(openImageFile(memoryFile(bytes))).rejects.toThrow(`${name}: is not read; unpack it: ${unpack}`);
});
