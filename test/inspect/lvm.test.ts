import { expect, test } from 'vitest';
import { openDisk } from '../../src/inspect/open-disk.ts';
import { parseLvmText } from '../../src/inspect/volumes/lvm/metadata-text.ts';
import { memorySource } from './disks/open-fixture.ts';
import { physicalVolume, segment, volume } from './lvm-disk.ts';

const MIB = 2 ** 20;

test('a volume in pieces is put together in their order, and its text may go round its area', async () => {
  const bytes = physicalVolume(volume('data', `${segment(2, 1, 0)}\n${segment(1, 0, 2)}`));
  const { volumes, unread } = await openDisk(memorySource(bytes));
  expect(unread).toEqual([]);
  expect(volumes.map(({ place, content, logicalVolume, size }) => [place, content, logicalVolume, size])).toEqual([
    ['the whole disk', 'lvm', undefined, 16 * MIB],
    ['volume vg-a/data', 'ext4', 'vg-a/data', 8 * MIB],
  ]);
  expect(await volumes[1]?.fileSystem?.tree.read('/usr/lib/os-release')).toEqual(Buffer.from('ID=debian\nVERSION_ID="12"\n'));
});

test('what is of another kind, or lies elsewhere, is named; parts of others are not', async () => {
  const bytes = physicalVolume(
    [
      volume('pool', segment(1, 0, 0, 'thin-pool')),
      volume('pool_tdata', segment(1, 0, 0, 'raid1'), '"READ", "WRITE"'),
      volume('far', segment(1, 0, 0, 'striped', 'pv1')),
      volume('gap', segment(1, 1, 0)),
    ].join('\n'),
  );
  const { volumes, unread } = await openDisk(memorySource(bytes));
  expect(volumes).toHaveLength(1);
  expect(unread.map(({ place, reason }) => `${place}: ${reason}`)).toEqual([
    'volume vg-a/pool: is of the type "thin-pool", which is not read',
    'volume vg-a/far: lies on pv1, which is not on this disk',
    'volume vg-a/gap: has nothing at byte 0',
  ]);
});

test('text that is none is one refusal', async () => {
  const { unread } = await openDisk(memorySource(physicalVolume('broken { = }')));
  expect(unread).toEqual([{ place: 'lvm: the whole disk', reason: "LVM's metadata lacks a name" }]);
});

test('comments, numbers, escapes and lists of lists are read', () => {
  const { values, sections } = parseLvmText('# a comment\na = 1\tb="x\\"y" # more\nlist = ["p", 0, ["q"]]\ninner {\nc = -3\n}\n');
  expect([...values]).toEqual([
    ['a', 1],
    ['b', 'x"y'],
    ['list', ['p', 0, ['q']]],
  ]);
  expect([...(sections.get('inner')?.values ?? [])]).toEqual([['c', -3]]);
});

test.each(['a = [[[[[[[[[[[1', `${'a {'.repeat(20)}`, 'a = ', 'a', '"', 'a = [ } ]'])('%s is refused', (text) => {
  expect(() => parseLvmText(text)).toThrow(RangeError);
});
