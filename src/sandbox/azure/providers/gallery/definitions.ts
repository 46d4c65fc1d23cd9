import type { HttpResponse, JsonObject } from '../../../http.ts';
import { GALLERIES } from '../../api-versions.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf, ownerOf } from '../../ids.ts';
import { objectAt, textAt } from '../../json-path.ts';
import { requireLocation } from '../../locations.ts';
import type { Call, Route } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { forVersion } from './api-shape.ts';
import { checkDefinition, checkDefinitionChange, withDefaults } from './definition-rules.ts';
import { remove, write } from './lifecycle.ts';
import { checkDefinitionName, checkIdentifier } from './names.ts';
import { checkEmpty, checkEndOfLife, checkUnmoved, requireParent, requireStored } from './rules.ts';
import { type Change, DefinitionBody, DefinitionPatch, DefinitionProperties } from './schema.ts';

const TYPE = 'Microsoft.Compute/galleries/images';

/** Image definitions of a gallery (GalleryImage), after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. */
export function definitionRoutes(): readonly Route[] {
  const all =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/{galleryName}/images';
  const one = { path: `${all}/{galleryImageName}`, versions: GALLERIES };
  return [
    { method: 'GET', path: all, versions: GALLERIES, handle: list },
    {
      ...one,
      method: 'GET',
      handle: (call, world) => ({ status: 200, body: forVersion(requireStored(call.id, world).body, call.apiVersion) }),
    },
    { ...one, method: 'PUT', handle: put },
    { ...one, method: 'PATCH', handle: patch },
    { ...one, method: 'DELETE', handle: (call, world) => remove(call, world, ({ id }) => checkEmpty(`${id}/versions`, world)) },
  ];
}

/** The properties of a stored definition. */
export function definitionProperties(definition: Stored): DefinitionProperties {
  return DefinitionProperties.parse(definition.body.properties);
}

function list(call: Call, world: World): HttpResponse {
  requireStored(ownerOf(call.id), world);
  return { status: 200, body: { value: world.resources.in(call.id).map(({ body }) => forVersion(body, call.apiVersion)) } };
}

function put(call: Call, world: World): HttpResponse {
  const { location, tags, properties } = readBody(call, DefinitionBody);
  checkDefinitionName(nameOf(call.id));
  checkIdentifier(properties.identifier);
  requireParent(call.id, world);
  const region = requireLocation(world, location, TYPE);
  const before = world.resources.get(call.id);
  checkUnmoved(before, call.id, region.name);
  if (before) return update(call, world, before, properties, tags);
  const complete = withDefaults(properties, call.apiVersion);
  checkDefinition(complete);
  checkEndOfLife(properties.endOfLifeDate, 'galleryImage.properties.endOfLifeDate', world.clock.now());
  checkTriple(call.id, complete, world);
  return write(call, world, {
    ...{ id: call.id, name: nameOf(call.id), type: TYPE, location: region.name, ...(tags && { tags }) },
    properties: present(complete),
  });
}

function patch(call: Call, world: World): HttpResponse {
  const { tags, properties = {} } = readBody(call, DefinitionPatch);
  return update(call, world, requireStored(call.id, world), properties, tags);
}

function update(
  call: Call,
  world: World,
  before: Stored,
  wanted: Change<DefinitionProperties>,
  tags: JsonObject | undefined,
): HttpResponse {
  checkDefinitionChange(definitionProperties(before), wanted);
  checkEndOfLife(wanted.endOfLifeDate, 'galleryImage.properties.endOfLifeDate', world.clock.now());
  const properties = { ...objectAt(before.body, 'properties'), ...present(wanted) };
  checkDefinition(DefinitionProperties.parse(properties));
  return write(call, world, { ...before.body, ...(tags && { tags }), properties });
}

/** The triple of publisher, offer and SKU is unique in a gallery. */
function checkTriple(id: string, { identifier }: DefinitionProperties, world: World): void {
  const { publisher, offer, sku } = identifier;
  const text = (value: unknown, part: string) => (textAt(value, 'properties', 'identifier', part) ?? '').toLowerCase();
  const other = world.resources
    .in(ownerOf(id))
    .find(
      ({ body }) =>
        text(body, 'publisher') === publisher.toLowerCase() &&
        text(body, 'offer') === offer.toLowerCase() &&
        text(body, 'sku') === sku.toLowerCase(),
    );
  if (!other) return;
  const message = `Gallery image: '${nameOf(other.id)}' identified by (publisher:'${publisher}', offer:'${offer}', sku:'${sku}') already exists. Choose a different publisher, offer, sku combination.`;
  throw armError(409, 'GalleryImageIdentifierNotUnique', message, 'galleryImage.properties.identifier');
}

/** The properties that say something; the state is the service's own. */
function present({ provisioningState: _, ...properties }: Change<DefinitionProperties>): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}
