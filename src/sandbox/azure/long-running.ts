import type { HttpResponse, JsonObject } from '../http.ts';
import type { Operation } from './operations.ts';
import type { Call } from './router.ts';
import type { World } from './world.ts';

/** How long ARM asks a caller to wait between two looks, in virtual seconds. */
const RETRY_AFTER = 10;

/** The answer to a request that started an operation: the resource as it is, and a link to the operation's status (Azure-AsyncOperation). */
export function startedResponse(call: Call, world: World, operation: Operation, status: 200 | 201, body: JsonObject): HttpResponse {
  return { status, headers: { 'azure-asyncoperation': statusLink(call, world, operation), ...retryAfter(world) }, body };
}

/** The answer 202 without a body, with both links: the status, and the Location that answers 202 until the result is there. */
export function acceptedResponse(call: Call, world: World, operation: Operation): HttpResponse {
  const status = statusLink(call, world, operation);
  return { status: 202, headers: { 'azure-asyncoperation': status, location: `${status}&monitor=true`, ...retryAfter(world) } };
}

/** The answer 202 with a Location alone, the flavour of resource groups. */
export function locationResponse(call: Call, world: World, operation: Operation): HttpResponse {
  const link = `${call.request.origin}/subscriptions/${world.subscription}/operationresults/${operation.id}?api-version=${call.apiVersion}`;
  return { status: 202, headers: { location: link, ...retryAfter(world) } };
}

/** The Retry-After header, in seconds of the caller. */
export function retryAfter(world: World): Readonly<Record<string, string>> {
  return { 'retry-after': String(world.clock.callerSeconds(RETRY_AFTER)) };
}

function statusLink(call: Call, world: World, { namespace, location, id }: Operation): string {
  const path = `/subscriptions/${world.subscription}/providers/${namespace}/locations/${location}/operations/${id}`;
  return `${call.request.origin}${path}?api-version=${call.apiVersion}`;
}
