import type { HttpResponse, JsonObject } from '../../http.ts';
import { RESOURCES } from '../api-versions.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import { matchesTagFilter } from '../tag-filter.ts';
import type { World } from '../world.ts';

/** Microsoft.Resources list of resources, after the description of 2022-09-01 (GenericResourceExpanded): of a group, and of the subscription. */
export function resourceRoutes(): readonly Route[] {
  const subscription = '/subscriptions/{subscriptionId}';
  return [
    { method: 'GET', path: `${subscription}/resourceGroups/{resourceGroupName}/resources`, versions: RESOURCES, handle: list },
    { method: 'GET', path: `${subscription}/resources`, versions: RESOURCES, handle: list },
  ];
}

function list(call: Call, world: World): HttpResponse {
  const group = call.id.replace(/\/resources$/, '');
  const resources = world.resources.below(group).filter(isResource).map(summary);
  return { status: 200, body: { value: resources.filter((resource) => matchesTagFilter(resource, call.request.query.get('$filter'))) } };
}

function isResource({ id, body }: Stored): boolean {
  return /\/resourceGroups\/[^/]+\/providers\//i.test(id) && typeof body.location === 'string';
}

function summary({ body }: Stored): JsonObject {
  const { id, name, type, location, tags } = body;
  return { id, name, type, location, tags };
}
