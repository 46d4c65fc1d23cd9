import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEc2 } from '../../../src/adapters/aws/ec2.ts';
import type { Ec2 } from '../../../src/ports.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';

const NOBLE = 'ami-0a29fcd957159f835';
/** Made from it. */
const GOLDEN = 'ami-064b0f5e3937918bf';
const NOBLE_NAME = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260915';
const PARAMETER = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function connected(): { readonly ec2: Ec2; readonly requests: string[] } {
  const requests: string[] = [];
  const options = { endpoint: sandbox.endpoints.ec2, ca: sandbox.caPem, credentials: CREDENTIALS, maxAttempts: 1 };
  return { ec2: createEc2({ ...options, onRequest: (name) => requests.push(name) }), requests };
}

test('finds an AMI by id, asking once for the same id', async () => {
  const { ec2, requests } = connected();
  const source = { kind: 'ami', id: NOBLE, region: 'eu-west-1' } as const;
  const [one, other] = await Promise.all([ec2.findAmi(source), ec2.findAmi({ ...source })]);
  expect(one).toMatchObject({ id: NOBLE, region: 'eu-west-1', name: NOBLE_NAME, architecture: 'x86_64', bootMode: 'uefi-preferred' });
  expect(other).toBe(one);
  expect(requests).toEqual(['DescribeImagesCommand']);
});

test.each(['ami-0123456789abcdef0', 'ami-xyz', '"; rm -rf / #'])('there is no AMI %s', async (id) => {
  const { ec2 } = connected();
  expect(await ec2.findAmi({ kind: 'ami', id, region: 'eu-west-1' })).toBeUndefined();
});

test('a search takes the newest by creation date, of the wanted architecture', async () => {
  const { ec2 } = connected();
  const search = { kind: 'search', owner: '099720109477', name: 'ubuntu/images/*noble-24.04*', region: 'eu-west-1' } as const;
  expect((await ec2.findAmi({ ...search, architecture: 'x86_64' }))?.id).toBe(NOBLE);
  expect((await ec2.findAmi({ ...search, architecture: 'arm64' }))?.architecture).toBe('arm64');
});

test('a search that nothing matches asks again for deprecated AMIs and finds nothing', async () => {
  const { ec2, requests } = connected();
  const search = { kind: 'search', owner: '099720109477', name: '${env("PATH")}*', region: 'eu-west-1' } as const;
  expect(await ec2.findAmi(search)).toBeUndefined();
  expect(requests).toEqual(['DescribeImagesCommand', 'DescribeImagesCommand']);
});

test('an SSM parameter leads to its AMI and is kept with it', async () => {
  const { ec2, requests } = connected();
  expect(await ec2.findAmi({ kind: 'ssm', parameter: PARAMETER, region: 'eu-west-1' })).toMatchObject({
    id: NOBLE,
    ssmParameter: PARAMETER,
  });
  expect(requests).toEqual(['GetParameterCommand', 'DescribeImagesCommand']);
  expect(await ec2.findAmi({ kind: 'ssm', parameter: '/no/such', region: 'eu-west-1' })).toBeUndefined();
});

test('a thousand ids cost five calls, and unknown ones are left out', async () => {
  const { ec2, requests } = connected();
  const unknown = Array.from({ length: 999 }, (_, index) => `ami-${index.toString(16).padStart(17, '0')}`);
  const found = await ec2.describeAmis([NOBLE, ...unknown, NOBLE], 'eu-west-1');
  expect(found.map(({ id }) => id)).toEqual([NOBLE]);
  expect(requests).toHaveLength(5);
});

test('nothing is asked about no ids', async () => {
  const { ec2, requests } = connected();
  expect(await ec2.describeAmis([], 'eu-west-1')).toEqual([]);
  expect(requests).toEqual([]);
});

test.each(['eu-nowhere-1', 'a b', '../x'])('the region %s does not exist', async (region) => {
  const { ec2 } = connected();
  await expect(ec2.findAmi({ kind: 'ami', id: NOBLE, region })).rejects.toMatchObject({
    code: 'REGION_UNKNOWN',
    message: `could not describe AMIs: there is no AWS region ${JSON.stringify(region)}, or it has no address here`,
    hint: expect.stringContaining('source.region'),
  });
});

