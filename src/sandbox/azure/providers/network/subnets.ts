import type { HttpResponse } from '../../../http.ts';
import { resourceNotFound } from '../../errors.ts';
import { parentOf, parseId } from '../../ids.ts';
import { objectAt, textAt } from '../../json-path.ts';
import { acceptedResponse, startedResponse } from '../../long-running.ts';
import type { Operation } from '../../operations.ts';
import type { Call, Route } from '../../router.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import { subnetBody } from './virtual-network.ts';

/** Subnets as resources of their own. */
export function subnetRoutes(versions: readonly string[]): readonly Route[] {
  const all =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{network}/subnets';
  const one = `${all}/{name}`;
  return [
    { method: 'PUT', path: one, versions, handle: put },
    { method: 'GET', path: one, versions, handle: (call, world) => ({ status: 200, body: find(call, world).body }) },
    { method: 'DELETE', path: one, versions, handle: remove },
    {
      method: 'GET',
      path: all,
      versions,
      handle: (call, world) => ({ status: 200, body: { value: world.resources.in(call.id).map(({ body }) => body) } }),
    },
  ];
}

function put(call: Call, world: World): HttpResponse {
  requireNetwork(call, world);
  const before = world.resources.get(call.id);
  const body = subnetBody(call.id, call.params.name ?? '', objectAt(call.body, 'properties'), world);
  world.resources.put(call.id, body);
  return startedResponse(
    call,
    world,
    start(call, world, () => body),
    before ? 200 : 201,
    body,
  );
}

function remove(call: Call, world: World): HttpResponse {
  if (!world.resources.get(call.id)) return { status: 204 };
  const operation = start(call, world, () => {
    world.resources.delete(call.id);
    return undefined;
  });
  return acceptedResponse(call, world, operation);
}

function start(call: Call, world: World, finish: () => ReturnType<typeof subnetBody> | undefined): Operation {
  const location = textAt(world.resources.get(parentOf(call.id))?.body, 'location') ?? '';
  return world.operations.start({
    namespace: 'Microsoft.Network',
    location,
    seconds: 5,
    effects: call.effects,
    finish,
    fail: () => undefined,
  });
}

function requireNetwork(call: Call, world: World): void {
  if (world.resources.get(parentOf(call.id))) return;
  const { group } = parseId(call.id);
  throw resourceNotFound('Microsoft.Network/virtualNetworks', call.params.network ?? '', group);
}
