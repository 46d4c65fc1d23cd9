import type { Effects } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { isObject, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { requireParent } from '../place-rules.ts';
import type { Completed, Draft } from '../resource-kind.ts';
import { definitionProperties } from './definitions.ts';
import { type Replica, replicasJson, replicasOf, replicate } from './replication.ts';
import { checkEndOfLife } from './rules.ts';
import { type Change, PublishingProfile, StorageProfile, VersionBody, type VersionProperties } from './schema.ts';
import { checkSource } from './source-rules.ts';
import { json, safetyJson, storageJson } from './version-body.ts';
import { checkTargets, checkVersionChange, completeProfile } from './version-rules.ts';
import { versionSource } from './version-source.ts';

/** A PUT of a version: creates it, or changes what may change. Throws ArmErrors, worded as troubleshooting-shared-images.md has them. */
export function completeVersion({ id, call, location, before }: Draft, world: World): Completed {
  const { tags = objectAt(before?.body, 'tags'), properties } = readBody(call, VersionBody);
  if (before) {
    const top = before.body.tags === undefined ? {} : { tags };
    return { ...changeVersion(before, { properties }, call.effects, world), top };
  }
  const definition = requireParent(id, world);
  const source = versionSource(properties.storageProfile, world);
  checkSource(source, definitionProperties(definition), location);
  const profile = checkedProfile(properties.publishingProfile ?? {}, location, world);
  return {
    properties: {
      publishingProfile: { ...json(profile), publishedDate: world.clock.now().toISOString() },
      storageProfile: storageJson(properties.storageProfile, source.diskGB),
      safetyProfile: safetyJson(properties, {}),
      ...(isObject(properties.securityProfile) && { securityProfile: properties.securityProfile }),
    },
    ...replication([], location, profile, call.effects, world),
  };
}

/** Changes what may change of a version; regions that are new or failed are replicated to. Throws ArmErrors. */
export function changeVersion(
  before: Stored,
  wanted: { readonly properties?: Change<VersionProperties> | undefined },
  effects: Effects,
  world: World,
): Completed {
  const properties = objectAt(before.body, 'properties');
  const location = textAt(before.body, 'location') ?? '';
  checkNotBusy(before);
  const { publishedDate, ...old } = objectAt(properties, 'publishingProfile');
  const current = { profile: PublishingProfile.parse(old), storage: StorageProfile.parse(properties.storageProfile) };
  const change = wanted.properties?.publishingProfile ?? undefined;
  checkVersionChange(current, change, wanted.properties?.storageProfile);
  const profile = checkedProfile({ ...current.profile, ...change }, location, world);
  return {
    properties: {
      ...properties,
      publishingProfile: { ...json(profile), publishedDate },
      safetyProfile: safetyJson(wanted.properties ?? {}, objectAt(properties, 'safetyProfile')),
    },
    ...replication(replicasOf(before), location, profile, effects, world),
  };
}

function checkedProfile(profile: PublishingProfile, location: string, world: World) {
  const { publishedDate: _, ...complete } = completeProfile(profile, location, world);
  checkTargets(complete.targetRegions, location, world);
  checkEndOfLife(profile.endOfLifeDate, 'galleryImageVersion.properties.publishingProfile.endOfLifeDate', world.clock.callerNow());
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

function replication(
  before: readonly Replica[],
  location: string,
  profile: ReturnType<typeof checkedProfile>,
  effects: Effects,
  world: World,
): Required<Pick<Completed, 'hidden' | 'seconds'>> {
  const now = world.clock.now().getTime();
  const targets = profile.targetRegions.map(({ name }) => name);
  const replicas = replicate(before, { targets, location, mode: profile.replicationMode ?? 'Full', failing: effects.failRegion, now });
  return {
    hidden: { replicas: replicasJson(replicas) },
    seconds: Math.max(1, (Math.max(...replicas.map(({ ends }) => ends)) - now) / 1000),
  };
}