test('a throttled request is said to be throttled', async () => {
  const { ec2 } = connected();
  sandbox.faults.add({
    match: { body: 'DescribeImages' },
    effect: { kind: 'respond', status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
  });
  await expect(ec2.findAmi({ kind: 'ami', id: NOBLE, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'CLOUD_THROTTLED' });
});

test('nobody answers', async () => {
  const ec2 = createEc2({ endpoint: 'https://127.0.0.1:9', credentials: CREDENTIALS, maxAttempts: 1 });
  await expect(ec2.findAmi({ kind: 'ami', id: NOBLE, region: 'eu-west-1' })).rejects.toMatchObject({ code: 'CLOUD_UNREACHABLE' });
});

test('no credential is found', async () => {
  const credentials = () =>
    Promise.reject(Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }));
  const ec2 = createEc2({ endpoint: sandbox.endpoints.ec2, ca: sandbox.caPem, credentials, maxAttempts: 1 });
  await expect(ec2.findAmi({ kind: 'ami', id: NOBLE, region: 'eu-west-1' })).rejects.toMatchObject({
    code: 'CREDENTIALS_MISSING',
    hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
  });
});

test('a deprecated AMI is found where there is no other', async () => {
  const later = await startSandbox({ start: new Date('2040-01-01T00:00:00Z') });
  const options = { endpoint: later.endpoints.ec2, ca: later.caPem, credentials: CREDENTIALS, maxAttempts: 1 };
  const source = { kind: 'search', owner: '099720109477', name: NOBLE_NAME, region: 'eu-west-1' } as const;
  const found = await createEc2(options).findAmi(source);
  await later.close();
  expect(found?.id).toBe(NOBLE);
});

test('the line of an AMI comes from GetImageAncestry, nearest first', async () => {
  const xml = `<GetImageAncestryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><imageAncestryEntrySet>
    <item><imageId>ami-a</imageId><sourceImageId>ami-b</sourceImageId><sourceImageRegion>us-east-1</sourceImageRegion></item>
    <item><imageId>ami-b</imageId><sourceImageId>ami-c</sourceImageId></item>
    <item><imageId>ami-c</imageId></item></imageAncestryEntrySet></GetImageAncestryResponse>`;
  const handle = async () => ({ response: { statusCode: 200, headers: {}, body: Readable.from([xml]) } });
  const told = createEc2({ credentials: CREDENTIALS, requestHandler: { handle } as never });
  expect(await told.lineage('ami-a', 'eu-west-1')).toEqual([
    { id: 'ami-b', region: 'us-east-1' },
    { id: 'ami-c', region: 'eu-west-1' },
  ]);
});

test('where EC2 refuses GetImageAncestry, each AMI tells what it was made from, and one that names none is unknown', async () => {
  const { ec2 } = connected();
  expect(await ec2.lineage(GOLDEN, 'eu-west-1')).toEqual([{ id: NOBLE, region: 'eu-west-1' }]);
  expect([await ec2.lineage(NOBLE, 'eu-west-1'), await ec2.lineage('ami-0000000000000000f', 'eu-west-1')]).toEqual([undefined, undefined]);
});

test('many sources cost as few requests as EC2 allows, and lead to what each leads to by itself', async () => {
  const { ec2, requests } = connected();
  const own = { kind: 'search', owner: '123456789012', region: 'eu-west-1' } as const;
  const sources = [
    { kind: 'ami', id: NOBLE, region: 'eu-west-1' },
    { ...own, name: 'web-golden-*' },
    { ...own, name: 'no-such-*' },
    { ...own, name: '?pi-golden-arm64*', architecture: 'arm64' },
    { ...own, name: 'web-golden-????-??-??' },
    { ...own, name: '\\*' },
    { kind: 'ssm', parameter: PARAMETER, region: 'eu-west-1' },
    { kind: 'ssm', parameter: '/no/such', region: 'eu-west-1' },
    { kind: 'ami', id: 'ami-0123456789abcdef0', region: 'eu-west-1' },
    { kind: 'ami', id: NOBLE, region: 'no such region' },
  ] as const;
  const found = await ec2.findAmis(sources);
  expect(requests.toSorted()).toEqual([...Array(3).fill('DescribeImagesCommand'), 'GetParameterCommand', 'GetParameterCommand']);
  const alone = await Promise.all(sources.map((source) => ec2.findAmi(source).catch(() => undefined)));
  expect(found).toEqual(alone);
  expect(found.map((ami) => ami !== undefined)).toEqual([true, true, false, true, true, false, true, false, false, false]);
});

test('a thousand names of one owner are looked for in five requests', async () => {
  const { ec2, requests } = connected();
  const names = ['web-golden-*', ...Array.from({ length: 999 }, (_, index) => `app-${index}-*`)];
  const found = await ec2.findAmis(names.map((name) => ({ kind: 'search', owner: '123456789012', name, region: 'eu-west-1' })));
  expect([requests.length, found.filter((ami) => ami !== undefined).map((ami) => ami?.id)]).toEqual([5, [GOLDEN]]);
});
