import type { Json, JsonObject } from '../../../http.ts';
import { ArmError } from '../../errors.ts';
import { normalLocation } from '../../ids.ts';
import { at, listAt, numberAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';

/** Replication of a version to one region. Times are milliseconds of virtual time. */
export interface Replica {
  /** Normalised name of the location. */
  readonly region: string;
  readonly displayName: string;
  readonly started: number;
  readonly ends: number;
  /** Why it fails when it ends; undefined when it succeeds. */
  readonly failure: string | undefined;
}

/** Virtual minutes that a copy takes: to the version's own region, to another one, and more for each further region in the list. */
const MINUTES = { own: 10, other: 25, further: 5, shallow: 2 };

/** What a write asks of replication. */
export interface ReplicationOrder {
  /** Display names of the complete set of target regions. */
  readonly targets: readonly string[];
  readonly location: string;
  readonly mode: string;
  readonly failing: { readonly region: string; readonly message: string } | undefined;
  readonly now: number;
}

/** The replicas for a set of target regions: those that are there (or on their way) stay as they are, new and failed ones start. */
export function replicate(before: readonly Replica[], order: ReplicationOrder): readonly Replica[] {
  return order.targets.map((displayName, index) => {
    const region = normalLocation(displayName);
    const old = before.find((replica) => replica.region === region);
    return old && !(old.failure && old.ends <= order.now) ? old : start(displayName, region, index, order);
  });
}

function start(displayName: string, region: string, index: number, { location, mode, failing, now }: ReplicationOrder): Replica {
  const full = region === normalLocation(location) ? MINUTES.own : MINUTES.other + MINUTES.further * index;
  const minutes = mode === 'Shallow' ? MINUTES.shallow : full;
  const failure = failing && normalLocation(failing.region) === region ? failing.message : undefined;
  return { region, displayName, started: now, ends: now + minutes * 60_000, failure };
}

/** The replicas of a stored version. */
export function replicasOf({ hidden }: Stored): readonly Replica[] {
  return listAt(hidden, 'replicas').map((replica) => ({
    region: textAt(replica, 'region') ?? '',
    displayName: textAt(replica, 'displayName') ?? '',
    started: numberAt(replica, 'started') ?? 0,
    ends: numberAt(replica, 'ends') ?? 0,
    failure: textAt(replica, 'failure'),
  }));
}

/** Replicas as JSON, to be kept with the version. */
export function replicasJson(replicas: readonly Replica[]): readonly Json[] {
  return replicas.map((replica): JsonObject => ({ ...replica }));
}

/** The locations (normalised) in which a version can be used at a time. */
export function availableRegions(version: Stored, now: Date): readonly string[] {
  return replicasOf(version)
    .filter(({ ends, failure }) => ends <= now.getTime() && failure === undefined)
    .map(({ region }) => region);
}

/** `replicationStatus` of a version at a time (ReplicationStatus in the description). */
export function replicationStatus(version: Stored, now: Date): JsonObject {
  const summary = replicasOf(version).map((replica) => regionStatus(replica, now.getTime()));
  const states = summary.map((status) => at(status, 'state'));
  const aggregatedState = states.includes('Replicating') ? 'InProgress' : states.includes('Failed') ? 'Failed' : 'Completed';
  return { aggregatedState, summary };
}

function regionStatus({ displayName, started, ends, failure }: Replica, now: number): JsonObject {
  const progress = Math.floor((100 * (Math.min(now, ends) - started)) / (ends - started));
  if (now < ends) return { region: displayName, state: 'Replicating', details: '', progress };
  return failure === undefined
    ? { region: displayName, state: 'Completed', details: '', progress: 100 }
    : { region: displayName, state: 'Failed', details: failure, progress: 0 };
}

/** Checks that replication failed nowhere. Throws ReplicationJobsNotCompleted; the words are those that users report (azure-cli#15539). */
export function checkReplicated(replicas: readonly Replica[]): void {
  const failed = replicas.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  const details = failed.map(({ region, failure }) => `{region:${region}, detail:${failure}}`).join(', ');
  const message = `Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '${details}'. If retry does not work, then please do an update by removing the failed regions and update again by adding them back.`;
  throw new ArmError(409, { code: 'ReplicationJobsNotCompleted', message });
}
