import { expect, test } from 'vitest';
import { readMbr } from '../../src/inspect/volumes/mbr.ts';
import { memorySource } from './disks/open-fixture.ts';

type Row = readonly [flag: number, type: number, start: number, size: number];

/** Writes a table of partitions into a sector. */
function table(bytes: Buffer, sector: number, rows: readonly Row[]): void {
  const at = sector * 512;
  for (const [index, [flag, type, start, size]] of rows.entries()) {
    bytes.writeUInt8(flag, at + 446 + index * 16);
    bytes.writeUInt8(type, at + 450 + index * 16);
    bytes.writeUInt32LE(start, at + 454 + index * 16);
    bytes.writeUInt32LE(size, at + 458 + index * 16);
  }
  bytes.writeUInt16LE(0xaa55, at + 510);
}

function disk(primary: readonly Row[]): Buffer {
  const bytes = Buffer.alloc(2 ** 20);
  bytes.writeUInt32LE(0xabcd1234, 440);
  table(bytes, 0, primary);
  return bytes;
}

const read = (bytes: Buffer) => readMbr(memorySource(bytes));

test('primary and logical partitions are counted as the kernel counts them', async () => {
  const bytes = disk([
    [0x80, 0x83, 64, 100],
    [0, 0, 0, 0],
    [0, 0x05, 200, 600],
    [0, 0x07, 900, 50],
  ]);
  table(bytes, 200, [
    [0, 0x8e, 8, 90],
    [0, 0x05, 100, 100],
  ]);
  table(bytes, 300, [[0, 0x83, 8, 90]]);
  const partition = (number: number, start: number, sectors: number, type: string, use: string) => ({
    ...{ number, start: start * 512, size: sectors * 512, type, use, name: '' },
    partUuid: `abcd1234-0${number}`,
    active: number === 1,
  });
  expect(await read(bytes)).toEqual({
    kind: 'mbr',
    partitions: [
      partition(1, 64, 100, '83', 'linux'),
      partition(4, 900, 50, '07', 'windows'),
      partition(5, 208, 90, '8e', 'lvm'),
      partition(6, 308, 90, '83', 'linux'),
    ],
    damage: [],
  });
});

test('a chain of logical partitions that leads into itself ends', async () => {
  const bytes = disk([[0, 0x05, 200, 600]]);
  table(bytes, 200, [
    [0, 0x83, 8, 90],
    [0, 0x05, 0, 100],
  ]);
  const found = await read(bytes);
  expect([found?.partitions.length, found?.damage]).toEqual([1, ['the chain of its logical partitions leads into itself']]);
});

test('a chain that leads behind the end, or to what is no table, ends', async () => {
  const bytes = disk([[0, 0x0f, 200, 600]]);
  expect((await read(bytes))?.damage).toEqual(['the table of a logical partition at sector 200 has no signature']);
  table(bytes, 200, [
    [0, 0x83, 8, 90],
    [0, 0x0f, 1_000_000, 100],
  ]);
  expect((await read(bytes))?.damage).toEqual(['the chain of its logical partitions leads behind the end']);
});

test('a boot sector that is no table is none', async () => {
  expect(await read(disk([[0x33, 0x83, 64, 100]]))).toBeUndefined();
  expect(await read(disk([[0, 0x83, 2 ** 31, 100]]))).toBeUndefined();
  expect(await read(disk([]))).toBeUndefined();
});
