import { expect, test } from 'vitest';
import { readImageFile } from '../../../src/adapters/aws/image-file.ts';

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const record = (field: string, levels: number) => `{"ImageId":"ami-0abc1234","${field}":${deep(levels)}}`;

test('a field that is nested without end is refused by its place, one that is not read is passed over', () => {
  expect(() => readImageFile(record('Tags', 100_000), 'amis.json', 'eu-west-1')).toThrow(
    'entry 1 of amis.json holds more than 20 levels under Tags',
  );
  expect(readImageFile(record('Unknown', 100_000), 'amis.json', 'eu-west-1').amis.map(({ id }) => id)).toEqual(['ami-0abc1234']);
  expect(() => readImageFile(deep(100_000), 'amis.json', 'eu-west-1')).toThrow('is a list, not an AMI record');
});

test('null stands for an absent field, at any level', () => {
  const text = JSON.stringify({ ImageId: 'ami-0abc1234', Name: null, Tags: [{ Key: 'team', Value: 'web', Other: null }] });
  const { amis, issues } = readImageFile(text, 'amis.json', 'eu-west-1');
  expect([amis.map(({ id, tags }) => ({ id, tags })), issues]).toEqual([[{ id: 'ami-0abc1234', tags: { team: 'web' } }], []]);
});
