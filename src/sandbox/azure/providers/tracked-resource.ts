import type { HttpResponse, JsonObject } from '../../http.ts';
import { armError, resourceNotFound } from '../errors.ts';
import { nameOf, ownerOf, parseId } from '../ids.ts';
import { at, isObject, objectAt, textAt } from '../json-path.ts';
import { requireLocation } from '../locations.ts';
import { acceptedResponse, startedResponse } from '../long-running.ts';
import type { Operation } from '../operations.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';
import { checkUnmoved, requireParent } from './place-rules.ts';
import { requirePrecondition } from './precondition.ts';
import type { Completed, Draft, ResourceKind, Write } from './resource-kind.ts';

/** A resource as it was written, and the operation that makes it `Succeeded`. */
export interface Written {
  readonly stored: Stored;
  readonly operation: Operation;
  readonly created: boolean;
}

/** The routes of a resource type in a resource group, or in a resource of its parent's type. */
export function trackedRoutes(kind: ResourceKind): readonly Route[] {
  const [namespace = '', ...types] = kind.type.split('/');
  const own = types.at(-1) ?? '';
  const parents = types.slice(0, -1).map((type) => `${type}/{${type}Name}/`);
  const collection = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${namespace}/${parents.join('')}${own}`;
  const one = `${collection}/{name}`;
  const { versions } = kind;
  const everywhere = `/subscriptions/{subscriptionId}/providers/${kind.type}`;
  const listed: Route = { method: 'GET', path: everywhere, versions, handle: (call, world) => list(kind, allOf(kind, world), call, world) };
  return [
    { method: 'PUT', path: one, versions, handle: (call, world) => put(kind, call, world) },
    { method: 'PATCH', path: one, versions, handle: (call, world) => patch(kind, call, world) },
    { method: 'GET', path: one, versions, handle: (call, world) => ({ status: 200, body: show(kind, find(call, world), call, world) }) },
    { method: 'DELETE', path: one, versions, handle: (call, world) => remove(kind, call, world) },
    { method: 'GET', path: collection, versions, handle: (call, world) => list(kind, within(kind, call, world), call, world) },
    ...(parents.length === 0 ? [listed] : []),
  ];
}

/** The stored resource that the path names. Throws ResourceNotFound. */
export function find({ id }: Pick<Call, 'id'>, world: World): Stored {
  const stored = world.resources.get(id);
  if (stored) return stored;
  const { type, names, group } = parseId(id);
  throw resourceNotFound(type, names.join('/'), group);
}

/** The resource with another `provisioningState` and perhaps other properties. */
export function withState(body: JsonObject, provisioningState: string, properties: JsonObject = {}): JsonObject {
  return { ...body, properties: { ...objectAt(body, 'properties'), ...properties, provisioningState } };
}

/** Every resource of a kind in the subscription. */
export function allOf({ type }: Pick<ResourceKind, 'type'>, world: World): readonly Stored[] {
  const all = world.resources.below(`/subscriptions/${world.subscription}`);
  return all.filter(({ id }) => parseId(id).type.toLowerCase() === type.toLowerCase());
}

/** Creates or replaces a resource and starts the operation that makes it `Succeeded`. Throws ArmError. */
export function putResource(kind: ResourceKind, call: Write, world: World): Written {
  kind.admit?.(call);
  if (isNested(kind)) requireParent(call.id, world);
  const before = world.resources.get(call.id);
  const location = locationOf(kind, call, before, world);
  const draft: Draft = { id: before?.id ?? call.id, call, location, properties: objectAt(call.body, 'properties'), before };
  const completed = kind.complete(draft, world);
  return write(
    kind,
    draft,
    { body: { ...bodyOf(kind, draft, completed), ...etag(kind, before, world) }, after: kind.settle, ...completed },
    world,
  );
}

/** What a write stores, and what follows once its operation succeeded. */
interface Change extends Pick<Completed, 'hidden' | 'seconds'> {
  readonly body: JsonObject;
  readonly after: ResourceKind['settle'];
}

function write(kind: ResourceKind, { call, location, before }: Draft, { body, after, hidden, seconds }: Change, world: World): Written {
  const stored = world.resources.put(call.id, withState(body, before ? 'Updating' : kind.working), hidden);
  const operation = world.operations.start({
    namespace: namespaceOf(kind),
    location,
    seconds: seconds ?? kind.seconds,
    effects: call.effects,
    finish: () => settle(stored.id, after, world),
    fail: (error) => {
      const failed = markFailed(stored.id, world);
      if (failed) kind.failed?.(failed, error, world);
    },
  });
  return { stored, operation, created: before === undefined };
}

function put(kind: ResourceKind, call: Call, world: World): HttpResponse {
  if (kind.conditional) requirePrecondition(call, world.resources.get(call.id));
  return answer(kind, putResource(kind, call, world), call, world);
}

function answer(kind: ResourceKind, { stored, operation, created }: Written, call: Call, world: World): HttpResponse {
  return startedResponse(call, world, operation, created ? kind.created : 200, show(kind, stored, call, world));
}

function settle(id: string, after: ResourceKind['settle'], world: World): JsonObject | undefined {
  const stored = world.resources.get(id);
  if (!stored) return undefined;
  const done = world.resources.put(id, withState(stored.body, 'Succeeded'));
  after?.(done, world);
  return world.resources.get(id)?.body;
}

/** Marks a resource that is still there; its group may be gone by now. */
function markFailed(id: string, world: World): Stored | undefined {
  const stored = world.resources.get(id);
  return stored && world.resources.put(id, withState(stored.body, 'Failed'));
}

function isNested({ type }: ResourceKind): boolean {
  return type.split('/').length > 2;
}

function locationOf(kind: ResourceKind, call: Write, before: Stored | undefined, world: World): string {
  if (!isObject(call.body)) throw armError(400, 'InvalidRequestContent', 'The request content was invalid: a JSON object is required.');
  const location = textAt(call.body, 'location') ?? textAt(before?.body, 'location');
  if (location === undefined) throw armError(400, 'LocationRequired', 'The location property is required for this definition.');
  const { name } = requireLocation(world, location, kind.type);
  checkUnmoved(before, call.id, name);
  return name;
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

/** Another one with each write, and the same when the same is written at the same time. */
function etag({ conditional }: ResourceKind, before: Stored | undefined, world: World): JsonObject {
  if (!conditional) return {};
  const [, count = '0'] = /-(\d+)"$/.exec(textAt(before?.body, 'etag') ?? '') ?? [];
  return { etag: `"${world.clock.now().getTime()}-${Number(count) + 1}"` };
}

function patch(kind: ResourceKind, call: Call, world: World): HttpResponse {
  const before = find(call, world);
  const tags = at(call.body, 'tags');
  const tagged = { ...before.body, ...(isObject(tags) && { tags }), ...etag(kind, before, world) };
  if (!kind.change) return { status: 200, body: show(kind, world.resources.put(call.id, tagged), call, world) };
  const location = textAt(before.body, 'location') ?? '';
  const draft = { id: before.id, call, location, properties: objectAt(call.body, 'properties'), before };
  const completed = kind.change(draft, world);
  const body = { ...tagged, ...completed.top, properties: completed.properties };
  return answer(kind, write(kind, draft, { body, after: kind.changed, ...completed }, world), call, world);
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

function list(kind: ResourceKind, stored: readonly Stored[], call: Call, world: World): HttpResponse {
  return { status: 200, body: { value: stored.map((one) => show(kind, one, call, world)) } };
}

/** The resources of a kind in the group, or in the resource, that the path of a collection names. Throws ResourceNotFound. */
function within(kind: ResourceKind, call: Call, world: World): readonly Stored[] {
  if (isNested(kind)) find({ id: ownerOf(call.id) }, world);
  return world.resources.in(call.id);
}

function show(kind: ResourceKind, stored: Stored, call: Call, world: World): JsonObject {
  return kind.show ? kind.show(stored, call, world) : stored.body;
}

function namespaceOf({ type }: ResourceKind): string {
  return type.slice(0, type.indexOf('/'));
}
