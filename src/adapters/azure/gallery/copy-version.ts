import type { GalleryImageVersion } from '@azure/arm-compute';
import { RegildError } from '../../../errors.ts';
import type { ExistingVersion, VersionCopy, VersionRef } from '../../../model/index.ts';
import type { AzureConnection } from '../connection/index.ts';
import { fromAzure } from '../errors/index.ts';
import { followUpdate, reporter, seenVersion, settledVersion, type Watch } from './follow-version.ts';
import { toVersion } from './to-version.ts';
import { requireVersion, startUpdate, versionAttempt } from './versions.ts';

/**
 * Creates a version from another one and waits; one that was made from there already is not written again, and one that failed is tried again. Throws
 * VERSION_NOT_FOUND for a source that is not there, BUILD_FAILED otherwise.
 */
export async function copyVersion(
  connection: AzureConnection,
  from: VersionRef,
  to: VersionRef,
  copy: VersionCopy,
  wait: Watch,
): Promise<ExistingVersion> {
  const report = reporter(wait);
  const attempt = versionAttempt('create', to);
  const source = (await requireVersion(connection, from, wait.signal)).id ?? '';
  const existing = await settledVersion(connection, to, wait, report);
  if (existing && !isFrom(existing, source)) throw otherOrigin(to, source);
  if (existing?.provisioningState === 'Succeeded') return toVersion(existing);
  const update = await startUpdate(connection, to, body(source, copy), { attempt, signal: wait.signal });
  const failure = await followUpdate(connection, to, { ...update, attempt }, wait, report);
  if (failure !== undefined) throw fromAzure(failure, attempt);
  return toVersion(await seenVersion(connection, to, wait.signal));
}

function body(source: string, { location, storage, excludeFromLatest, tags }: VersionCopy): GalleryImageVersion {
  return {
    location,
    tags: { ...tags },
    publishingProfile: { excludeFromLatest, targetRegions: [{ name: location, regionalReplicaCount: 1, storageAccountType: storage }] },
    storageProfile: { source: { id: source } },
  };
}

/** ARM ids compare without regard to case. */
function isFrom({ storageProfile }: GalleryImageVersion, source: string): boolean {
  return storageProfile?.source?.id?.toLowerCase() === source.toLowerCase();
}

function otherOrigin({ gallery, definition, version }: VersionRef, source: string): RegildError {
  return new RegildError('BUILD_FAILED', `version ${version} of ${gallery}/${definition} exists already and was not made from ${source}`, {
    hint: 'another run took the name: run the command again without --resume, it plans the next number',
  });
}
