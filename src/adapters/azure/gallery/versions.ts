import { isDeepStrictEqual } from 'node:util';
import type { GalleryImageVersion } from '@azure/arm-compute';
import type { OperationState, PollerLike } from '@azure/core-lro';
import { RegildError } from '../../../errors.ts';
import type { DefinitionRef, ExistingVersion, VersionChange, VersionRef } from '../../../model/index.ts';
import { cancellable } from '../connection/cancellable.ts';
import type { AzureConnection } from '../connection/index.ts';
import { type AzureAttempt, asAzure, isMissing, unlessMissing } from '../errors/index.ts';
import { groupId } from '../ids.ts';
import { changedVersion, toVersion } from './to-version.ts';

/** The version with its replication status, as ARM returns it; undefined when it does not exist. */
export async function readVersion(
  connection: AzureConnection,
  ref: VersionRef,
  signal?: AbortSignal,
): Promise<GalleryImageVersion | undefined> {
  return unlessMissing(versionAttempt('read', ref), async () => {
    const { galleryImageVersions } = await connection.compute(ref.subscription);
    const options = { expand: 'ReplicationStatus', ...(signal && { abortSignal: signal }) };
    return galleryImageVersions.get(ref.resourceGroup, ref.gallery, ref.definition, ref.version, options);
  });
}

/** Like `readVersion`. Throws VERSION_NOT_FOUND. */
export async function requireVersion(connection: AzureConnection, ref: VersionRef, signal?: AbortSignal): Promise<GalleryImageVersion> {
  const found = await readVersion(connection, ref, signal);
  if (found) return found;
  throw new RegildError('VERSION_NOT_FOUND', `there is no version ${ref.version} of ${ref.definition} in the gallery ${ref.gallery}`, {
    hint: 'list what there is with `regild status`',
  });
}

/** All versions of a definition, without replication status, which a list cannot carry; none when there is no such definition. */
export async function listVersions(connection: AzureConnection, ref: DefinitionRef): Promise<readonly ExistingVersion[]> {
  const listed = await unlessMissing(versionAttempt('read', { ...ref, version: '*' }), async () => {
    const { galleryImageVersions } = await connection.compute(ref.subscription);
    const all = await Array.fromAsync(galleryImageVersions.listByGalleryImage(ref.resourceGroup, ref.gallery, ref.definition));
    return all.map(toVersion);
  });
  return listed ?? [];
}

/** An update that the service has taken. It stands in an object of its own because a poller is thenable: returning it bare would wait for its end. */
export interface RunningUpdate {
  readonly operation: PollerLike<OperationState<GalleryImageVersion>, GalleryImageVersion>;
}

/** Starts to create or update a version with a complete body. */
export async function startUpdate(
  connection: AzureConnection,
  ref: VersionRef,
  body: GalleryImageVersion,
  { attempt, signal }: { readonly attempt: AzureAttempt; readonly signal?: AbortSignal | undefined },
): Promise<RunningUpdate> {
  return asAzure(attempt, async () => {
    const { galleryImageVersions } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...(signal && { abortSignal: signal }) };
    const operation = galleryImageVersions.createOrUpdate(ref.resourceGroup, ref.gallery, ref.definition, ref.version, body, options);
    await operation.submitted();
    return { operation };
  });
}

/** Changes what is given of a version, and waits; nothing is written when all of it is so already. */
export async function setVersion(connection: AzureConnection, ref: VersionRef, change: VersionChange): Promise<ExistingVersion> {
  const found = await requireVersion(connection, ref);
  const existing = toVersion(found);
  if (isAsWished(existing, change)) return existing;
  const body = changedVersion(found, change);
  const attempt = versionAttempt('update', ref);
  const { operation } = await startUpdate(connection, ref, body, { attempt, signal: connection.signal });
  return asAzure(attempt, async () => toVersion(await operation.pollUntilDone(cancellable(connection.signal))));
}

function isAsWished(
  existing: ExistingVersion,
  { excludeFromLatest, excludedRegions, tags, endOfLife, safety = {} }: VersionChange,
): boolean {
  const same = <Value>(wanted: Value | undefined, has: Value) => wanted === undefined || isDeepStrictEqual(wanted, has);
  return (
    same(excludeFromLatest, existing.excludeFromLatest) &&
    same(excludedRegions?.toSorted(), existing.excludedRegions.toSorted()) &&
    same(tags, existing.tags) &&
    (endOfLife === undefined || (existing.endOfLife !== undefined && Date.parse(endOfLife) === Date.parse(existing.endOfLife))) &&
    same(safety.blockDeletionBeforeEndOfLife, existing.safety.blockDeletionBeforeEndOfLife) &&
    same(safety.allowDeletionOfReplicatedLocations, existing.safety.allowDeletionOfReplicatedLocations)
  );
}

/** Deletes a version and waits; one that does not exist is fine. */
export async function removeVersion(connection: AzureConnection, ref: VersionRef): Promise<void> {
  await asAzure(versionAttempt('delete', ref), async () => {
    const { galleryImageVersions } = await connection.compute(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds };
    try {
      await galleryImageVersions.delete(ref.resourceGroup, ref.gallery, ref.definition, ref.version, options);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  });
}

/** What is being done to a version, for messages and hints. */
export function versionAttempt(verb: 'read' | 'create' | 'update' | 'delete', ref: VersionRef): AzureAttempt {
  const action = verb === 'create' || verb === 'update' ? 'write' : verb;
  return {
    doing: `${verb} version ${ref.version} of ${ref.definition} in the gallery ${ref.gallery}`,
    action: `Microsoft.Compute/galleries/images/versions/${action}`,
    scope: groupId(ref.subscription, ref.resourceGroup),
    ...(verb === 'read' ? {} : { otherwise: verb === 'create' ? ('BUILD_FAILED' as const) : ('PUBLISH_FAILED' as const) }),
  };
}
