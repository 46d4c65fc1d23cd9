import type { HttpResponse, JsonObject } from '../../../http.ts';
import { GALLERIES } from '../../api-versions.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf, parseId } from '../../ids.ts';
import { objectAt } from '../../json-path.ts';
import { requireLocation } from '../../locations.ts';
import type { Call, Route } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { forVersion } from './api-shape.ts';
import { remove, write } from './lifecycle.ts';
import { checkGalleryName } from './names.ts';
import { checkEmpty, checkUnmoved, requireStored } from './rules.ts';
import { GalleryBody } from './schema.ts';

const TYPE = 'Microsoft.Compute/galleries';

/** Microsoft.Compute galleries, after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. */
export function galleryRoutes(): readonly Route[] {
  const inSubscription = `/subscriptions/{subscriptionId}/providers/${TYPE}`;
  const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${TYPE}`;
  const one = { path: `${inGroup}/{galleryName}`, versions: GALLERIES };
  return [
    { method: 'GET', path: inSubscription, versions: GALLERIES, handle: (call, world) => list(call, galleries(world)) },
    { method: 'GET', path: inGroup, versions: GALLERIES, handle: (call, world) => list(call, world.resources.in(call.id)) },
    {
      ...one,
      method: 'GET',
      handle: (call, world) => ({ status: 200, body: forVersion(requireStored(call.id, world).body, call.apiVersion) }),
    },
    { ...one, method: 'PUT', handle: put },
    { ...one, method: 'PATCH', handle: patch },
    { ...one, method: 'DELETE', handle: (call, world) => remove(call, world, ({ id }) => checkEmpty(`${id}/images`, world)) },
  ];
}

function list(call: Call, stored: readonly Stored[]): HttpResponse {
  return { status: 200, body: { value: stored.map(({ body }) => forVersion(body, call.apiVersion)) } };
}

function galleries(world: World): readonly Stored[] {
  return world.resources
    .below(`/subscriptions/${world.subscription}`)
    .filter(({ id }) => parseId(id).type.toLowerCase() === TYPE.toLowerCase());
}

function put(call: Call, world: World): HttpResponse {
  const { location, tags, properties = {} } = readBody(call, GalleryBody);
  const name = nameOf(call.id);
  checkGalleryName(name);
  const region = requireLocation(world, location, TYPE);
  checkUnmoved(world.resources.get(call.id), call.id, region.name);
  checkUnique(call.id, name, world);
  const shared = properties.sharingProfile?.permissions;
  return write(call, world, {
    ...{ id: call.id, name, type: TYPE, location: region.name, ...(tags && { tags }) },
    properties: {
      ...(properties.description && { description: properties.description }),
      identifier: { uniqueName: `${world.subscription}-${name.toUpperCase()}` },
      ...(shared && { sharingProfile: { permissions: shared } }),
      ...(properties.softDeletePolicy && { softDeletePolicy: properties.softDeletePolicy }),
    },
  });
}

function checkUnique(id: string, name: string, world: World): void {
  const other = galleries(world).find(
    (gallery) => nameOf(gallery.id).toLowerCase() === name.toLowerCase() && gallery.id.toLowerCase() !== id.toLowerCase(),
  );
  if (!other) return;
  const text = `The gallery name '${name}' is not unique within the subscription '${world.subscription}'. Please pick another gallery name.`;
  throw armError(409, 'GalleryNameNotUnique', text);
}

function patch(call: Call, world: World): HttpResponse {
  const { tags, properties } = readBody(call, GalleryBody.partial());
  const { body } = requireStored(call.id, world);
  const changed: JsonObject = properties?.description ? { description: properties.description } : {};
  return write(call, world, { ...body, ...(tags && { tags }), properties: { ...objectAt(body, 'properties'), ...changed } });
}
