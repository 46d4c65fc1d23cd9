import type { JsonObject } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf, sameId } from '../../ids.ts';
import { at, objectAt, textAt } from '../../json-path.ts';
import type { Call } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { forVersion } from './api-shape.ts';
import { COMMON } from './galleries.ts';
import { checkVersionName } from './names.ts';
import { checkReplicated, replicasOf, replicationStatus } from './replication.ts';
import { VersionBody, VersionPatch } from './schema.ts';
import { changeVersion, completeVersion } from './write-version.ts';

/** Image versions (GalleryImageVersion), after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. Replication takes virtual time. */
export const VERSION_KIND: ResourceKind = {
  ...COMMON,
  type: 'Microsoft.Compute/galleries/images/versions',
  admit: (write) => {
    readBody(write, VersionBody);
    checkVersionName(nameOf(write.id));
  },
  complete: completeVersion,
  change: ({ call, before }, world) => changeVersion(before, readBody(call, VersionPatch), call.effects, world),
  settle: (version) => checkReplicated(replicasOf(version)),
  changed: (version) => checkReplicated(replicasOf(version)),
  mayDelete: checkEndOfLifeReached,
  show,
};

function show(version: Stored, call: Call, world: World): JsonObject {
  const isAsked = call.request.method === 'GET' && sameId(call.id, version.id);
  const expanded = isAsked && call.request.query.get('$expand')?.toLowerCase() === 'replicationstatus';
  return forVersion(expanded ? withReplication(version, world) : version.body, call.apiVersion);
}

function withReplication(stored: Stored, world: World): JsonObject {
  const properties = { ...objectAt(stored.body, 'properties'), replicationStatus: replicationStatus(stored, world.clock.now()) };
  return { ...stored.body, properties };
}

function checkEndOfLifeReached({ body }: Stored, world: World): void {
  const endOfLife = textAt(body, 'properties', 'publishingProfile', 'endOfLifeDate');
  if (
    at(body, 'properties', 'safetyProfile', 'blockDeletionBeforeEndOfLife') !== true ||
    (endOfLife && new Date(endOfLife) <= world.clock.now())
  )
    return;
  const text =
    'Deletion of Gallery image version is not allowed because the image is enabled for blockDeletionBeforeEndOfLife and its endOfLifeDate has not reached yet.';
  throw armError(409, 'DeleteGalleryImageVersionBlockedBeforeEndOfLife', text);
}
