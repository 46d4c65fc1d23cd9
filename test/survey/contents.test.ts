import { expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import type { Ami } from '../../src/model/index.ts';
import type { ContentPlace, Contents } from '../../src/ports.ts';
import { readContents } from '../../src/survey/contents.ts';
import { anInventory } from '../fakes/inventory.ts';

function ami(id: string, created: string, snapshotId?: string): Ami {
  const disks = [{ device: '/dev/sda1', sizeGiB: 8, kind: 'ebs' as const, root: true, ...(snapshotId ? { snapshotId } : {}) }];
  return { id, region: 'eu-west-1', created, productCodes: [], disks, tags: {} };
}

const AMIS = [
  ami('ami-old', '2024-01-01T00:00:00Z', 'snap-old'),
  ami('ami-new', '2026-01-01T00:00:00Z', 'snap-new'),
  ami('ami-copy', '2026-02-01T00:00:00Z', 'snap-new'),
  ami('ami-public', '2025-01-01T00:00:00Z', 'snap-public'),
  ami('ami-store', '2023-01-01T00:00:00Z'),
];

function contents(asked: string[]): Contents {
  const refused = new RegildError('SNAPSHOT_UNREADABLE', 'it is public');
  return {
    take: async (place: ContentPlace) => {
      const id = 'id' in place ? place.id : place.path;
      asked.push(id);
      if (id === 'snap-public') throw refused;
      return anInventory();
    },
  };
}

test('the newest first, a shared snapshot once, at most so many; what AWS refuses is told with the AMI', async () => {
  const asked: string[] = [];
  const { contentOf, issues } = await readContents(AMIS, 2, contents(asked));
  expect(asked).toEqual(['snap-new', 'snap-public']);
  expect(AMIS.map((each) => contentOf(each)?.kind)).toEqual([undefined, 'read', 'read', 'unread', 'unread']);
  expect([AMIS[3], AMIS[4]].map((each) => each && contentOf(each))).toEqual([
    { kind: 'unread', reason: 'it is public' },
    { kind: 'unread', reason: 'EC2 tells no snapshot of its root volume' },
  ]);
  expect(issues.map(({ code, message }) => [code, message])).toEqual([
    ['DISKS_LEFT', 'the disks of some AMIs were not read (1): --max is 2, and the newest come first'],
  ]);
});

test('where there is room for all, nothing is left to tell', async () => {
  expect((await readContents(AMIS, 20, contents([]))).issues).toEqual([]);
});

test('a cancelled run ends it', async () => {
  const take = () => Promise.reject(new RegildError('CANCELLED', 'stopped'));
  await expect(readContents(AMIS, 20, { take })).rejects.toThrow('stopped');
});
