import * as z from 'zod';
import type { HttpResponse, JsonObject } from '../../http.ts';
import { AUTHORIZATION } from '../api-versions.ts';
import { readBody } from '../body.ts';
import { armError } from '../errors.ts';
import { nameOf, ownerOf, sameId } from '../ids.ts';
import { objectAt, textAt } from '../json-path.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';
import { find } from './tracked-resource.ts';

const Body = z.strictObject({
  properties: z.strictObject({
    roleDefinitionId: z.string(),
    principalId: z.guid(),
    principalType: z.string().optional(),
    description: z.string().optional(),
  }),
});

/** Roles that are given on a gallery itself, after the description of Microsoft.Authorization 2022-04-01. */
export function roleAssignmentRoutes(): readonly Route[] {
  const gallery = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Compute/galleries/{galleryName}';
  const all = `${gallery}/providers/Microsoft.Authorization/roleAssignments`;
  const one = `${all}/{roleAssignmentName}`;
  return [
    { method: 'GET', path: all, versions: AUTHORIZATION, handle: list },
    { method: 'PUT', path: one, versions: AUTHORIZATION, handle: assign },
    { method: 'DELETE', path: one, versions: AUTHORIZATION, handle: remove },
  ];
}

function list(call: Call, world: World): HttpResponse {
  find({ id: scopeOf(call.id) }, world);
  return { status: 200, body: { value: world.resources.in(call.id).map(({ body }) => body) } };
}

function assign(call: Call, world: World): HttpResponse {
  const scope = scopeOf(call.id);
  find({ id: scope }, world);
  const { properties } = readBody(call, Body);
  const same = world.resources.in(ownerOf(call.id)).find(({ body }) => isSame(objectAt(body, 'properties'), properties));
  if (same && !sameId(same.id, call.id)) throw armError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
  const body: JsonObject = {
    properties: { ...properties, scope },
    id: call.id,
    type: 'Microsoft.Authorization/roleAssignments',
    name: nameOf(call.id),
  };
  const known = world.resources.get(call.id) !== undefined;
  world.resources.put(call.id, body);
  return { status: known ? 200 : 201, body };
}

function remove(call: Call, world: World): HttpResponse {
  const stored = world.resources.get(call.id);
  if (!stored) return { status: 204 };
  world.resources.delete(call.id);
  return { status: 200, body: stored.body };
}

function isSame(stored: JsonObject, given: z.infer<typeof Body>['properties']): boolean {
  return (['roleDefinitionId', 'principalId'] as const).every((key) => sameId(textAt(stored, key) ?? '', given[key]));
}

/** The gallery that assignments, or one of them, belong to. */
function scopeOf(id: string): string {
  return id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments(?:\/[^/]+)?$/, '');
}
