import type { Gallery as AzureGallery } from '@azure/arm-compute';
import type { GalleryRef, GallerySettings, Tags } from '../../../model/index.ts';
import type { Gallery } from '../../../ports.ts';
import { shareInFlight } from '../../in-flight.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { copyVersion } from './copy-version.ts';
import { createDefinition, listDefinitions, readDefinition, settleDefinition } from './definitions.ts';
import { replicate } from './replicate.ts';
import { settle } from './settle.ts';
import { fromSharing, readReaders, share, toSharing } from './share.ts';
import { toVersion } from './to-version.ts';
import { listVersions, readVersion, removeVersion, setVersion } from './versions.ts';

/** Azure Compute Gallery through `@azure/arm-compute`. */
export function createGallery(connection: AzureConnection): Gallery {
  // The images of a fleet share a gallery and ask for it at the same moment.
  const ensure = shareInFlight((ref: GalleryRef, location: string, tags: Tags, settings?: GallerySettings) =>
    ensureGallery(connection, ref, { location, tags, settings }),
  );
  return {
    ensureGallery: ({ subscription, resourceGroup, gallery }, location, tags, settings) =>
      ensure({ subscription, resourceGroup, gallery }, location, tags, settings),
    settings: async (ref) => {
      const found = await readGallery(connection, ref, { expand: 'SharingProfile/Groups' });
      if (!found) return undefined;
      const { location, softDeletePolicy, sharingProfile } = found;
      return { location, softDelete: softDeletePolicy?.isSoftDeleteEnabled ?? false, sharing: toSharing(sharingProfile) };
    },
    setSettings: (ref, settings) => setSettings(connection, ref, settings),
    readers: (ref) => readReaders(connection, ref),
    share: (ref, change) => share(connection, ref, change),
    definition: (ref) => readDefinition(connection, ref),
    definitions: (ref) => listDefinitions(connection, ref),
    settleDefinition: (ref) => settleDefinition(connection, ref),
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
async function ensureGallery(connection: AzureConnection, ref: GalleryRef, wanted: Wanted): Promise<'created' | 'existed'> {
  const existing = await settle<AzureGallery>(connection, {
    what: `the change of the gallery ${ref.gallery}`,
    reading: attempt('read', ref),
    look: () => readGallery(connection, ref),
    again: (gallery) => writeGallery(connection, ref, gallery),
  });
  if (existing) return 'existed';
  const { location, tags, settings } = wanted;
  await writeGallery(connection, ref, {
    location,
    tags: { ...tags },
    ...(settings && toPolicy(settings)),
    ...fromSharing(settings?.sharing),
  });
  return 'created';
}

async function writeGallery(connection: AzureConnection, ref: GalleryRef, body: AzureGallery): Promise<void> {
  await asAzure(attempt('create', ref), async () => {
    const { galleries } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    await galleries.createOrUpdate(ref.resourceGroup, ref.gallery, body, options).pollUntilDone(cancellable(connection.signal));
  });
}

/** A gallery that is made. */
interface Wanted {
  readonly location: string;
  readonly tags: Tags;
  readonly settings: GallerySettings | undefined;
}

async function readGallery(
  connection: AzureConnection,
  ref: GalleryRef,
  options: { readonly expand?: 'SharingProfile/Groups' } = {},
): Promise<AzureGallery | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { galleries } = await connection.compute(ref.subscription);
    return galleries.get(ref.resourceGroup, ref.gallery, options);
  });
}

async function setSettings(connection: AzureConnection, ref: GalleryRef, settings: Pick<GallerySettings, 'softDelete'>): Promise<void> {
  await asAzure(attempt('change', ref), async () => {
    const { galleries } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(connection.signal) };
    await galleries.update(ref.resourceGroup, ref.gallery, toPolicy(settings), options).pollUntilDone(cancellable(connection.signal));
  });
}

function toPolicy({ softDelete }: GallerySettings) {
  return softDelete === undefined ? {} : { softDeletePolicy: { isSoftDeleteEnabled: softDelete } };
}

function attempt(verb: 'read' | 'create' | 'change', { subscription, resourceGroup, gallery }: GalleryRef): AzureAttempt {
  return {
    doing: `${verb} the gallery ${gallery}`,
    action: `Microsoft.Compute/galleries/${verb === 'read' ? 'read' : 'write'}`,
    scope: groupId(subscription, resourceGroup),
  };
}
