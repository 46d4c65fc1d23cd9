import type { GalleryImageVersion } from '@azure/arm-compute';
import type { RegionState, TargetRegion, VersionRef } from '../../../model/index.ts';
import type { AzureConnection } from '../connection/index.ts';
import { fromAzure } from '../errors/index.ts';
import { followUpdate, reporter, seenVersion, settledVersion, type Watch } from './follow-version.ts';
import { changedVersion, toVersion } from './to-version.ts';
import { startUpdate, versionAttempt } from './versions.ts';

/**
 * Makes a version available in exactly these regions and waits. A region that fails is in the answer; a failure that concerns no single region throws
 * PUBLISH_FAILED. An update that is already under way is waited for first; a version that is there already is not written again.
 */
export async function replicate(
  connection: AzureConnection,
  ref: VersionRef,
  regions: readonly TargetRegion[],
  wait: Watch,
): Promise<readonly RegionState[]> {
  const report = reporter(wait);
  const attempt = versionAttempt('update', ref);
  const settled = (await settledVersion(connection, ref, wait, report)) ?? (await seenVersion(connection, ref, wait.signal));
  if (isReplicated(settled, regions)) return toVersion(settled).replication;
  const update = await startUpdate(connection, ref, changedVersion(settled, { regions }), { attempt, signal: wait.signal });
  const failure = await followUpdate(connection, ref, { ...update, attempt }, wait, report);
  const states = toVersion(await seenVersion(connection, ref, wait.signal)).replication;
  report(states);
  if (failure !== undefined && !states.some(({ state }) => state === 'Failed')) throw fromAzure(failure, attempt);
  return states;
}

function isReplicated(version: GalleryImageVersion, wanted: readonly TargetRegion[]): boolean {
  const { provisioningState, targetRegions, replication } = toVersion(version);
  const key = (regions: readonly TargetRegion[]) =>
    JSON.stringify(regions.map(({ name, replicas, storage }) => [name, replicas, storage]).sort());
  return provisioningState === 'Succeeded' && key(targetRegions) === key(wanted) && replication.every(({ state }) => state === 'Completed');
}
