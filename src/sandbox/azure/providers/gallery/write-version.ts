import type { Effects, JsonObject } from '../../../http.ts';
import { ArmError, armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { isObject, objectAt, textAt } from '../../json-path.ts';
import { requireLocation } from '../../locations.ts';
import type { Operation } from '../../operations.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { definitionProperties } from './definitions.ts';
import { withState } from './lifecycle.ts';
import { checkVersionName } from './names.ts';
import { type Replica, replicasJson, replicasOf, replicate } from './replication.ts';
import { checkEndOfLife, checkUnmoved, requireParent } from './rules.ts';
import { type Change, PublishingProfile, StorageProfile, type VersionBody, type VersionProperties } from './schema.ts';
import { checkSource } from './source-rules.ts';
import { json, safetyJson, storageJson } from './version-body.ts';
import { checkTargets, checkVersionChange, completeProfile } from './version-rules.ts';
import { versionSource } from './version-source.ts';

const TYPE = 'Microsoft.Compute/galleries/images/versions';

/** A version as it was stored, and the operation that replicates it. */
export interface Written {
  readonly stored: Stored;
  readonly operation: Operation;
  readonly created: boolean;
}

/** Creates a version of an existing definition and starts its replication. Throws ArmErrors, worded as troubleshooting-shared-images.md has them. */
export function createVersion(id: string, { location, tags, properties }: VersionBody, effects: Effects, world: World): Written {
  checkVersionName(nameOf(id));
  const definition = requireParent(id, world);
  const region = requireLocation(world, location, TYPE).name;
  const source = versionSource(properties.storageProfile, world);
  checkSource(source, definitionProperties(definition), region);
  const profile = checkedProfile(properties.publishingProfile ?? {}, region, world);
  const body = {
    ...{ id, name: nameOf(id), type: TYPE, location: region, ...(tags && { tags }) },
    properties: {
      publishingProfile: { ...json(profile), publishedDate: world.clock.now().toISOString() },
      storageProfile: storageJson(properties.storageProfile, source.diskGB),
      safetyProfile: safetyJson(properties, {}),
      ...(isObject(properties.securityProfile) && { securityProfile: properties.securityProfile }),
    },
  };
  return { ...start(id, body, [], profile, effects, world), created: true };
}

/** Changes what may change of a version; regions that are new or failed are replicated to. Throws ArmErrors. */
export function updateVersion(
  before: Stored,
  wanted: {
    readonly location?: string | undefined;
    readonly tags?: JsonObject | undefined;
    readonly properties?: Change<VersionProperties> | undefined;
  },
  effects: Effects,
  world: World,
): Written {
  const properties = objectAt(before.body, 'properties');
  const location = textAt(before.body, 'location') ?? '';
  checkUnmoved(before, before.id, wanted.location ?? location);
  checkNotBusy(before);
  const { publishedDate, ...old } = objectAt(properties, 'publishingProfile');
  const current = { profile: PublishingProfile.parse(old), storage: StorageProfile.parse(properties.storageProfile) };
  const change = wanted.properties?.publishingProfile ?? undefined;
  checkVersionChange(current, change, wanted.properties?.storageProfile);
  const profile = checkedProfile({ ...current.profile, ...change }, location, world);
  const body = {
    ...before.body,
    ...(wanted.tags && { tags: wanted.tags }),
    properties: {
      ...properties,
      publishingProfile: { ...json(profile), publishedDate },
      safetyProfile: safetyJson(wanted.properties ?? {}, objectAt(properties, 'safetyProfile')),
    },
  };
  return { ...start(before.id, body, replicasOf(before), profile, effects, world), created: false };
}

function checkedProfile(profile: PublishingProfile, location: string, world: World) {
  const { publishedDate: _, ...complete } = completeProfile(profile, location, world);
  checkTargets(complete.targetRegions, location, world);
  checkEndOfLife(profile.endOfLifeDate, 'galleryImageVersion.properties.publishingProfile.endOfLifeDate', world.clock.now());
  return complete;
}

function checkNotBusy({ id, body }: Stored): void {
  const state = textAt(body, 'properties', 'provisioningState') ?? '';
  if (state === 'Deleting') {
    const text = `Operation 'Update Gallery Image Version' is not allowed on '${nameOf(id)}' since it is marked for deletion. You can only retry the Delete operation (or wait for an ongoing one to complete).`;
    throw armError(409, 'OperationNotAllowed', text);
  }
  if (state === 'Creating' || state === 'Updating') {
    throw armError(
      409,
      'Conflict',
      `Operation 'Update Gallery Image Version' is not allowed on '${nameOf(id)}' while another operation on it is in progress.`,
    );
  }
}

function start(
  id: string,
  body: JsonObject,
  before: readonly Replica[],
  profile: ReturnType<typeof checkedProfile>,
  effects: Effects,
  world: World,
): Omit<Written, 'created'> {
  const now = world.clock.now().getTime();
  const targets = profile.targetRegions.map(({ name }) => name);
  const location = textAt(body, 'location') ?? '';
  const replicas = replicate(before, { targets, location, mode: profile.replicationMode ?? 'Full', failing: effects.failRegion, now });
  const state = world.resources.get(id) ? 'Updating' : 'Creating';
  const stored = world.resources.put(id, withState(body, state), { replicas: replicasJson(replicas) });
  const settle = (ended: string) => world.resources.put(id, withState(world.resources.get(id)?.body ?? body, ended)).body;
  const operation = world.operations.start({
    ...{ namespace: 'Microsoft.Compute', location, effects },
    seconds: Math.max(1, (Math.max(...replicas.map(({ ends }) => ends)) - now) / 1000),
    finish: () => {
      checkReplicated(replicas);
      return settle('Succeeded');
    },
    fail: () => void settle('Failed'),
  });
  return { stored, operation };
}

/** The words are those that users report (azure-cli#15539). */
function checkReplicated(replicas: readonly Replica[]): void {
  const failed = replicas.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  const details = failed.map(({ region, failure }) => `{region:${region}, detail:${failure}}`).join(', ');
  const message = `Gallery replication jobs failed in one or more regions. The failing regions' details are as follows: '${details}'. If retry does not work, then please do an update by removing the failed regions and update again by adding them back.`;
  throw new ArmError(409, { code: 'ReplicationJobsNotCompleted', message });
}
