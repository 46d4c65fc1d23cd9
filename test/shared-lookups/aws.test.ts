import { describe, expect, test } from 'vitest';
import { RegildError } from '../../src/errors.ts';
import type { Ami, ImageSpec } from '../../src/model/index.ts';
import type { ContentPlace, Ec2 } from '../../src/ports.ts';
import { describingTogether } from '../../src/shared-lookups/amis.ts';
import { readingOnce } from '../../src/shared-lookups/contents.ts';
import { resolvingTogether } from '../../src/shared-lookups/resolve.ts';
import { anAmi } from '../analyze/an-ami.ts';
import { anInventory } from '../fakes/inventory.ts';
import { aSpec } from '../fakes/values.ts';

const REGION = 'eu-west-1';
const source = (id: string) => ({ kind: 'ami', id, region: REGION }) as const;
const imagesFrom = (...ids: readonly string[]) => ids.map((id, index) => aSpec({ name: `image-${index}`, source: source(id) }));

/** EC2 with these AMIs, and what it was asked. */
function ec2With(amis: readonly Ami[], { unanswered = [] as readonly string[] } = {}) {
  const asked: string[] = [];
  const known = (id: string) => amis.find((ami) => ami.id === id);
  const ec2: Ec2 = {
    findAmi: async (wanted) => {
      asked.push(`find ${wanted.kind === 'ami' ? wanted.id : wanted.kind}`);
      return wanted.kind === 'ami' ? known(wanted.id) : undefined;
    },
    findAmis: async (sources) => {
      asked.push(`find ${sources.length}`);
      return sources.map((wanted) => (wanted.kind === 'ami' ? known(wanted.id) : undefined));
    },
    describeAmis: async (ids, region) => {
      asked.push(`describe ${ids.join(' ')} in ${region}`);
      if (unanswered.includes(region)) throw new RegildError('CLOUD_DENIED', 'no');
      return ids.flatMap((id) => known(id) ?? []);
    },
    lineage: async (id) => {
      asked.push(`line of ${id}`);
      return [{ id: `line-of-${id}`, region: REGION }];
    },
  };
  return { ec2, asked };
}

const ami = (id: string, from?: string, fromRegion?: string): Ami =>
  anAmi({ id, region: REGION, sourceImageId: from, sourceImageRegion: fromRegion });

describe('what AMIs were made from', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => `ami-${index}`);
  const amis = [
    ...twenty.map((id, index) => ami(id, `ami-parent-${index % 2}`)),
    ami('ami-parent-0', 'ami-root'),
    ami('ami-parent-1', 'ami-gone'),
    ami('ami-root'),
  ];

  test('is described generation by generation, and answered from there; also that one is gone', async () => {
    const { ec2, asked } = ec2With(amis);
    const shared = describingTogether(resolvingTogether(imagesFrom(...twenty), ec2), ec2);
    const found = await Promise.all(twenty.map((id) => shared.findAmi(source(id))));
    const parents = await Promise.all(['ami-parent-0', 'ami-root', 'ami-gone'].map((id) => shared.describeAmis([id], REGION)));
    expect([found.map((each) => each?.id), parents.map((some) => some.map(({ id }) => id))]).toEqual([
      twenty,
      [['ami-parent-0'], ['ami-root'], []],
    ]);
    expect(asked).toEqual(['find 20', `describe ami-parent-0 ami-parent-1 in ${REGION}`, `describe ami-root ami-gone in ${REGION}`]);
  });

  test('in a region that does not answer, each asks for itself', async () => {
    const { ec2, asked } = ec2With([ami('ami-1', 'ami-far', 'me-central-1')], { unanswered: ['me-central-1'] });
    const shared = describingTogether(resolvingTogether(imagesFrom('ami-1'), ec2), ec2);
    await expect(shared.describeAmis(['ami-far'], 'me-central-1')).rejects.toThrow('no');
    expect(asked).toEqual(['find 1', 'describe ami-far in me-central-1', 'describe ami-far in me-central-1']);
  });

  test('an AMI that says to be made from itself, or from its own child, ends the line', async () => {
    const { ec2, asked } = ec2With([ami('ami-1', 'ami-1'), ami('ami-2', 'ami-3'), ami('ami-3', 'ami-2')]);
    const shared = describingTogether(resolvingTogether(imagesFrom('ami-1', 'ami-2'), ec2), ec2);
    expect((await shared.findAmi(source('ami-2')))?.sourceImageId).toBe('ami-3');
    expect(asked).toEqual(['find 2', `describe ami-3 in ${REGION}`]);
  });

  test('AMIs of one parent have one line behind them', async () => {
    const { ec2, asked } = ec2With([ami('ami-1', 'ami-p'), ami('ami-2', 'ami-p'), ami('ami-3', 'ami-q'), ami('ami-4')]);
    const ids = ['ami-1', 'ami-2', 'ami-3', 'ami-4'];
    const shared = describingTogether(resolvingTogether(imagesFrom(...ids), ec2), ec2);
    const lines = await Promise.all(ids.map((id) => shared.lineage(id, REGION)));
    expect(lines.map((line) => line?.map(({ id }) => id))).toEqual([
      ['line-of-ami-1'],
      ['line-of-ami-1'],
      ['line-of-ami-3'],
      ['line-of-ami-4'],
    ]);
    expect(asked.filter((what) => what.startsWith('line'))).toEqual(['line of ami-1', 'line of ami-3', 'line of ami-4']);
  });
});

