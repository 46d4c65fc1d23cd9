import type { DescribeImagesCommandInput, EC2Client, Image } from '@aws-sdk/client-ec2';
import { type Ami, type AmiSource, type AncestorRef, nextAncestor } from '../../model/index.ts';
import type { Ec2 } from '../../ports.ts';
import { memoise } from '../memoise.ts';
import { type AwsClients, type AwsOptions, awsClients } from './clients.ts';
import { asAws, awsErrorName } from './errors.ts';
import { resolveParameter } from './ssm.ts';
import { toAmi } from './to-ami.ts';

/** EC2 takes at most 200 values per filter (API reference, DescribeImages). */
const IDS_PER_CALL = 200;

/** Reads AMIs through the AWS SDK. Answers are remembered for the life of the adapter, that is, one run. */
export function createEc2(options: AwsOptions = {}): Ec2 {
  const clients = awsClients(options);
  return {
    findAmi: memoise((source: AmiSource) => findAmi(clients, source)),
    describeAmis: memoise((ids: readonly string[], region: string) => describeAmis(clients, ids, region)),
    lineage: memoise((id: string, region: string) => lineage(clients, id, region)),
  };
}

async function findAmi(clients: AwsClients, source: AmiSource): Promise<Ami | undefined> {
  const client = await clientFor(clients, source.region);
  switch (source.kind) {
    case 'ami':
      return byId(client, source.id, source.region);
    case 'search':
      return newest(client, source);
    case 'ssm': {
      const id = await resolveParameter(clients, source.parameter, source.region);
      return id === undefined ? undefined : byId(client, id, source.region, source.parameter);
    }
  }
}

async function byId(client: EC2Client, id: string, region: string, ssmParameter?: string): Promise<Ami | undefined> {
  try {
    const [image] = await describe(client, { ImageIds: [id], IncludeDeprecated: true });
    return image && toAmi(image, region, ssmParameter);
  } catch (error) {
    if (awsErrorName(error).startsWith('InvalidAMIID.')) return undefined;
    return asAws(attempt(region), () => Promise.reject(error));
  }
}

/** Deprecated AMIs count only when there is no other, as in the console: a publisher deprecates a bad release to take it out of searches. */
async function newest(client: EC2Client, source: Extract<AmiSource, { kind: 'search' }>): Promise<Ami | undefined> {
  const filters = [
    { Name: 'name', Values: [source.name] },
    { Name: 'state', Values: ['available'] },
    ...(source.architecture === undefined ? [] : [{ Name: 'architecture', Values: [source.architecture] }]),
  ];
  const query = { Owners: [source.owner], Filters: filters };
  return asAws(attempt(source.region), async () => {
    const current = await describe(client, query);
    const images = current.length > 0 ? current : await describe(client, { ...query, IncludeDeprecated: true });
    const [image] = [...images].sort(newestFirst);
    return image && toAmi(image, source.region);
  });
}

/** ISO dates sort as text; of two AMIs of one moment the id decides, so that two runs agree. */
function newestFirst(one: Image, other: Image): number {
  return compare(other.CreationDate, one.CreationDate) || compare(other.ImageId, one.ImageId);
}

function compare(one = '', other = ''): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Ids go into a filter, since one unknown id among `ImageIds` fails the whole call. */
async function describeAmis(clients: AwsClients, ids: readonly string[], region: string): Promise<readonly Ami[]> {
  const unique = [...new Set(ids)];
  const batches = Array.from({ length: Math.ceil(unique.length / IDS_PER_CALL) }, (_, index) =>
    unique.slice(index * IDS_PER_CALL, (index + 1) * IDS_PER_CALL),
  );
  const client = await clientFor(clients, region);
  return asAws(attempt(region), async () => {
    const found = await Promise.all(
      batches.map((batch) => describe(client, { Filters: [{ Name: 'image-id', Values: batch }], IncludeDeprecated: true })),
    );
    return found.flat().map((image) => toAmi(image, region));
  });
}

async function describe(client: EC2Client, query: DescribeImagesCommandInput): Promise<readonly Image[]> {
  const { paginateDescribeImages } = await import('@aws-sdk/client-ec2');
  // MaxResults may not be combined with ImageIds.
  const paging = query.ImageIds ? { client } : { client, pageSize: 1000 };
  const images: Image[] = [];
  for await (const page of paginateDescribeImages(paging, query)) images.push(...(page.Images ?? []));
  return images;
}

/** A region that cannot be part of a host name fails as soon as the client is made. */
function clientFor(clients: AwsClients, region: string): Promise<EC2Client> {
  return asAws(attempt(region), () => clients.ec2(region));
}

function attempt(region: string) {
  return { doing: 'describe AMIs', action: 'ec2:DescribeImages', region };
}

/** GetImageAncestry is young: older partitions and endpoints refuse it, as do policies that were written before it. There the AMIs tell by themselves. */
async function lineage(clients: AwsClients, id: string, region: string): Promise<readonly AncestorRef[] | undefined> {
  const { GetImageAncestryCommand } = await import('@aws-sdk/client-ec2');
  const client = await clients.ec2(region);
  try {
    const { ImageAncestryEntries: entries = [] } = await client.send(new GetImageAncestryCommand({ ImageId: id }));
    return entries.flatMap(({ SourceImageId, SourceImageRegion }) =>
      SourceImageId ? [{ id: SourceImageId, region: SourceImageRegion ?? region }] : [],
    );
  } catch {
    return describedLine(clients, { id, region });
  }
}

/** Each AMI names the one that it was made from; the last one that is named may be one that the account may not read. Undefined where the first names none. */
async function describedLine(clients: AwsClients, first: AncestorRef): Promise<readonly AncestorRef[] | undefined> {
  const chain: Ami[] = [];
  const line: AncestorRef[] = [];
  for (let next: AncestorRef | undefined = first; next !== undefined; next = nextAncestor(chain)) {
    if (next !== first) line.push(next);
    const [found] = await describeAmis(clients, [next.id], next.region).catch(() => []);
    if (found === undefined) break;
    chain.push(found);
  }
  return line.length === 0 ? undefined : line;
}
