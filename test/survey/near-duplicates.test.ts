import { describe, expect, test } from 'vitest';
import type { Ami } from '../../src/model/index.ts';
import { connected } from '../../src/survey/connected.ts';
import { nameStem, nameWords } from '../../src/survey/name-stem.ts';
import { nearDuplicates } from '../../src/survey/near-duplicates.ts';
import { found } from '../match/told.ts';
import { judgedAs } from './judged-as.ts';

describe('what is left of a name without its build', () => {
  test.each([
    ['web-golden-2026-10-01', 'web-golden-2026-10-15'],
    ['web_20260901', 'web_20261001.2'],
    ['web 2026-10-01T08-15-02Z', 'web 2026-11-01T09-00-00Z'],
    ['app-1598313284', 'app-1598999999'],
    ['app-v12', 'app-v13'],
    ['app-1.4.2', 'app-1.4.3'],
    ['amzn2-ami-hvm-2.0.20190618-x86_64-gp2', 'amzn2-ami-hvm-2.0.20260727.0-x86_64-gp2'],
    ['Windows_Server-2019-English-Full-Base-2019.08.16', 'Windows_Server-2019-English-Full-Base-2026.10.14'],
    ['api-0f3a9c1-prod', 'api-b7d2e90-prod'],
    ['CentOS 7-d9a3032a-921c-4c6d-b150-bde168105e42', 'CentOS 7-84a857fb-30b1-429f-8e92-3065cf289a61'],
    [
      'AwsBackup_i-0123456789abcdef0_d9a3032a-921c-4c6d-b150-bde168105e42',
      'AwsBackup_i-0123456789abcdef0_84a857fb-30b1-429f-8e92-3065cf289a61',
    ],
  ])('%s and %s are one series', (one, other) => {
    expect(nameStem(one)).toBe(nameStem(other));
  });

  test.each([
    ['web-2026-10-01', 'api-2026-10-01'],
    ['web1', 'web2'],
    ['web-blue-7', 'web-green-7'],
    ['AwsBackup_i-0123456789abcdef0_20261001', 'AwsBackup_i-0fedcba9876543210_20261001'],
    ['Windows_Server-2019-English-Full-Base-2026.10.14', 'Windows_Server-2022-English-Full-Base-2026.10.14'],
  ])('%s and %s are not', (one, other) => {
    expect(nameStem(one)).not.toBe(nameStem(other));
  });

  test.each(['', '2026-10-01', '42', 'x'])('%j tells nothing', (name) => {
    expect(nameStem(name)).toBeUndefined();
  });

  test('only the letters count as words', () => {
    expect([nameWords('web01 EU'), nameWords('web-2 (eu)'), nameWords('1')]).toEqual(['web eu', 'web eu', undefined]);
  });
});

describe('groups', () => {
  const groupsOf = (...given: readonly Partial<Ami>[]) => nearDuplicates(given.map((ami) => judgedAs({ disks: [], ...ami })));

  test('a series has its newest AMI by date, wherever it stands', () => {
    expect(
      groupsOf(
        { id: 'ami-new', name: 'web-2026-10-02', created: '2026-10-02T00:00:00.000Z' },
        { id: 'ami-other', name: 'api-2026-10-01' },
        { id: 'ami-old', name: 'web-2026-10-01', created: '2026-10-01T00:00:00.000Z' },
      ),
    ).toEqual([
      { group: 1, size: 2, newest: true, newestId: 'ami-new', reasons: ['name-series'] },
      undefined,
      { group: 1, size: 2, newest: false, newestId: 'ami-new', reasons: ['name-series'] },
    ]);
  });

  test('one snapshot under two names, and one source under the same words', () => {
    const root = { device: '/dev/xvda', kind: 'ebs', root: true, snapshotId: 'snap-1' } as const;
    expect(
      groupsOf(
        { id: 'ami-1', name: 'alpha', disks: [root] },
        { id: 'ami-2', name: 'beta', disks: [root] },
        { id: 'ami-3', name: 'shop1', sourceImageId: 'ami-base' },
        { id: 'ami-4', name: 'shop2', sourceImageId: 'ami-base' },
        { id: 'ami-5', name: 'office', sourceImageId: 'ami-base' },
      ).map((duplicate) => duplicate && `${duplicate.group} ${duplicate.reasons}`),
    ).toEqual(['1 snapshot', '1 snapshot', '2 ancestry', '2 ancestry', undefined]);
  });

  test('reasons join groups: A is like B by name, B like C by snapshot', () => {
    const root = { device: '/dev/xvda', kind: 'ebs', root: true, snapshotId: 'snap-1' } as const;
    const groups = groupsOf(
      { id: 'ami-a', name: 'web-1' },
      { id: 'ami-b', name: 'web-2', disks: [root] },
      { id: 'ami-c', name: 'renamed', disks: [root] },
    );
    expect(groups.map((duplicate) => duplicate?.reasons)).toEqual(Array.from({ length: 3 }, () => ['name-series', 'snapshot']));
  });

  test('the same record listed twice is one AMI', () => {
    const twice = { id: 'ami-1', name: 'web-1' };
    expect(groupsOf(twice, twice)).toEqual([undefined, undefined]);
    expect(groupsOf(twice, twice, { id: 'ami-2', name: 'web-2', created: '2030' }).map((each) => each?.size)).toEqual([2, 2, 2]);
  });

  test('another owner or another system is no duplicate', () => {
    const [one, other] = [judgedAs({ id: 'ami-1', name: 'web-1' }), judgedAs({ id: 'ami-2', name: 'web-2' }, { version: found('24.04') })];
    expect(nearDuplicates([one, other])).toEqual([undefined, undefined]);
    expect(groupsOf({ id: 'ami-1', name: 'web-1' }, { id: 'ami-2', name: 'web-2', ownerId: '210987654321' })).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('groups that share a member are one', () => {
  expect(
    connected([
      [5, 1],
      [2, 3],
      [3, 5],
      [8, 9],
    ]),
  ).toEqual([
    [1, 2, 3, 5],
    [8, 9],
  ]);
});
