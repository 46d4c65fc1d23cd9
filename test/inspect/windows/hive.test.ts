import { expect, test } from 'vitest';
import { Unreadable } from '../../../src/inspect/file-tree.ts';
import { rootOf } from '../../../src/inspect/registry/hive.ts';
import type { RegistryKey } from '../../../src/inspect/registry/key.ts';
import { textOf } from '../../../src/inspect/registry/value.ts';
import { rounds } from '../../rounds.ts';
import { memorySource } from '../disks/open-fixture.ts';
import { mutate } from '../mutate.ts';
import { COMPANY_WINDOWS } from './company-windows.ts';
import { interrupted, writeHive } from './write-hive.ts';

const none = async () => [];
const open = (bytes: Buffer, logs: () => Promise<readonly Buffer[]> = none) => rootOf(memorySource(bytes), logs, 'hive');

const NOTHING = { name: '', type: 1, bytes: Buffer.alloc(0) };
const LONG = Buffer.alloc(40_000, 'long');
const HIVE = writeHive({
  keys: {
    Software: {
      values: { Text: 'ä', Number: 4_000_000_000, Many: ['a', 'b'], Long: LONG, Wide: { type: 11, bytes: Buffer.alloc(8, 1) }, Empty: '' },
      keys: { One: { keys: { Two: { values: { '': 'default' } } } } },
    },
  },
});

test('values of every type, by path and in any case', async () => {
  const { value: root, unread } = await open(HIVE);
  const key = await root.subkey('SOFTWARE');
  expect(unread).toEqual([]);
  expect((await key?.values())?.map((value) => [value.name, value.type, textOf(value).slice(0, 20)])).toEqual([
    ['Text', 1, 'ä'],
    ['Number', 4, '4000000000'],
    ['Many', 7, 'a;b'],
    ['Long', 3, LONG.toString('hex').slice(0, 20)],
    ['Wide', 11, '72340172838076673'],
    ['Empty', 1, ''],
  ]);
  expect((await key?.value('long'))?.bytes.equals(LONG)).toBe(true);
  expect(textOf((await (await root.subkey('software\\one\\two'))?.value('')) ?? NOTHING)).toBe('default');
  expect(await root.subkey('Software\\Nobody\\Two')).toBeUndefined();
});

const after = writeHive({ keys: { Software: { values: { Text: 'after' }, keys: { New: {} } } } });
const { hive, log } = interrupted(writeHive({ keys: { Software: { values: { Text: 'befor' }, keys: {} } } }), after);
const textIn = async (root: RegistryKey) => textOf((await (await root.subkey('Software'))?.value('Text')) ?? NOTHING);

test('a hive that was being written is read as its log completes it', async () => {
  const { value: root, unread } = await open(hive, async () => [Buffer.alloc(512), log]);
  expect(unread).toEqual([]);
  expect(await textIn(root)).toBe('after');
  expect((await (await root.subkey('Software'))?.subkeys())?.map(({ name }) => name)).toEqual(['New']);
});

test.each([
  ['no log', async () => []],
  ['a log whose entry is torn', async () => [torn(log)]],
  ['a log of an older state', async () => [older(log)]],
])('with %s it is told that something may be missing', async (_, logs) => {
  const { value: root, unread } = await open(hive, logs);
  expect(unread).toEqual([
    { place: 'hive', reason: 'was not written to its end, and no log of it fits: what was written last may be missing' },
  ]);
  expect(await textIn(root)).toBe('befor');
});

test('a log of an older kind is not read, and told', async () => {
  const older = Buffer.concat([hive.subarray(0, 512), Buffer.from('DIRT'), Buffer.alloc(508, 0xff), hive.subarray(4096, 8192)]);
  const { value: root, unread } = await open(hive, async () => [older]);
  expect(unread).toEqual([
    {
      place: 'hive',
      reason:
        'was not written to its end, and its log is of the kind that Windows before 8.1 writes, which is not read: what was written last may be missing',
    },
  ]);
  expect(await textIn(root)).toBe('befor');
});

function torn(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length - 600) ^ 1, copy.length - 600);
  return copy;
}

function older(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(0, 512 + 12);
  return copy;
}

test('a file that is no hive, and one of another version, are refused', async () => {
  await expect(open(Buffer.alloc(8192))).rejects.toThrow('hive: bad magic at byte 0');
  const other = Buffer.from(HIVE);
  other.writeUInt32LE(2, 20);
  await expect(open(other)).rejects.toThrow('hive: version 2.5 of the format is not known');
});

/** All keys and values; how many were read, or which failure was no refusal. */
async function walk(bytes: Buffer): Promise<number> {
  let read = 0;
  const visit = async (key: RegistryKey, depth: number): Promise<void> => {
    read += (await key.values()).length;
    // A broken hive may lead in a circle; readers of this program go to a fixed depth.
    if (depth < 12 && read < 2000) for (const child of await key.subkeys()) await visit(child, depth + 1);
  };
  try {
    await visit((await open(bytes)).value, 0);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return read;
}

test('no change of its bytes crashes the reader or keeps it busy', async () => {
  const original = new Uint8Array(COMPANY_WINDOWS['/Windows/System32/config/SYSTEM'] ?? []);
  const whole = await walk(Buffer.from(original));
  const counts: number[] = [];
  for (let seed = 1; seed <= rounds(100, 3000); seed += 1) counts.push(await walk(Buffer.from(mutate(original, seed))));
  expect(whole).toBeGreaterThan(30);
  expect(counts.filter((count) => count < whole).length).toBeGreaterThan(counts.length / 10);
});

test('values that claim the same large cell again and again end in a refusal', async () => {
  const bytes = writeHive({
    keys: { A: { values: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`v${index}`, Buffer.alloc(100_000)])) } },
  });
  const key = await (await open(bytes)).value.subkey('A');
  await expect(key?.values()).rejects.toThrow(/values of more than 16777216 bytes/);
});
