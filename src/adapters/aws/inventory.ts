import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Ami, InstanceUse, TemplateUse } from '../../model/index.ts';
import type { AccountInventory } from '../../ports.ts';
import { type AwsClients, type AwsOptions, awsClients } from './clients.ts';
import { asAws } from './errors.ts';
import { toAmi } from './to-ami.ts';

/** EC2 takes at most 200 values per filter, and 200 launch templates per page; 1,000 of everything else (API reference). */
const IDS_PER_CALL = 200;
const TEMPLATES_PER_PAGE = 200;
const PER_PAGE = 1000;
const ALIVE = ['pending', 'running', 'stopping', 'stopped'];

/** What an account owns and uses, through the AWS SDK; reads only. */
export function createInventory(options: AwsOptions = {}): AccountInventory {
  const clients = awsClients(options);
  return {
    listAmis: (owners, region) => listAmis(clients, owners, region),
    instances: (imageIds, region) => instances(clients, imageIds, region),
    launchTemplates: (region) => launchTemplates(clients, region),
  };
}

async function listAmis(clients: AwsClients, owners: readonly string[], region: string): Promise<readonly Ami[]> {
  return asAws({ doing: 'list AMIs', action: 'ec2:DescribeImages', region }, async () => {
    const { paginateDescribeImages } = await import('./sdk-ec2.ts');
    const query = { Owners: [...owners], IncludeDeprecated: true, IncludeDisabled: true };
    const amis: Ami[] = [];
    for await (const page of paginateDescribeImages({ client: await clients.ec2(region), pageSize: PER_PAGE }, query)) {
      amis.push(...(page.Images ?? []).map((image) => toAmi(image, region, image.PublicSsmParameterName)));
    }
    return amis;
  });
}

async function instances(clients: AwsClients, imageIds: readonly string[], region: string): Promise<readonly InstanceUse[]> {
  const unique = [...new Set(imageIds)];
  return asAws({ doing: 'list instances', action: 'ec2:DescribeInstances', region }, async () => {
    const client = await clients.ec2(region);
    const found: InstanceUse[] = [];
    // One batch after the other: EC2 throttles an account's DescribeInstances as a whole.
    for (let start = 0; start < unique.length; start += IDS_PER_CALL) {
      found.push(...(await instancesOf(client, unique.slice(start, start + IDS_PER_CALL))));
    }
    return found;
  });
}

/** The instances made from these AMIs that are not terminated. */
export async function instancesOf(client: EC2Client, imageIds: string[]): Promise<readonly InstanceUse[]> {
  const { paginateDescribeInstances } = await import('./sdk-ec2.ts');
  const filters = [
    { Name: 'image-id', Values: imageIds },
    { Name: 'instance-state-name', Values: ALIVE },
  ];
  const found: InstanceUse[] = [];
  for await (const page of paginateDescribeInstances({ client, pageSize: PER_PAGE }, { Filters: filters })) {
    const listed = (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    found.push(
      ...listed.map(({ InstanceId = '', ImageId = '', InstanceType = '' }) => ({ id: InstanceId, imageId: ImageId, type: InstanceType })),
    );
  }
  return found;
}

/** All templates of a region in one walk, since a filter by AMI would still page through all of them. */
async function launchTemplates(clients: AwsClients, region: string): Promise<readonly TemplateUse[]> {
  return asAws({ doing: 'list launch templates', action: 'ec2:DescribeLaunchTemplateVersions', region }, async () => {
    const { paginateDescribeLaunchTemplateVersions } = await import('./sdk-ec2.ts');
    const query = { Versions: ['$Default', '$Latest'] };
    const found: TemplateUse[] = [];
    const pages = paginateDescribeLaunchTemplateVersions({ client: await clients.ec2(region), pageSize: TEMPLATES_PER_PAGE }, query);
    for await (const page of pages) {
      found.push(
        ...(page.LaunchTemplateVersions ?? []).flatMap(({ LaunchTemplateName = '', LaunchTemplateData }) =>
          LaunchTemplateData?.ImageId === undefined ? [] : [{ template: LaunchTemplateName, image: LaunchTemplateData.ImageId }],
        ),
      );
    }
    return found;
  });
}
