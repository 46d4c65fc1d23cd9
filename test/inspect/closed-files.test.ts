import { expect, test } from 'vitest';
import { inodeTable } from '../../src/inspect/filesystems/ext4/groups.ts';
import { openExt4 } from '../../src/inspect/filesystems/ext4/index.ts';
import { readSuperblock, SUPERBLOCK } from '../../src/inspect/filesystems/ext4/superblock.ts';
import { readReparsePoint } from '../../src/inspect/filesystems/ntfs/reparse-point.ts';
import { openDisk } from '../../src/inspect/open-disk.ts';
import { fixture, memorySource } from './disks/open-fixture.ts';

const ENCRYPTED = { ext4: 0x800, ntfs: 0x4000 } as const;

/** Marks the inode that a path of the root folder leads to as encrypted, as fscrypt does. */
async function encrypt(bytes: Buffer, name: string): Promise<void> {
  const disk = memorySource(bytes);
  const superblock = readSuperblock(bytes.subarray(SUPERBLOCK.offset, SUPERBLOCK.offset + SUPERBLOCK.length), 'x');
  const { blockSize, inodeSize, inodesPerGroup } = superblock;
  const entries = await (await (await openExt4(disk, 'x')).root()).entries();
  const number = Number((await entries.find((entry) => entry.name === name)?.inode())?.id) - 1;
  const table = await inodeTable(disk, superblock, Math.floor(number / inodesPerGroup));
  const at = table * blockSize + (number % inodesPerGroup) * inodeSize + 0x20;
  bytes.writeUInt32LE(bytes.readUInt32LE(at) | ENCRYPTED.ext4, at);
}

test('a folder that fscrypt encrypted is told, and what lies beside it is read', async () => {
  const bytes = fixture('ext4');
  await encrypt(bytes, 'etc');
  const tree = (await openDisk(memorySource(bytes))).volumes[0]?.fileSystem?.tree;
  await expect(tree?.list('/etc')).rejects.toThrow(/^ext4: inode \d+ of the whole disk: is encrypted \(fscrypt\)$/);
  expect(await tree?.read('/usr/lib/os-release')).toEqual(Buffer.from('ID=debian\nVERSION_ID="12"\n'));
});

test('a file that Windows encrypted is told, and the others are read', async () => {
  const bytes = fixture('ntfs');
  const name = bytes.indexOf(Buffer.from('file with a name 100', 'utf16le'));
  const record = bytes.lastIndexOf('FILE', name);
  for (let at = record + bytes.readUInt16LE(record + 20); at < record + 1024; at += bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt32LE(at) === 0x80) {
      bytes.writeUInt16LE(ENCRYPTED.ntfs, at + 12);
      break;
    }
  }
  const tree = (await openDisk(memorySource(bytes))).volumes[0]?.fileSystem?.tree;
  await expect(tree?.read('/many/file with a name 100')).rejects.toThrow(/^ntfs: file \d+ of the whole disk: is encrypted \(EFS\)$/);
  expect(await tree?.read('/many/file with a name 101')).toEqual(Buffer.from('101\n'));
});

function reparse(tag: number, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(tag);
  head.writeUInt16LE(data.length, 4);
  return Buffer.concat([head, data]);
}

/** Two names in one buffer, behind their places and lengths: the one that Windows follows, and the one that it shows. */
function names(header: number, name: string): Buffer {
  const text = Buffer.from(name, 'utf16le');
  const head = Buffer.alloc(header);
  head.writeUInt16LE(0, 0);
  head.writeUInt16LE(text.length, 2);
  return Buffer.concat([head, text]);
}

test.each([
  ['a junction', reparse(0xa0000003, names(8, '\\??\\D:\\data')), { kind: 'link', target: '/data' }],
  ['a link', reparse(0xa000000c, names(12, 'C:\\shop\\x')), { kind: 'link', target: '/shop/x' }],
  ['a link of WSL', reparse(0xa000001d, Buffer.from('\x02\0\0\0../x')), { kind: 'link', target: '../x' }],
  [
    'CompactOS',
    reparse(0x80000017, Buffer.alloc(16)),
    { kind: 'elsewhere', reason: 'is packed by Windows (CompactOS, WOF), which is not read' },
  ],
  ['deduplication', reparse(0x80000013, Buffer.alloc(16)), { kind: 'elsewhere', reason: 'is deduplicated, which is not read' }],
  ['an unknown one', reparse(0x8000001b, Buffer.alloc(16)), undefined],
] as const)('%s, as Windows writes it into a file', (_, bytes, point) => expect(readReparsePoint(bytes)).toEqual(point));
