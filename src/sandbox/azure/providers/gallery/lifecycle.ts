import type { HttpResponse, JsonObject } from '../../../http.ts';
import { objectAt, textAt } from '../../json-path.ts';
import { acceptedResponse, startedResponse } from '../../long-running.ts';
import type { Call } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { forVersion } from './api-shape.ts';

/** Virtual seconds that writing or deleting a gallery or a definition takes. */
const SECONDS = 20;

/** Stores a gallery or definition and starts the operation that makes it `Succeeded`; 201 when it is new, 200 otherwise. */
export function write(call: Call, world: World, body: JsonObject): HttpResponse {
  const before = world.resources.get(call.id);
  const stored = world.resources.put(call.id, withState(body, before ? 'Updating' : 'Creating'));
  const settle = (state: string) =>
    world.resources.put(stored.id, withState(world.resources.get(stored.id)?.body ?? stored.body, state)).body;
  const operation = world.operations.start({
    ...operationOf(call, stored),
    seconds: SECONDS,
    finish: () => settle('Succeeded'),
    fail: () => void settle('Failed'),
  });
  return startedResponse(call, world, operation, before ? 200 : 201, forVersion(stored.body, call.apiVersion));
}

/** Starts the deletion of a resource that may be deleted; 204 when there is none. */
export function remove(call: Call, world: World, check: (stored: Stored) => void): HttpResponse {
  const stored = world.resources.get(call.id);
  if (!stored) return { status: 204 };
  check(stored);
  world.resources.put(stored.id, withState(stored.body, 'Deleting'));
  const operation = world.operations.start({
    ...operationOf(call, stored),
    seconds: SECONDS,
    finish: () => void world.resources.delete(stored.id),
    fail: () => void world.resources.put(stored.id, withState(stored.body, 'Failed')),
  });
  return acceptedResponse(call, world, operation);
}

/** The resource with another provisioningState. */
export function withState(body: JsonObject, provisioningState: string): JsonObject {
  return { ...body, properties: { ...objectAt(body, 'properties'), provisioningState } };
}

function operationOf(call: Call, stored: Stored) {
  return { namespace: 'Microsoft.Compute', location: textAt(stored.body, 'location') ?? '', effects: call.effects };
}
