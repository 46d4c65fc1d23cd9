import * as z from 'zod';
import type { HttpResponse } from '../../http.ts';
import { RESOURCES } from '../api-versions.ts';
import { readBody } from '../body.ts';
import { armError } from '../errors.ts';
import { normalLocation } from '../ids.ts';
import { requireLocation } from '../locations.ts';
import { locationResponse } from '../long-running.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import { matchesTagFilter } from '../tag-filter.ts';
import type { World } from '../world.ts';

const Group = z.object({ location: z.string(), tags: z.record(z.string(), z.string()).optional(), managedBy: z.string().optional() });

/** Virtual seconds that deleting a group takes. */
const DELETION = 60;

/** Microsoft.Resources resource groups, after the description of 2022-09-01. Deleting one deletes what is in it. */
export function resourceGroupRoutes(): readonly Route[] {
  const all = '/subscriptions/{subscriptionId}/resourceGroups';
  const one = { path: `${all}/{resourceGroupName}`, versions: RESOURCES };
  return [
    { method: 'GET', path: all, versions: RESOURCES, handle: list },
    { ...one, method: 'GET', handle: (call, world) => ({ status: 200, body: existing(call, world).body }) },
    { ...one, method: 'HEAD', groupOptional: true, handle: (call, world) => ({ status: world.resources.get(call.id) ? 204 : 404 }) },
    { ...one, method: 'PUT', groupOptional: true, handle: put },
    { ...one, method: 'PATCH', handle: patch },
    { ...one, method: 'DELETE', handle: remove },
  ];
}

function list(call: Call, world: World): HttpResponse {
  const groups = world.resources.in(`/subscriptions/${world.subscription}/resourceGroups`).map(({ body }) => body);
  return { status: 200, body: { value: groups.filter((group) => matchesTagFilter(group, call.request.query.get('$filter'))) } };
}

function existing(call: Call, world: World): Stored {
  const group = world.resources.get(call.id);
  if (!group) throw armError(404, 'ResourceGroupNotFound', `Resource group '${call.params.resourceGroupName}' could not be found.`);
  return group;
}

function put(call: Call, world: World): HttpResponse {
  const { location, tags, managedBy } = readBody(call, Group);
  const name = checkedName(call.params.resourceGroupName ?? '');
  const region = requireLocation(world, location, 'Microsoft.Resources/resourceGroups').name;
  const before = world.resources.get(call.id);
  if (before && before.body.location !== normalLocation(location)) throw elsewhere(name, String(before.body.location), region);
  const id = before?.id ?? call.id;
  const body = {
    id,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location: region,
    ...(tags && { tags }),
    ...(managedBy && { managedBy }),
  };
  const stored = world.resources.put(id, { ...body, properties: { provisioningState: 'Succeeded' } });
  return { status: before ? 200 : 201, body: stored.body };
}

function checkedName(name: string): string {
  if (/^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u.test(name)) return name;
  const text = `The provided resource group name '${name}' is invalid: at most 90 letters, digits, underscores, parentheses, hyphens and periods, not ending in a period.`;
  throw armError(400, 'InvalidResourceGroupName', text, 'resourceGroupName');
}

function elsewhere(name: string, location: string, wanted: string) {
  const text = `Invalid resource group location '${wanted}'. The Resource group '${name}' already exists in location '${location}'.`;
  return armError(409, 'InvalidResourceGroupLocation', text);
}

function patch(call: Call, world: World): HttpResponse {
  const { tags } = readBody(call, Group.partial());
  const { id, body } = existing(call, world);
  return { status: 200, body: world.resources.put(id, tags ? { ...body, tags } : body).body };
}

function remove(call: Call, world: World): HttpResponse {
  const { id, body } = existing(call, world);
  world.resources.put(id, { ...body, properties: { provisioningState: 'Deleting' } }, { deleting: true });
  const operation = world.operations.start({
    namespace: 'Microsoft.Resources',
    location: String(body.location),
    seconds: DELETION,
    effects: call.effects,
    finish: () => void world.resources.delete(id),
    fail: () => void world.resources.put(id, { ...body, properties: { provisioningState: 'Failed' } }, {}),
  });
  return locationResponse(call, world, operation);
}
