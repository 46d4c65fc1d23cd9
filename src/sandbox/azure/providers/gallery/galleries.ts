import type { JsonObject } from '../../../http.ts';
import { GALLERIES } from '../../api-versions.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf, sameId } from '../../ids.ts';
import { objectAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind, Write } from '../resource-kind.ts';
import { allOf } from '../tracked-resource.ts';
import { forVersion } from './api-shape.ts';
import { checkGalleryName } from './names.ts';
import { checkEmpty } from './rules.ts';
import { GalleryBody } from './schema.ts';
import { sharingProfile, withoutGroups } from './sharing.ts';

/** What galleries and what lies in them have in common. */
export const COMMON = { versions: GALLERIES, created: 201, seconds: 20, keep: [], working: 'Creating' } as const;

/** Microsoft.Compute galleries, after the descriptions of GalleryRP 2023-07-03, 2024-03-03 and 2025-12-03. */
export const GALLERY_KIND: ResourceKind = {
  ...COMMON,
  type: 'Microsoft.Compute/galleries',
  admit,
  complete,
  change,
  mayDelete: ({ id }, world) => checkEmpty(`${id}/images`, world),
  show: ({ body }, call) => forVersion(withoutGroups(body, call), call.apiVersion),
};

function admit(write: Write): void {
  readBody(write, GalleryBody);
  checkGalleryName(nameOf(write.id));
}

function complete({ id, call, before }: Draft, world: World): Completed {
  const { properties = {} } = readBody(call, GalleryBody);
  const name = nameOf(id);
  checkUnique(id, name, world);
  const sharing = sharingProfile(properties.sharingProfile ?? undefined, before);
  return {
    properties: {
      ...(properties.description && { description: properties.description }),
      identifier: { uniqueName: `${world.subscription}-${name.toUpperCase()}` },
      ...(Object.keys(sharing).length > 0 && { sharingProfile: sharing }),
      ...(properties.softDeletePolicy && { softDeletePolicy: properties.softDeletePolicy }),
    },
  };
}

function checkUnique(id: string, name: string, world: World): void {
  const other = allOf(GALLERY_KIND, world).find((gallery) => sameId(nameOf(gallery.id), name) && !sameId(gallery.id, id));
  if (!other) return;
  const text = `The gallery name '${name}' is not unique within the subscription '${world.subscription}'. Please pick another gallery name.`;
  throw armError(409, 'GalleryNameNotUnique', text);
}

function change({ call, before }: Draft): Completed {
  const { properties } = readBody(call, GalleryBody.partial());
  sharingProfile(properties?.sharingProfile ?? undefined, before);
  const changed: JsonObject = {
    ...(properties?.description && { description: properties.description }),
    ...(properties?.softDeletePolicy && { softDeletePolicy: properties.softDeletePolicy }),
  };
  return { properties: { ...objectAt(before?.body, 'properties'), ...changed } };
}
