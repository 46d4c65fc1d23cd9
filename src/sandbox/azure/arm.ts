import type { Effects, HttpRequest, HttpResponse } from '../http.ts';
import { requireAction } from './actions.ts';
import { notRouted, requireApiVersion, requireGroup, requireRegistration, requireSubscription, requireToken } from './admission.ts';
import { ArmError, armError, errorResponse } from './errors.ts';
import { requirePolicy } from './policy.ts';
import { type Call, findRoute, type Route } from './router.ts';
import type { World } from './world.ts';

/** Answers a request to Azure Resource Manager: who asks, which subscription and group, which operation, and then its provider's handler. */
export function handleArm(routes: readonly Route[], request: HttpRequest, effects: Effects, world: World): HttpResponse {
  const trace = traceHeaders(request, world);
  const answer = answerArm(routes, request, effects, world);
  return { ...answer, headers: { ...trace, ...answer.headers } };
}

function answerArm(routes: readonly Route[], request: HttpRequest, effects: Effects, world: World): HttpResponse {
  try {
    if (request.method === 'GET') world.clock.poll();
    world.clock.settle();
    return world.clock.still(() => {
      const { route, call } = admit(routes, request, effects, world);
      return route.handle(call, world);
    });
  } catch (thrown) {
    if (thrown instanceof ArmError) return errorResponse(thrown.status, thrown.error, thrown.headers);
    throw thrown;
  }
}

function admit(
  routes: readonly Route[],
  request: HttpRequest,
  effects: Effects,
  world: World,
): { readonly route: Route; readonly call: Call } {
  requireToken(request, world);
  const apiVersion = requireApiVersion(request);
  requireSubscription(request, world);
  const routed = findRoute(routes, request.method, request.path, apiVersion, world.versions);
  if (routed.kind !== 'found') throw notRouted(routed, request, apiVersion);
  const { route, params, id } = routed;
  requireAction(request, route, world);
  if (!route.groupOptional) requireGroup(request, params, world);
  requireRegistration(request, route, world);
  const body = parseBody(request);
  requirePolicy(request, id, body, world);
  return { route, call: { request, params, apiVersion, id, body, effects } };
}

function parseBody(request: HttpRequest): unknown {
  if (request.text === '') return undefined;
  try {
    return JSON.parse(request.text);
  } catch {
    throw armError(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized: it is not JSON.');
  }
}

function traceHeaders(request: HttpRequest, world: World): Readonly<Record<string, string>> {
  const id = world.nextRequestId();
  const client = request.headers['x-ms-client-request-id'];
  return {
    'cache-control': 'no-cache',
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': request.headers['x-ms-correlation-request-id'] ?? id,
    ...(client && { 'x-ms-client-request-id': client }),
  };
}
