import type { JsonObject } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf, ownerOf } from '../../ids.ts';
import { objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind, Write } from '../resource-kind.ts';
import { forVersion } from './api-shape.ts';
import { checkDefinition, checkDefinitionChange, withDefaults } from './definition-rules.ts';
import { COMMON } from './galleries.ts';
import { checkDefinitionName, checkIdentifier } from './names.ts';
import { checkEmpty, checkEndOfLife } from './rules.ts';
import { type Change, DefinitionBody, DefinitionPatch, DefinitionProperties } from './schema.ts';

/** Image definitions of a gallery (GalleryImage), after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. */
export const DEFINITION_KIND: ResourceKind = {
  ...COMMON,
  type: 'Microsoft.Compute/galleries/images',
  admit,
  complete,
  change: ({ call, before }, world) => update(before, readBody(call, DefinitionPatch).properties ?? {}, world),
  mayDelete: ({ id }, world) => checkEmpty(`${id}/versions`, world),
  show: ({ body }, { apiVersion }) => forVersion(body, apiVersion),
};

/** The properties of a stored definition. */
export function definitionProperties(definition: Stored): DefinitionProperties {
  return DefinitionProperties.parse(definition.body.properties);
}

function admit(write: Write): void {
  const { properties } = readBody(write, DefinitionBody);
  checkDefinitionName(nameOf(write.id));
  checkIdentifier(properties.identifier);
}

function complete({ id, call, before }: Draft, world: World): Completed {
  const { properties, tags = objectAt(before?.body, 'tags') } = readBody(call, DefinitionBody);
  if (before) return { ...update(before, properties, world), top: before.body.tags === undefined ? {} : { tags } };
  const complete = withDefaults(properties, call.apiVersion);
  checkDefinition(complete);
  checkEndOfLife(properties.endOfLifeDate, 'galleryImage.properties.endOfLifeDate', world.clock.callerNow());
  checkTriple(id, complete, world);
  return { properties: present(complete) };
}

function update(before: Stored, wanted: Change<DefinitionProperties>, world: World): Completed {
  checkDefinitionChange(definitionProperties(before), wanted);
  checkEndOfLife(wanted.endOfLifeDate, 'galleryImage.properties.endOfLifeDate', world.clock.callerNow());
  const properties = { ...objectAt(before.body, 'properties'), ...present(wanted) };
  checkDefinition(DefinitionProperties.parse(properties));
  return { properties };
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
