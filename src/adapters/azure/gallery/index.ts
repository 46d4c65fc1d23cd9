import type { GalleryRef, Tags } from '../../../model/index.ts';
import type { Gallery } from '../../../ports.ts';
import { shareInFlight } from '../../in-flight.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { copyVersion } from './copy-version.ts';
import { createDefinition, listDefinitions, readDefinition } from './definitions.ts';
import { replicate } from './replicate.ts';
import { toVersion } from './to-version.ts';
import { listVersions, readVersion, removeVersion, setVersion } from './versions.ts';

/** Azure Compute Gallery through `@azure/arm-compute`. */
export function createGallery(connection: AzureConnection): Gallery {
  // The images of a fleet share a gallery and ask for it at the same moment.
  const ensure = shareInFlight((ref: GalleryRef, location: string, tags: Tags) => ensureGallery(connection, ref, location, tags));
  return {
    ensureGallery: ({ subscription, resourceGroup, gallery }, location, tags) =>
      ensure({ subscription, resourceGroup, gallery }, location, tags),
    definition: (ref) => readDefinition(connection, ref),
    definitions: (ref) => listDefinitions(connection, ref),
    createDefinition: (ref, definition, location, tags) => createDefinition(connection, ref, definition, location, tags),
    versions: (ref) => listVersions(connection, ref),
    version: async (ref) => {
      const found = await readVersion(connection, ref);
      return found && toVersion(found);
    },
    replicate: (ref, regions, wait) => replicate(connection, ref, regions, wait),
    setVersion: (ref, change) => setVersion(connection, ref, change),
    copyVersion: (from, to, copy, wait) => copyVersion(connection, from, to, copy, wait),
    removeVersion: (ref) => removeVersion(connection, ref),
  };
}

/** Gallery names are unique in a subscription: what exists under this name in the group is the one that is meant, wherever it is. */
async function ensureGallery(connection: AzureConnection, ref: GalleryRef, location: string, tags: Tags): Promise<'created' | 'existed'> {
  const { galleries } = await connection.compute(ref.subscription);
  const existing = await unlessMissing(attempt('read', ref), () => galleries.get(ref.resourceGroup, ref.gallery));
  if (existing) return 'existed';
  await asAzure(attempt('write', ref), async () => {
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    const making = galleries.createOrUpdate(ref.resourceGroup, ref.gallery, { location, tags: { ...tags } }, options);
    await making.pollUntilDone(cancellable(connection.signal));
  });
  return 'created';
}

function attempt(verb: 'read' | 'write', { subscription, resourceGroup, gallery }: GalleryRef): AzureAttempt {
  return {
    doing: `${verb === 'read' ? 'read' : 'create'} the gallery ${gallery}`,
    action: `Microsoft.Compute/galleries/${verb}`,
    scope: groupId(subscription, resourceGroup),
  };
}
