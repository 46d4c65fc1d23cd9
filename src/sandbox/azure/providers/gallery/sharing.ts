import * as z from 'zod';
import type { HttpResponse, JsonObject } from '../../../http.ts';
import { anyCase } from '../../any-case.ts';
import { GALLERIES } from '../../api-versions.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { objectAt, textAt } from '../../json-path.ts';
import { acceptedResponse } from '../../long-running.ts';
import type { Call, Route } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import type { SharingProfile } from './schema.ts';

/** Virtual seconds until a change of sharing has reached every region. */
const SECONDS = 30;

const Update = z.strictObject({
  operationType: anyCase(['Add', 'Remove', 'Reset', 'EnableCommunity']),
  groups: z.array(z.strictObject({ type: anyCase(['Subscriptions', 'AADTenants']), ids: z.array(z.string()) })).optional(),
});
type Update = z.infer<typeof Update>;
type Group = NonNullable<Update['groups']>[number];

/** POST …/share, after the description of GallerySharingProfile_Update. */
export function sharingRoutes(): readonly Route[] {
  const gallery = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/{galleryName}';
  return [{ method: 'POST', path: `${gallery}/share`, versions: GALLERIES, handle: share }];
}

/** What a gallery is made with: the kind is never changed (share-gallery-direct, Limitations), and a public one names its publisher. Throws ArmError. */
export function sharingProfile(given: SharingProfile | undefined, before: Stored | undefined): JsonObject {
  const had = objectAt(before?.body, 'properties', 'sharingProfile');
  const permissions = given?.permissions ?? textAt(had, 'permissions') ?? 'Private';
  if (before && permissions !== (textAt(had, 'permissions') ?? 'Private'))
    throw armError(409, 'PropertyChangeNotAllowed', "Changing property 'gallery.properties.sharingProfile.permissions' is not allowed.");
  if (before) return had;
  if (permissions !== 'Community') return permissions === 'Private' ? {} : { permissions };
  const info = given?.communityGalleryInfo ?? {};
  const missing = (['publisherUri', 'publisherContact', 'eula', 'publicNamePrefix'] as const).find((key) => !info[key]);
  if (missing) throw armError(400, 'InvalidParameter', `Required parameter 'communityGalleryInfo.${missing}' is missing (null).`, missing);
  return { permissions, communityGalleryInfo: { ...info, communityGalleryEnabled: false } };
}

/** The groups are shown to those who ask for them (`$expand=SharingProfile/Groups`). */
export function withoutGroups(body: JsonObject, { request }: Pick<Call, 'request'>): JsonObject {
  const profile = objectAt(body, 'properties', 'sharingProfile');
  if (!('groups' in profile) || /^sharingprofile\/groups$/i.test(request.query.get('$expand') ?? '')) return body;
  const { groups: _, ...rest } = profile;
  return { ...body, properties: { ...objectAt(body, 'properties'), sharingProfile: rest } };
}

function share(call: Call, world: World): HttpResponse {
  const gallery = find({ id: call.id.replace(/\/share$/i, '') }, world);
  const update = readBody(call, Update);
  const next = updated(objectAt(gallery.body, 'properties', 'sharingProfile'), update, gallery, world);
  const operation = world.operations.start({
    namespace: 'Microsoft.Compute',
    location: textAt(gallery.body, 'location') ?? 'global',
    seconds: SECONDS,
    effects: call.effects,
    finish: () => {
      const now = find(gallery, world);
      world.resources.put(now.id, { ...now.body, properties: { ...objectAt(now.body, 'properties'), sharingProfile: next } });
      return { operationType: update.operationType, ...(update.groups && { groups: update.groups }) };
    },
    fail: () => {},
  });
  return { ...acceptedResponse(call, world, operation), body: { operationType: update.operationType } };
}

function updated(profile: JsonObject, { operationType, groups = [] }: Update, gallery: Stored, world: World): JsonObject {
  const permissions = textAt(profile, 'permissions') ?? 'Private';
  const wanted = operationType === 'EnableCommunity' ? 'Community' : 'Groups';
  if (operationType === 'Reset') return {};
  if (permissions !== wanted) {
    const text = `The sharing operation '${operationType}' is not allowed for the gallery '${nameOf(gallery.id)}', whose sharing permission is '${permissions}'.`;
    throw armError(409, 'OperationNotAllowed', text);
  }
  if (operationType !== 'EnableCommunity') return { ...profile, groups: regrouped(groupsOf(profile), operationType, groups) };
  const info = objectAt(profile, 'communityGalleryInfo');
  const publicNames = [`${textAt(info, 'publicNamePrefix')}-${world.nextGuid()}`];
  return { ...profile, communityGalleryInfo: { ...info, communityGalleryEnabled: true, publicNames } };
}

function groupsOf(profile: JsonObject): readonly Group[] {
  return z.array(Update.shape.groups.unwrap().element).catch([]).parse(profile.groups);
}

function regrouped(had: readonly Group[], operation: 'Add' | 'Remove', groups: readonly Group[]): JsonObject[] {
  const idsOf = (all: readonly Group[], type: Group['type']) => all.filter((group) => group.type === type).flatMap(({ ids }) => ids);
  return (['Subscriptions', 'AADTenants'] as const).flatMap((type) => {
    const [before, named] = [idsOf(had, type), idsOf(groups, type)];
    const ids = operation === 'Add' ? [...new Set([...before, ...named])] : before.filter((id) => !named.includes(id));
    return ids.length === 0 ? [] : [{ type, ids }];
  });
}
