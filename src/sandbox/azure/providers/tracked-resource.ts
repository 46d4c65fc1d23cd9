import type { HttpResponse, JsonObject } from '../../http.ts';
import { armError, resourceNotFound } from '../errors.ts';
import { nameOf, parseId } from '../ids.ts';
import { at, isObject, objectAt, textAt } from '../json-path.ts';
import { requireLocation } from '../locations.ts';
import { acceptedResponse, startedResponse } from '../long-running.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';
import { checkUnmoved } from './gallery/rules.ts';
import type { Completed, Draft, ResourceKind } from './resource-kind.ts';

/** The routes of a resource type in a resource group. */
export function trackedRoutes(kind: ResourceKind): readonly Route[] {
  const collection = `/providers/${kind.type}`;
  const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}${collection}`;
  const one = `${inGroup}/{name}`;
  const { versions } = kind;
  return [
    { method: 'PUT', path: one, versions, handle: (call, world) => put(kind, call, world) },
    { method: 'PATCH', path: one, versions, handle: (call, world) => patchTags(kind, call, world) },
    { method: 'GET', path: one, versions, handle: (call, world) => ({ status: 200, body: show(kind, find(call, world), call, world) }) },
    { method: 'DELETE', path: one, versions, handle: (call, world) => remove(kind, call, world) },
    { method: 'GET', path: inGroup, versions, handle: (call, world) => list(kind, call, world) },
    { method: 'GET', path: `/subscriptions/{subscriptionId}${collection}`, versions, handle: (call, world) => list(kind, call, world) },
  ];
}

/** The stored resource that the path names. Throws ResourceNotFound. */
export function find(call: Call, world: World): Stored {
  const stored = world.resources.get(call.id);
  if (stored) return stored;
  const { type, names, group } = parseId(call.id);
  throw resourceNotFound(type, names.join('/'), group);
}

/** The resource with another `provisioningState` and perhaps other properties. */
export function withState(body: JsonObject, provisioningState: string, properties: JsonObject = {}): JsonObject {
  return { ...body, properties: { ...objectAt(body, 'properties'), ...properties, provisioningState } };
}

function put(kind: ResourceKind, call: Call, world: World): HttpResponse {
  const before = world.resources.get(call.id);
  const location = locationOf(kind, call, before, world);
  const draft: Draft = { id: before?.id ?? call.id, call, location, properties: objectAt(call.body, 'properties'), before };
  const completed = kind.complete(draft, world);
  const body = withState(bodyOf(kind, draft, completed), before ? 'Updating' : kind.working);
  const stored = world.resources.put(call.id, body, completed.hidden);
  const operation = world.operations.start({
    namespace: namespaceOf(kind),
    location,
    seconds: kind.seconds,
    effects: call.effects,
    finish: () => settle(kind, stored.id, world),
    fail: (error) => {
      const failed = markFailed(stored.id, world);
      if (failed) kind.failed?.(failed, error, world);
    },
  });
  return startedResponse(call, world, operation, before ? 200 : kind.created, show(kind, stored, call, world));
}

function settle(kind: ResourceKind, id: string, world: World): JsonObject | undefined {
  const stored = world.resources.get(id);
  if (!stored) return undefined;
  const done = world.resources.put(id, withState(stored.body, 'Succeeded'));
  kind.settle?.(done, world);
  return world.resources.get(id)?.body;
}

/** Marks a resource that is still there; its group may be gone by now. */
function markFailed(id: string, world: World): Stored | undefined {
  const stored = world.resources.get(id);
  return stored && world.resources.put(id, withState(stored.body, 'Failed'));
}

function locationOf(kind: ResourceKind, call: Call, before: Stored | undefined, world: World): string {
  if (!isObject(call.body)) throw armError(400, 'InvalidRequestContent', 'The request content was invalid: a JSON object is required.');
  const location = textAt(call.body, 'location') ?? textAt(before?.body, 'location');
  if (location === undefined) throw armError(400, 'LocationRequired', 'The location property is required for this definition.');
  checkUnmoved(before, call.id, location);
  return requireLocation(world, location, kind.type).name;
}

function bodyOf(kind: ResourceKind, { id, call, location }: Draft, { properties, top = {} }: Completed): JsonObject {
  const kept = Object.entries(objectAt(call.body)).filter(([name]) => kind.keep.includes(name));
  const tags = at(call.body, 'tags');
  return {
    id,
    name: nameOf(id),
    type: kind.type,
    location,
    ...(isObject(tags) && { tags }),
    ...Object.fromEntries(kept),
    ...top,
    properties,
  };
}

function patchTags(kind: ResourceKind, call: Call, world: World): HttpResponse {
  const stored = find(call, world);
  const tags = at(call.body, 'tags');
  const next = world.resources.put(call.id, { ...stored.body, ...(isObject(tags) && { tags }) });
  return { status: 200, body: show(kind, next, call, world) };
}

function remove(kind: ResourceKind, call: Call, world: World): HttpResponse {
  const stored = world.resources.get(call.id);
  if (!stored) return { status: 204 };
  kind.mayDelete?.(stored, world);
  world.resources.put(stored.id, withState(stored.body, 'Deleting'));
  const operation = world.operations.start({
    namespace: namespaceOf(kind),
    location: textAt(stored.body, 'location') ?? 'global',
    seconds: kind.seconds,
    effects: call.effects,
    finish: () => {
      world.resources.delete(stored.id);
      kind.deleted?.(stored, world);
      return undefined;
    },
    fail: () => void markFailed(stored.id, world),
  });
  return acceptedResponse(call, world, operation);
}

function list(kind: ResourceKind, call: Call, world: World): HttpResponse {
  const group = call.params.resourceGroupName?.toLowerCase();
  const all = world.resources.below(`/subscriptions/${world.subscription}`).filter(({ id }) => {
    const found = parseId(id);
    return found.type.toLowerCase() === kind.type.toLowerCase() && (group === undefined || found.group.toLowerCase() === group);
  });
  return { status: 200, body: { value: all.map((stored) => show(kind, stored, call, world)) } };
}

function show(kind: ResourceKind, stored: Stored, call: Call, world: World): JsonObject {
  return kind.show ? kind.show(stored, call, world) : stored.body;
}

function namespaceOf({ type }: ResourceKind): string {
  return type.slice(0, type.indexOf('/'));
}
