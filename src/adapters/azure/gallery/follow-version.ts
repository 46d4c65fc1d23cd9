import type { GalleryImageVersion } from '@azure/arm-compute';
import type { RegionState, VersionRef } from '../../../model/index.ts';
import type { Wait } from '../../../ports.ts';
import { askTwice } from '../connection/ask-twice.ts';
import type { AzureConnection } from '../connection/index.ts';
import { readArmFailure } from '../errors/arm-failure.ts';
import { type AzureAttempt, asAzure, fromAzure } from '../errors/index.ts';
import { toVersion } from './to-version.ts';
import { type RunningUpdate, readVersion, requireVersion, versionAttempt } from './versions.ts';

export type Watch = Wait<readonly RegionState[]>;
export type Report = (states: readonly RegionState[]) => void;

const BUSY: readonly (string | undefined)[] = ['Creating', 'Updating', 'Deleting'];

/** The version when nothing works on it any more (the service refuses an update while another one runs); undefined when there is none. */
export async function settledVersion(
  connection: AzureConnection,
  ref: VersionRef,
  { signal }: Watch,
  report: Report,
): Promise<GalleryImageVersion | undefined> {
  const { clock, pollMilliseconds } = connection;
  const look = () => connection.outlast(signal, () => readVersion(connection, ref, signal));
  let version = await look();
  const started = clock.now().getTime();
  while (version && BUSY.includes(version.provisioningState)) {
    connection.requireInTime(clock.now().getTime() - started, `the update of version ${ref.version} of ${ref.definition}`, 'replication');
    report(toVersion(version).replication);
    await asAzure(versionAttempt('read', ref), () => clock.sleep(pollMilliseconds, signal));
    version = await look();
  }
  return version;
}

/** Waits for the operation, reporting the regions at every look; resolves with its error when it failed. An abort throws. */
export async function followUpdate(
  connection: AzureConnection,
  ref: VersionRef,
  { operation, attempt }: RunningUpdate & { readonly attempt: AzureAttempt },
  { signal }: Watch,
  report: Report,
): Promise<unknown> {
  while (!operation.isDone) {
    try {
      await operation.poll(signal ? { abortSignal: signal } : {});
    } catch (error) {
      if (operation.operationState?.status === 'failed' && readArmFailure(error).status === undefined) return error;
      throw fromAzure(error, attempt);
    }
    if (operation.isDone) break;
    report(toVersion(await seenVersion(connection, ref, signal)).replication);
    await asAzure(attempt, () => connection.clock.sleep(connection.pollMilliseconds, signal));
  }
  return undefined;
}

/** A version that was there a moment ago, in the hours of its replication. Throws VERSION_NOT_FOUND when two looks say that it is gone. */
export async function seenVersion(
  connection: AzureConnection,
  ref: VersionRef,
  signal: AbortSignal | undefined,
): Promise<GalleryImageVersion> {
  const look = () => connection.outlast(signal, () => readVersion(connection, ref, signal));
  return (await askTwice(connection, signal, look)) ?? requireVersion(connection, ref, signal);
}

/** Passes on what changed since the last time. */
export function reporter({ onUpdate }: Watch): Report {
  let last = '';
  return (states) => {
    const text = JSON.stringify(states);
    if (text === last || states.length === 0) return;
    last = text;
    onUpdate?.(states);
  };
}
