import { createGallery } from '../../../src/adapters/azure/gallery/index.ts';
import type { ExistingVersion } from '../../../src/model/index.ts';
import { answering, type List, type Named, REF, type Replay, replay, same, succeeded } from './replay.ts';

interface Definition extends Named {
  readonly properties: { readonly identifier: object };
}

interface Version extends Named {
  readonly properties: {
    readonly provisioningState: string;
    readonly publishingProfile?: { readonly targetRegions?: readonly { readonly name: string; readonly regionalReplicaCount?: number }[] };
    readonly replicationStatus?: { readonly summary?: readonly { readonly region: string; readonly progress: number }[] };
  };
}

/**
 * Azure Compute Gallery. Its answers to writes have the shape of its answers to reads, so that both are read: as of a change that is through, and with the id that
 * an answer to a read always has (ARM's resource provider contract). EnableCommunityGallery shows what is asked, and no answer.
 */
export const GALLERY: readonly Replay[] = [
  replay(
    /^Gallery_(Get|Create|Update)/,
    (body) => gallery(succeeded(body)).ensureGallery(REF, 'westus', {}),
    (words) => same(words, 'existed'),
  ),
  replay(
    /^GalleryImage_(Get|Create|Update)/,
    (body) => gallery(body).definition(REF),
    (words, { name, location, properties }: Definition) =>
      same([words?.name, words?.location, words?.identifier], [name, slug(location), properties.identifier]),
  ),
  replay(/^GalleryImageVersion_(Get|Create|Update)/, (body) => gallery(body).version(REF), checkVersion),
  replay(
    /^GalleryImageVersion_ListByGalleryImage/,
    (body) => gallery(body).versions(REF),
    (words, { value }: List<Version>) => {
      same(words.length, value.length);
      for (const [index, version] of value.entries()) checkVersion(words[index], version);
    },
  ),
];

function gallery(body: unknown) {
  return createGallery(answering(identified(body)).connection);
}

function identified(body: unknown): unknown {
  return typeof body !== 'object' || body === null || 'value' in body ? body : { id: '/of/the/example', ...body };
}

function checkVersion(words: ExistingVersion | undefined, { name, location, properties }: Version): void {
  const regions = properties.publishingProfile?.targetRegions ?? [];
  const summary = properties.replicationStatus?.summary ?? [];
  same([words?.name, words?.location, words?.provisioningState], [name, slug(location), properties.provisioningState]);
  same(
    words?.targetRegions.map((region) => [region.name, region.replicas]),
    regions.map((region) => [slug(region.name), region.regionalReplicaCount ?? 1]),
  );
  same(
    words?.replication.map((region) => [region.name, region.progress]),
    summary.map(({ region, progress }) => [slug(region), progress]),
  );
}

function slug(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
