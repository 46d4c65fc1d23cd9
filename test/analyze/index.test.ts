import { expect, test } from 'vitest';
import { analyze, ancestryOf } from '../../src/analyze/index.ts';
import { RegildError } from '../../src/errors.ts';
import { type Ami, Analysis, type Source } from '../../src/model/index.ts';
import type { ContentPlace } from '../../src/ports.ts';
import { fakeContext } from '../fakes/context.ts';
import { anInventory, aPackage } from '../fakes/inventory.ts';
import { aSpec } from '../fakes/values.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

/** An EC2 that knows these AMIs, and writes down what it is asked. */
function ec2Of(amis: readonly Ami[]) {
  const asked: string[] = [];
  return {
    asked,
    async findAmi(source: Source) {
      return amis.find(({ id }) => source.kind === 'ami' && id === source.id);
    },
    async describeAmis(ids: readonly string[], region: string) {
      asked.push(`${ids} ${region}`);
      return amis.filter((ami) => ids.includes(ami.id) && ami.region === region);
    },
    async lineage(): Promise<readonly { id: string; region: string }[] | undefined> {
      return undefined;
    },
  };
}

test('the analysis follows the source AMIs and is a valid artifact', async () => {
  const ubuntu = anAmi({
    id: 'ami-b',
    region: 'us-east-1',
    ownerId: '099720109477',
    name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20231207',
  });
  const golden = anAmi({ sourceImageId: 'ami-b', sourceImageRegion: 'us-east-1', productCodes: [{ id: 'x', type: 'marketplace' }] });
  const ec2 = ec2Of([golden, ubuntu]);
  const analysis = await analyze(aSpec({ inspect: 'never' }), fakeContext({ ec2 }, catalog));
  expect(Analysis.parse(analysis)).toMatchObject({ image: 'web', ami: golden, ancestry: [ubuntu], version: { value: '22.04' } });
  expect(analysis.issues.map(({ code, image }) => `${code} ${image}`)).toEqual(['VENDOR_TERMS web', 'PRODUCT_CODE_INHERITED web']);
  expect(ec2.asked).toEqual(['ami-b us-east-1']);
});

test.each<readonly [Source, string]>([
  [{ kind: 'ami', id: 'ami-0abc123', region: 'eu-west-1' }, 'no AMI ami-0abc123 in eu-west-1'],
  [
    { kind: 'search', owner: '123456789012', name: 'web-*', architecture: 'arm64', region: 'eu-west-1' },
    'no AMI of owner 123456789012 named "web-*" for arm64 in eu-west-1',
  ],
  [{ kind: 'ssm', parameter: '/aws/service/x', region: 'eu-west-1' }, 'no AMI behind the SSM parameter /aws/service/x in eu-west-1'],
])('a source that names no AMI: %j', async (source, message) => {
  const error = await analyze(aSpec({ source }), fakeContext({ ec2: ec2Of([]) }, catalog)).catch((thrown: unknown) => thrown);
  if (!(error instanceof RegildError)) throw new Error('expected a RegildError');
  expect([error.code, error.message, error.exitCode]).toEqual(['AMI_NOT_FOUND', message, 3]);
  expect(error.hint).toContain('`source.region`');
  expect(error.details).toEqual({ image: 'web', file: 'images.yaml', line: 10, column: 3 });
});

test('a loop of source AMIs ends', async () => {
  const a = anAmi({ id: 'ami-a', sourceImageId: 'ami-b' });
  const b = anAmi({ id: 'ami-b', sourceImageId: 'ami-a' });
  expect(await ancestryOf(a, ec2Of([a, b]))).toEqual([b]);
});

test('ten source AMIs are followed at most', async () => {
  const chain = Array.from({ length: 20 }, (_, index) => anAmi({ id: `ami-${index}`, sourceImageId: `ami-${index + 1}` }));
  const ancestry = await ancestryOf(anAmi({ id: 'ami-x', sourceImageId: 'ami-0' }), ec2Of(chain));
  expect(ancestry.map(({ id }) => id)).toEqual(chain.slice(0, 10).map(({ id }) => id));
});

test('an ancestor that may not be read ends the chain, a failing cloud does not pass in silence', async () => {
  const ami = anAmi({ sourceImageId: 'ami-b' });
  const failing = (code: 'CLOUD_DENIED' | 'CLOUD_UNREACHABLE') => ({
    ...ec2Of([]),
    describeAmis: () => Promise.reject(new RegildError(code, 'the cloud said no')),
  });
  expect(await ancestryOf(ami, failing('CLOUD_DENIED'))).toEqual([]);
  await expect(ancestryOf(ami, failing('CLOUD_UNREACHABLE'))).rejects.toThrow('the cloud said no');
});

test('an ancestor that may not be read is passed over where EC2 tells the rest of the line', async () => {
  const ubuntu = anAmi({ id: 'ami-c', region: 'us-east-1', ownerId: '099720109477' });
  const ami = anAmi({ sourceImageId: 'ami-b' });
  const line = [
    { id: 'ami-b', region: 'eu-west-1' },
    { id: 'ami-c', region: 'us-east-1' },
  ];
  const ec2 = { ...ec2Of([ubuntu]), lineage: async (id: string) => (id === ami.id ? line : undefined) };
  expect(await ancestryOf(ami, ec2)).toEqual([ubuntu]);
});

test("what an AMI was made from is evidence of its own additions: the disk of the nearest ancestor that is nobody else's", async () => {
  const disk = (id: string) => [{ device: '/dev/xvda', root: true, kind: 'ebs', snapshotId: id } as const];
  const golden = anAmi({ sourceImageId: 'ami-base', sourceImageRegion: 'eu-west-1', disks: disk('snap-golden') });
  const base = anAmi({ id: 'ami-base', region: 'eu-west-1', disks: disk('snap-base') });
  const contents = {
    take: async (place: ContentPlace) => {
      const name = 'id' in place ? place.id : '';
      const packages = name === 'snap-base' ? [aPackage('vim')] : [aPackage('vim'), aPackage('htop')];
      return anInventory({ source: { kind: 'snapshot', name, simulated: true }, packages });
    },
  };
  const { inventory } = await analyze(aSpec(), fakeContext({ ec2: ec2Of([golden, base]), contents }, catalog));
  expect([inventory?.source.name, inventory?.ancestor]).toEqual([
    'snap-golden',
    { source: { kind: 'snapshot', name: 'snap-base', simulated: true }, packages: [{ manager: 'deb', name: 'vim' }] },
  ]);
});