describe('disks', () => {
  const withDisk = (id: string, snapshotId: string): Ami => ({
    ...ami(id),
    disks: [{ device: '/dev/sda1', kind: 'ebs', root: true, snapshotId }],
  });
  const place = (id: string, snapshot: string): ContentPlace => ({ kind: 'snapshot', ami: id, id: snapshot, region: REGION });

  async function reading(specs: readonly ImageSpec[], amis: readonly Ami[], places: readonly ContentPlace[], refusal?: RegildError) {
    const asked: string[] = [];
    const take = async (wanted: ContentPlace) => {
      asked.push('id' in wanted ? wanted.id : wanted.path);
      if (refusal) throw refusal;
      return anInventory();
    };
    const shared = readingOnce(specs, resolvingTogether(specs, ec2With(amis).ec2), { take });
    const found: string[] = [];
    for (const wanted of places)
      found.push(
        await shared.take(wanted).then(
          ({ source: { name } }) => name,
          ({ message }) => message,
        ),
      );
    return { asked, found };
  }

  test('one snapshot behind several AMIs is read once, and each is told under its own name', async () => {
    const amis = [withDisk('ami-1', 'snap-a'), withDisk('ami-2', 'snap-a'), withDisk('ami-3', 'snap-b')];
    const places = [place('ami-1', 'snap-a'), place('ami-2', 'snap-a'), place('ami-3', 'snap-b')];
    expect(await reading(imagesFrom('ami-1', 'ami-2', 'ami-3'), amis, places)).toEqual({
      asked: ['snap-a', 'snap-b'],
      found: ['ami-1 (snap-a)', 'ami-2 (snap-a)', 'ami-3 (snap-b)'],
    });
  });

  test('it is forgotten when the last image has asked, and images that want no look do not count', async () => {
    const [one, two, silent] = imagesFrom('ami-1', 'ami-1', 'ami-1');
    const specs = [one, two, { ...silent, inspect: 'never' as const }].filter((spec): spec is ImageSpec => spec !== undefined);
    const places = Array.from({ length: 3 }, () => place('ami-1', 'snap-a'));
    expect((await reading(specs, [withDisk('ami-1', 'snap-a')], places)).asked).toEqual(['snap-a', 'snap-a']);
  });

  test.each([
    ['SNAPSHOT_UNREADABLE', 1],
    ['CLOUD_DENIED', 1],
    ['FILE_INVALID', 1],
    ['CLOUD_UNREACHABLE', 3],
    ['CLOUD_THROTTLED', 3],
  ] as const)('%s: three images of one disk ask %i times', async (code, times) => {
    const places = Array.from({ length: 3 }, () => place('ami-1', 'snap-a'));
    const { asked, found } = await reading(
      imagesFrom('ami-1', 'ami-1', 'ami-1'),
      [withDisk('ami-1', 'snap-a')],
      places,
      new RegildError(code, 'no'),
    );
    expect([asked.length, found]).toEqual([times, ['no', 'no', 'no']]);
  });
});
