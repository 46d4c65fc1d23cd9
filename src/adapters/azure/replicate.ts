import type { GalleryImageVersion } from '@azure/arm-compute';
import type { RegionState, TargetRegion } from '../../model/index.ts';
import type { VersionRef, Wait } from '../../ports.ts';
import { readArmFailure } from './arm-failure.ts';
import type { AzureConnection } from './connect.ts';
import { asAzure, fromAzure } from './errors.ts';
import { type RunningUpdate, requireVersion, startUpdate, versionAttempt } from './gallery-versions.ts';
import { changedVersion, toVersion } from './to-version.ts';

type Watch = Wait<readonly RegionState[]>;

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
  const settled = await untilSettled(connection, ref, wait, report);
  if (isReplicated(settled, regions)) return toVersion(settled).replication;
  const update = await startUpdate(connection, ref, changedVersion(settled, { regions }), wait.signal);
  const failure = await follow(connection, ref, update, wait, report);
  const states = toVersion(await requireVersion(connection, ref, wait.signal)).replication;
  report(states);
  if (failure !== undefined && !states.some(({ state }) => state === 'Failed')) throw fromAzure(failure, versionAttempt('write', ref));
  return states;
}

/** The service refuses an update while another one runs. */
async function untilSettled(connection: AzureConnection, ref: VersionRef, wait: Watch, report: Report): Promise<GalleryImageVersion> {
  const { clock, pollMilliseconds } = connection;
  let version = await requireVersion(connection, ref, wait.signal);
  while (version.provisioningState === 'Creating' || version.provisioningState === 'Updating') {
    report(toVersion(version).replication);
    await asAzure(versionAttempt('read', ref), () => clock.sleep(pollMilliseconds, wait.signal));
    version = await requireVersion(connection, ref, wait.signal);
  }
  return version;
}

function isReplicated(version: GalleryImageVersion, wanted: readonly TargetRegion[]): boolean {
  const { provisioningState, targetRegions, replication } = toVersion(version);
  const key = (regions: readonly TargetRegion[]) =>
    JSON.stringify(regions.map(({ name, replicas, storage }) => [name, replicas, storage]).sort());
  return provisioningState === 'Succeeded' && key(targetRegions) === key(wanted) && replication.every(({ state }) => state === 'Completed');
}

/** Waits for the operation, reporting the regions at every look; resolves with its error when it failed. An abort throws. */
async function follow(
  connection: AzureConnection,
  ref: VersionRef,
  { operation }: RunningUpdate,
  { signal }: Watch,
  report: Report,
): Promise<unknown> {
  while (!operation.isDone) {
    try {
      await operation.poll(signal ? { abortSignal: signal } : {});
    } catch (error) {
      if (operation.operationState?.status === 'failed' && readArmFailure(error).status === undefined) return error;
      throw fromAzure(error, versionAttempt('write', ref));
    }
    if (operation.isDone) break;
    report(toVersion(await requireVersion(connection, ref, signal)).replication);
    await asAzure(versionAttempt('write', ref), () => connection.clock.sleep(connection.pollMilliseconds, signal));
  }
  return undefined;
}

type Report = (states: readonly RegionState[]) => void;

/** Passes on what changed since the last time. */
function reporter({ onUpdate }: Watch): Report {
  let last = '';
  return (states) => {
    const text = JSON.stringify(states);
    if (text === last || states.length === 0) return;
    last = text;
    onUpdate?.(states);
  };
}
