import type { HttpResponse, JsonObject } from '../../http.ts';
import { armError, errorJson, errorResponse } from '../errors.ts';
import { retryAfter } from '../long-running.ts';
import type { Operation } from '../operations.ts';
import { ANY_VERSION, type Call, type Route } from '../router.ts';
import type { World } from '../world.ts';

/**
 * The links that long-running operations are followed by, for every resource provider: operation status (Azure-AsyncOperation) and result (Location),
 * as the resource provider contract describes them (resource-manager-rpc, async-api-reference; status body: OperationStatusResult of common-types v5).
 */
export function operationRoutes(): readonly Route[] {
  const inProvider = '/subscriptions/{subscriptionId}/providers/{namespace}/locations/{location}/operations/{operationId}';
  const inSubscription = '/subscriptions/{subscriptionId}/operationresults/{operationId}';
  return [
    {
      method: 'GET',
      path: inProvider,
      versions: ANY_VERSION,
      handle: (call, world) => (call.request.query.get('monitor') ? result(call, world, 204) : status(call, world)),
    },
    // Resource groups: their deletion is described with 200 and 202 alone.
    { method: 'GET', path: inSubscription, versions: ANY_VERSION, handle: (call, world) => result(call, world, 200) },
  ];
}

function status(call: Call, world: World): HttpResponse {
  const operation = find(call, world);
  const running = operation.status === 'InProgress';
  return { status: 200, ...(running && { headers: retryAfter(world) }), body: statusBody(call, operation) };
}

function statusBody(call: Call, { id, status, started, ended, error, result }: Operation): JsonObject {
  return {
    id: call.id,
    name: id,
    status,
    startTime: started.toISOString(),
    ...(ended && { endTime: ended.toISOString() }),
    ...(error && { error: errorJson(error) }),
    ...(result && { properties: { output: result } }),
  };
}

/** What an operation gave, or the status of one that ended well and gives nothing. */
function result(call: Call, world: World, empty: 200 | 204): HttpResponse {
  const { status, error, result: output } = find(call, world);
  if (status === 'InProgress')
    return { status: 202, headers: { location: `${call.request.origin}${call.request.path}?${call.request.query}`, ...retryAfter(world) } };
  if (error) return errorResponse(409, error);
  return output ? { status: 200, body: output } : { status: empty };
}

function find(call: Call, world: World): Operation {
  const operation = world.operations.get(call.params.operationId ?? '');
  if (!operation) throw armError(404, 'ResourceNotFound', `The operation '${call.params.operationId}' was not found.`);
  return operation;
}
