import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSnapshots } from '../../../src/adapters/aws/ebs.ts';
import { snapshotSource } from '../../../src/inspect/blocks/snapshot.ts';
import { openDisk } from '../../../src/inspect/open-disk.ts';
import type { Snapshots } from '../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { fixture } from '../../inspect/disks/open-fixture.ts';

/** Snapshots of AMIs of the sandbox's world, in eu-west-1. */
const GOLDEN = 'snap-08111836a80116ca9';
const GOLDEN_DATA = 'snap-0faa37fbb19a606b1';
const GOLDEN_ARM = 'snap-0ca29febe2863f162';
const UBUNTU = 'snap-00ce3cbf26ca79914';
const REGION = 'eu-west-1';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    snapshots: {
      [GOLDEN]: { disk: join(import.meta.dirname, '../../inspect/disks/linux.img.gz') },
      [GOLDEN_DATA]: { tier: 'archive' },
      [GOLDEN_ARM]: { state: 'pending' },
    },
  });
});
afterAll(() => sandbox.close());

function connected(): { readonly snapshots: Snapshots; readonly requests: string[] } {
  const requests: string[] = [];
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
  const options = { endpoint: sandbox.endpoints.ec2, ca: sandbox.caPem, credentials, maxAttempts: 2 };
  return { snapshots: createSnapshots({ ...options, onRequest: (name) => requests.push(name) }), requests };
}

test('a disk is read from its snapshot: one page of the list, and the blocks that are needed', async () => {
  const { snapshots, requests } = connected();
  const disk = await openDisk(await snapshotSource(snapshots.open(GOLDEN, REGION)));
  expect(await disk.roots[0]?.tree.read('/home/ann/note')).toEqual(Buffer.from('hello\n'));
  expect(disk.size).toBe(30 * 2 ** 30);
  expect(requests.filter((name) => name === 'ListSnapshotBlocksCommand')).toHaveLength(1);
  const image = fixture('linux');
  const filled = Array.from({ length: image.length / 524288 }, (_, index) => image.subarray(index * 524288, (index + 1) * 524288)).filter(
    (block) => block.some((byte) => byte !== 0),
  );
  expect(requests.length - 1).toBeLessThanOrEqual(filled.length);
});

test('a block that was never written is zeroes, and nothing is asked for it', async () => {
  const { snapshots, requests } = connected();
  const source = await snapshotSource(snapshots.open(GOLDEN, REGION));
  expect(await source.read(20 * 2 ** 30, 10)).toEqual(Buffer.alloc(10));
  expect(requests).toEqual(['ListSnapshotBlocksCommand']);
});

test('a block that is throttled is asked for again', async () => {
  const { snapshots, requests } = connected();
  sandbox.faults.add({
    match: { path: '/snapshots/*/blocks/*' },
    effect: { kind: 'respond', status: 400, code: 'RequestThrottledException', message: 'Rate exceeded' },
  });
  const source = await snapshotSource(snapshots.open(GOLDEN, REGION));
  const digest = createHash('sha1')
    .update(await source.read(0, 4096))
    .digest('hex');
  expect(digest).toBe(createHash('sha1').update(fixture('linux').subarray(0, 4096)).digest('hex'));
  expect(requests).toEqual(['ListSnapshotBlocksCommand', 'GetSnapshotBlockCommand', 'GetSnapshotBlockCommand']);
});

test.each([
  ['a public snapshot', UBUNTU, 'it is public, and EBS direct reads no public snapshot', /aws ec2 copy-snapshot --source-region eu-west-1/],
  ['a pending snapshot', GOLDEN_ARM, 'it is pending', /aws ec2 wait snapshot-completed/],
  ['an archived snapshot', GOLDEN_DATA, 'it is archived', /aws ec2 restore-snapshot-tier/],
  [
    'a snapshot that is not there',
    'snap-0123456789abcdef0',
    'it does not exist, or is not shared with this account',
    /share snap-0123456789abcdef0/,
  ],
])('%s is refused with what would help', async (_, id, reason, hint) => {
  const failure = await connected()
    .snapshots.open(id, REGION)
    .list(0)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'SNAPSHOT_UNREADABLE',
    message: `the snapshot ${id} in ${REGION} cannot be read: ${reason}`,
    hint: expect.stringMatching(hint),
  });
});

test('what EC2 does not explain is the failure that EBS direct gave', async () => {
  const { snapshots } = connected();
  sandbox.faults.add({
    match: { path: '/snapshots/*/blocks' },
    effect: { kind: 'respond', status: 403, code: 'AccessDeniedException', message: 'not authorized to perform ebs:ListSnapshotBlocks' },
  });
  await expect(snapshots.open(GOLDEN, REGION).list(0)).rejects.toMatchObject({
    code: 'CLOUD_DENIED',
    message: 'AWS refused ebs:ListSnapshotBlocks in eu-west-1: not authorized to perform ebs:ListSnapshotBlocks',
  });
});

test('a token of another block, and one that is a week old, are refused', async () => {
  const snapshot = connected().snapshots.open(GOLDEN, REGION);
  const { blocks } = await snapshot.list(0);
  const [one, other] = blocks;
  if (!one || !other) throw new Error('the disk has too few blocks');
  await expect(snapshot.block(one.index, other.token)).rejects.toThrow('he block token is not valid');
  sandbox.clock.advance(7 * 24 * 3600 + 1);
  await expect(snapshot.block(one.index, one.token)).rejects.toThrow('he block token is not valid');
});
