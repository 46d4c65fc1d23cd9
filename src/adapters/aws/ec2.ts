import type { EC2Client } from '@aws-sdk/client-ec2';
import { type Ami, type AmiSource, type AncestorRef, nextAncestor } from '../../model/index.ts';
import type { Ec2 } from '../../ports.ts';
import { memoise } from '../memoise.ts';
import { type AwsClients, type AwsOptions, awsClients } from './clients.ts';
import { attempt, clientFor, describe, describeAmis } from './describe-images.ts';
import { asAws, awsErrorName } from './errors.ts';
import { findAmis } from './find-amis.ts';
import { newestFirst, queryFor, type Search } from './search.ts';
import { resolveParameter } from './ssm.ts';
import { toAmi } from './to-ami.ts';

/** Reads AMIs through the AWS SDK. Answers are remembered for the life of the adapter, that is, one run. */
export function createEc2(options: AwsOptions = {}): Ec2 {
  const clients = awsClients(options);
  return {
    findAmi: memoise((source: AmiSource) => findAmi(clients, source)),
    findAmis: (sources: readonly AmiSource[]) => findAmis(clients, sources),
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
async function newest(client: EC2Client, source: Search): Promise<Ami | undefined> {
  const query = queryFor(source, [source.name]);
  return asAws(attempt(source.region), async () => {
    const current = await describe(client, query);
    const images = current.length > 0 ? current : await describe(client, { ...query, IncludeDeprecated: true });
    const [image] = [...images].sort(newestFirst);
    return image && toAmi(image, source.region);
  });
}

/** GetImageAncestry is young: older partitions and endpoints refuse it, as do policies that were written before it. There the AMIs tell by themselves. */
async function lineage(clients: AwsClients, id: string, region: string): Promise<readonly AncestorRef[] | undefined> {
  const { GetImageAncestryCommand } = await import('./sdk-ec2.ts');
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
