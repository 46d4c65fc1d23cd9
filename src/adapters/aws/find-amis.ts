import { type Ami, type AmiSource, type AncestorRef, matchesWildcard } from '../../model/index.ts';
import type { AwsClients } from './clients.ts';
import { clientFor, describe, describeAmis, inBatches, VALUES_PER_FILTER } from './describe-images.ts';
import { newestFirst, queryFor, type Search } from './search.ts';
import { resolveParameter } from './ssm.ts';
import { toAmi } from './to-ami.ts';

/** Ids, those behind SSM parameters too, and names of one owner go into one request up to the limit of a filter. What failed is left to `findAmi`. */
export async function findAmis(clients: AwsClients, sources: readonly AmiSource[]): Promise<readonly (Ami | undefined)[]> {
  const named = await Promise.all(sources.map((source) => idOf(clients, source).catch(() => undefined)));
  const refs = named.flatMap((id, index) => (id === undefined ? [] : [{ id, region: sources[index]?.region ?? '' }]));
  const searches = sources.filter((source) => source.kind === 'search');
  const [described, searched] = await Promise.all([describeRefs(clients, refs), searchAll(clients, searches)]);
  return sources.map((source, index) => {
    if (source.kind === 'search') return searched.get(source);
    const ami = described.get(`${source.region}/${named[index]}`);
    return ami && source.kind === 'ssm' ? { ...ami, ssmParameter: source.parameter } : ami;
  });
}

async function idOf(clients: AwsClients, source: AmiSource): Promise<string | undefined> {
  if (source.kind === 'ssm') return resolveParameter(clients, source.parameter, source.region);
  return source.kind === 'ami' ? source.id : undefined;
}

async function describeRefs(clients: AwsClients, refs: readonly AncestorRef[]): Promise<ReadonlyMap<string, Ami>> {
  const regions = [...Map.groupBy(refs, ({ region }) => region)];
  const found = await Promise.all(
    regions.map(([region, some]) =>
      describeAmis(
        clients,
        some.map(({ id }) => id),
        region,
      ).catch(() => []),
    ),
  );
  return new Map(found.flat().map((ami) => [`${ami.region}/${ami.id}`, ami]));
}

async function searchAll(clients: AwsClients, searches: readonly Search[]): Promise<ReadonlyMap<Search, Ami>> {
  const alike = Map.groupBy(searches, ({ region, owner, architecture }) => JSON.stringify([region, owner, architecture]));
  const batches = [...alike.values()].flatMap((some) => inBatches(some, VALUES_PER_FILTER));
  const found = await Promise.all(batches.map((batch) => searchTogether(clients, batch).catch(() => [])));
  return new Map(found.flat());
}

/** The newest match of each name, of searches that differ in nothing else; one that matches nothing current is left out. */
async function searchTogether(clients: AwsClients, searches: readonly Search[]): Promise<readonly (readonly [Search, Ami])[]> {
  const [first] = searches;
  if (first === undefined) return [];
  const images = await describe(
    await clientFor(clients, first.region),
    queryFor(
      first,
      searches.map(({ name }) => name),
    ),
  );
  const sorted = images.toSorted(newestFirst);
  return searches.flatMap((search) => {
    const image = sorted.find(({ Name = '' }) => matchesWildcard(search.name, Name));
    return image ? [[search, toAmi(image, search.region)] as const] : [];
  });
}
