import type { HttpResponse, JsonObject } from '../../../http.ts';
import { GALLERIES } from '../../api-versions.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { ownerOf } from '../../ids.ts';
import { at, objectAt, textAt } from '../../json-path.ts';
import { startedResponse } from '../../long-running.ts';
import type { Call, Route } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { forVersion } from './api-shape.ts';
import { remove } from './lifecycle.ts';
import { replicationStatus } from './replication.ts';
import { requireStored } from './rules.ts';
import { VersionBody, VersionPatch } from './schema.ts';
import { createVersion, updateVersion, type Written } from './write-version.ts';

/** Image versions (GalleryImageVersion), after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. Replication takes virtual time. */
export function versionRoutes(): readonly Route[] {
  const gallery = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/{galleryName}';
  const all = `${gallery}/images/{galleryImageName}/versions`;
  const one = { path: `${all}/{galleryImageVersionName}`, versions: GALLERIES };
  return [
    { method: 'GET', path: all, versions: GALLERIES, handle: list },
    { ...one, method: 'GET', handle: show },
    { ...one, method: 'PUT', handle: put },
    { ...one, method: 'PATCH', handle: patch },
    { ...one, method: 'DELETE', handle: (call, world) => remove(call, world, (stored) => checkEndOfLifeReached(stored, world)) },
  ];
}

function list(call: Call, world: World): HttpResponse {
  requireStored(ownerOf(call.id), world);
  return { status: 200, body: { value: world.resources.in(call.id).map(({ body }) => forVersion(body, call.apiVersion)) } };
}

function show(call: Call, world: World): HttpResponse {
  const stored = requireStored(call.id, world);
  const expanded = call.request.query.get('$expand')?.toLowerCase() === 'replicationstatus';
  return { status: 200, body: forVersion(expanded ? withReplication(stored, world) : stored.body, call.apiVersion) };
}

function withReplication(stored: Stored, world: World): JsonObject {
  const properties = { ...objectAt(stored.body, 'properties'), replicationStatus: replicationStatus(stored, world.clock.now()) };
  return { ...stored.body, properties };
}

function put(call: Call, world: World): HttpResponse {
  const body = readBody(call, VersionBody);
  const before = world.resources.get(call.id);
  const written = before ? updateVersion(before, body, call.effects, world) : createVersion(call.id, body, call.effects, world);
  return answer(call, world, written);
}

function patch(call: Call, world: World): HttpResponse {
  return answer(call, world, updateVersion(requireStored(call.id, world), readBody(call, VersionPatch), call.effects, world));
}

function answer(call: Call, world: World, { stored, operation, created }: Written): HttpResponse {
  return startedResponse(call, world, operation, created ? 201 : 200, forVersion(stored.body, call.apiVersion));
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
