import type { DescribeImagesCommandInput, EC2Client, Image } from '@aws-sdk/client-ec2';
import type { Ami } from '../../model/index.ts';
import type { AwsClients } from './clients.ts';
import { asAws } from './errors.ts';
import { toAmi } from './to-ami.ts';

/** EC2 takes at most 200 values per filter (API reference, DescribeImages). */
export const VALUES_PER_FILTER = 200;

/** Ids go into a filter, since one unknown id among `ImageIds` fails the whole call. */
export async function describeAmis(clients: AwsClients, ids: readonly string[], region: string): Promise<readonly Ami[]> {
  const batches = inBatches([...new Set(ids)], VALUES_PER_FILTER);
  const client = await clientFor(clients, region);
  return asAws(attempt(region), async () => {
    const found = await Promise.all(
      batches.map((batch) => describe(client, { Filters: [{ Name: 'image-id', Values: [...batch] }], IncludeDeprecated: true })),
    );
    return found.flat().map((image) => toAmi(image, region));
  });
}

export function inBatches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Every page of an answer. */
export async function describe(client: EC2Client, query: DescribeImagesCommandInput): Promise<readonly Image[]> {
  const { paginateDescribeImages } = await import('./sdk-ec2.ts');
  // MaxResults may not be combined with ImageIds.
  const paging = query.ImageIds ? { client } : { client, pageSize: 1000 };
  const images: Image[] = [];
  for await (const page of paginateDescribeImages(paging, query)) images.push(...(page.Images ?? []));
  return images;
}

/** A region that cannot be part of a host name fails as soon as the client is made. */
export function clientFor(clients: AwsClients, region: string): Promise<EC2Client> {
  return asAws(attempt(region), () => clients.ec2(region));
}

/** What is tried, for messages of failures. */
export function attempt(region: string) {
  return { doing: 'describe AMIs', action: 'ec2:DescribeImages', region };
}
