import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type DescribeLaunchTemplateVersionsCommandInput,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ec2Client } from './clients.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T00:00:00Z') });
});
afterAll(() => sandbox.close());

describe('DescribeInstances', () => {
  it('answers the fields as the SDK reads them', async () => {
    const { Reservations = [] } = await ec2Client(sandbox).send(new DescribeInstancesCommand({ InstanceIds: ['i-0a11c0de000000005'] }));
    expect(Reservations.map(({ OwnerId, Instances }) => ({ OwnerId, Instances }))).toEqual([
      {
        OwnerId: '123456789012',
        Instances: [
          {
            InstanceId: 'i-0a11c0de000000005',
            ImageId: 'ami-064b0f5e3937918bf',
            InstanceType: 'm6i.xlarge',
            State: { Code: 80, Name: 'stopped' },
            LaunchTime: new Date('2026-10-03T06:00:00.000Z'),
          },
        ],
      },
    ]);
  });

  it('pages and filters', async () => {
    const Filters = [{ Name: 'instance-state-name', Values: ['running'] }];
    const sizes: number[] = [];
    for await (const page of paginateDescribeInstances({ client: ec2Client(sandbox), pageSize: 5 }, { Filters })) {
      sizes.push(page.Reservations?.length ?? 0);
    }
    expect(sizes).toEqual([5, 2]);
  });

  it('has no machine in another region, and refuses what it does not know', async () => {
    expect((await ec2Client(sandbox, 'us-east-1').send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
    await expect(ec2Client(sandbox).send(new DescribeInstancesCommand({ InstanceIds: ['i-0'] }))).rejects.toMatchObject({
      name: 'InvalidInstanceID.NotFound',
    });
    const Filters = [{ Name: 'colour', Values: ['red'] }];
    await expect(ec2Client(sandbox).send(new DescribeInstancesCommand({ Filters }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('launch templates', () => {
  const versions = async (input: DescribeLaunchTemplateVersionsCommandInput) => {
    const { LaunchTemplateVersions = [] } = await ec2Client(sandbox).send(new DescribeLaunchTemplateVersionsCommand(input));
    return LaunchTemplateVersions.map(
      ({ LaunchTemplateName, VersionNumber, DefaultVersion }) => `${LaunchTemplateName} ${VersionNumber} ${DefaultVersion}`,
    );
  };

  it('lists them', async () => {
    const { LaunchTemplates = [] } = await ec2Client(sandbox).send(
      new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['api-arm'] }),
    );
    expect(LaunchTemplates).toEqual([
      {
        LaunchTemplateId: 'lt-0a11c0de000000002',
        LaunchTemplateName: 'api-arm',
        CreateTime: new Date('2026-09-02T06:00:00.000Z'),
        CreatedBy: 'arn:aws:iam::123456789012:user/sandbox',
        DefaultVersionNumber: 1,
        LatestVersionNumber: 2,
      },
    ]);
    expect((await ec2Client(sandbox).send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates).toHaveLength(3);
  });

  it('answers versions of one template, and the default and latest ones of all', async () => {
    expect(await versions({ LaunchTemplateName: 'web' })).toEqual(['web 1 false', 'web 2 true']);
    expect(await versions({ LaunchTemplateId: 'lt-0a11c0de000000001', Versions: ['1'] })).toEqual(['web 1 false']);
    expect(await versions({ Versions: ['$Latest', '$Default'] })).toEqual([
      'web 2 true',
      'api-arm 1 true',
      'api-arm 2 false',
      'bastion 1 true',
    ]);
    expect(await versions({ Versions: ['$Default'], Filters: [{ Name: 'image-id', Values: ['ami-0e31061011ea178ca'] }] })).toEqual([
      'api-arm 1 true',
    ]);
  });

  it('refuses numbers without a template, no versions at all, and what does not exist', async () => {
    await expect(versions({ Versions: ['1'] })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(versions({})).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(versions({ LaunchTemplateName: 'web', Versions: ['9'] })).rejects.toMatchObject({
      name: 'InvalidLaunchTemplateId.VersionNotFound',
    });
    await expect(versions({ LaunchTemplateName: 'nope' })).rejects.toMatchObject({ name: 'InvalidLaunchTemplateName.NotFoundException' });
    await expect(versions({ LaunchTemplateId: 'lt-0' })).rejects.toMatchObject({ name: 'InvalidLaunchTemplateId.NotFound' });
  });
});
