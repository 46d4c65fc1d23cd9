import {
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeRegionsCommand,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import seeds from '../../../src/sandbox/world/amis.json' with { type: 'json' };
import { ec2Client } from './clients.ts';

const WEB = 'ami-064b0f5e3937918bf';
const UBUNTU = 'ami-0a29fcd957159f835';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T00:00:00Z') });
});
afterAll(() => sandbox.close());

async function images(input: DescribeImagesCommandInput, region?: string) {
  const { Images = [] } = await ec2Client(sandbox, region).send(new DescribeImagesCommand(input));
  return Images;
}

async function names(input: DescribeImagesCommandInput, region?: string) {
  return (await images(input, region)).map((image) => image.Name);
}

async function refusal(input: DescribeImagesCommandInput, region?: string) {
  return images(input, region).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : error),
  );
}

describe('DescribeImages', () => {
  it('answers every field of a golden AMI as the SDK reads it', async () => {
    const seed = seeds.amis.find((ami) => ami.ids['eu-west-1'] === WEB);
    expect(await images({ ImageIds: [WEB] })).toEqual([{ ...seed?.image, ImageId: WEB }]);
  });

  it('carries hostile names, tags and descriptions unchanged', async () => {
    const hostile = seeds.amis.find((ami) => ami.image.Name.startsWith('${env('));
    const [found] = await images({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['${env("PATH")}"; rm -rf / #'] }] });
    expect({ name: found?.Name, description: found?.Description, tags: found?.Tags }).toEqual({
      name: hostile?.image.Name,
      description: hostile?.image.Description,
      tags: hostile?.image.Tags,
    });
  });

  it('shows what the account owns, shares and what is public, and hides what is not', async () => {
    expect(await names({ Owners: ['309956199498'] })).toEqual([
      'RHEL-9.4.0_HVM-20260804-x86_64-0-Hourly2-GP3',
      'RHEL-9.4.0_HVM-20260804-x86_64-0-Access2-GP3',
    ]);
    expect(await names({ ExecutableUsers: ['self'] })).toEqual(['RHEL-9.4.0_HVM-20260804-x86_64-0-Access2-GP3']);
  });

  it('finds two images of one name, the owner tells them apart', async () => {
    const filter = [{ Name: 'name', Values: ['web-golden-2026-10-01'] }];
    expect((await images({ Filters: filter })).map((image) => image.OwnerId)).toEqual(['123456789012', '210987654321']);
    expect((await images({ Filters: filter, Owners: ['self'] })).map((image) => image.ImageId)).toEqual([WEB]);
  });

  it('takes wildcards, tags and several filters', async () => {
    const name = { Name: 'name', Values: ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-*-server-????????'] };
    expect(await names({ Filters: [name, { Name: 'architecture', Values: ['arm64'] }] })).toEqual([
      'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260915',
    ]);
    expect(await names({ Filters: [{ Name: 'tag:team', Values: ['web', 'api'] }] })).toEqual(['web-golden-2026-10-01', 'api-golden-arm64']);
    expect(await names({ Filters: [{ Name: 'block-device-mapping.volume-size', Values: ['100'] }] })).toEqual(['web-golden-2026-10-01']);
  });

  it('leaves deprecated AMIs out unless they are asked for', async () => {
    const amazonLinux2 = { Owners: ['amazon'], Filters: [{ Name: 'name', Values: ['amzn2-*'] }] };
    expect(await names(amazonLinux2)).toEqual([]);
    expect(await names({ ...amazonLinux2, IncludeDeprecated: true })).toEqual(['amzn2-ami-kernel-5.10-hvm-2.0.20260622.0-x86_64-gp2']);
    expect(await names({ ImageIds: ['ami-0fc756f12c1bf00d7'] })).toEqual(['amzn2-ami-kernel-5.10-hvm-2.0.20260622.0-x86_64-gp2']);
  });

  it('gives pages that add up to everything', async () => {
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateDescribeImages({ client: ec2Client(sandbox), pageSize: 10 }, {})) {
      pages.push((page.Images ?? []).map((image) => image.ImageId));
    }
    expect(pages.map((page) => page.length)).toEqual([10, 10, 2]);
    expect(pages.flat()).toEqual((await images({})).map((image) => image.ImageId));
  });

  it('keeps regions apart', async () => {
    expect(await refusal({ ImageIds: [UBUNTU] }, 'us-east-1')).toBe(`InvalidAMIID.NotFound: The image id '[${UBUNTU}]' does not exist`);
    expect(await names({ Owners: ['self'] }, 'us-east-1')).toEqual([]);
    expect(await names({ Owners: ['137112412989'] }, 'us-east-1')).toHaveLength(2);
  });

  it.each([
    [{ ImageIds: ['ami-0123456789abcdef0'] }, "InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist"],
    [{ ImageIds: ['<ami> & "x"'] }, 'InvalidAMIID.Malformed: Invalid id: "<ami> & "x""'],
    [{ Filters: [{ Name: 'colour', Values: ['blue'] }] }, "InvalidParameterValue: The filter 'colour' is invalid"],
    [
      { MaxResults: 5000 },
      'InvalidParameterValue: Value ( 5000 ) for parameter maxResults is invalid. Expecting a value between 1 and 1000.',
    ],
    [{ Owners: ['nobody'] }, 'InvalidUserID.Malformed: Invalid user id: "nobody"'],
  ])('refuses %j', async (input, message) => {
    expect(await refusal(input)).toBe(message);
  });

  it('knows no region of a wrong name', async () => {
    expect(await refusal({}, 'eu-west-9')).toBe("AuthFailure: Credential should be scoped to a valid region, not 'eu-west-9'");
  });

  it('answers a throttled request in the words of EC2', async () => {
    sandbox.faults.add({
      match: { body: 'Action=DescribeImages' },
      effect: { kind: 'respond', status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
    });
    expect(await refusal({})).toBe('RequestLimitExceeded: Request limit exceeded.');
    expect(await names({ ImageIds: [WEB] })).toEqual(['web-golden-2026-10-01']);
  });
});

describe('DescribeRegions', () => {
  it('lists enabled regions, or all', async () => {
    const client = ec2Client(sandbox);
    const { Regions: enabled = [] } = await client.send(new DescribeRegionsCommand({}));
    const { Regions: all = [] } = await client.send(new DescribeRegionsCommand({ AllRegions: true }));
    expect(enabled).toContainEqual({
      RegionName: 'eu-west-1',
      Endpoint: 'ec2.eu-west-1.amazonaws.com',
      OptInStatus: 'opt-in-not-required',
    });
    expect([enabled.length, all.length]).toEqual([17, 29]);
  });
});
