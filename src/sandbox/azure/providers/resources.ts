import type { HttpResponse, JsonObject } from '../../http.ts';
import { RESOURCES } from '../api-versions.ts';
import { objectAt } from '../json-path.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import { matchesTagFilter } from '../tag-filter.ts';
import type { World } from '../world.ts';

/** Microsoft.Resources lists, after the description of 2022-09-01: resources (GenericResourceExpanded) of a group and of the subscription, and its tags. */
export function resourceRoutes(): readonly Route[] {
  const subscription = '/subscriptions/{subscriptionId}';
  return [
    { method: 'GET', path: `${subscription}/resourceGroups/{resourceGroupName}/resources`, versions: RESOURCES, handle: list },
    { method: 'GET', path: `${subscription}/resources`, versions: RESOURCES, handle: list },
    { method: 'GET', path: `${subscription}/tagNames`, versions: RESOURCES, handle: listTags },
  ];
}

function list(call: Call, world: World): HttpResponse {
  const group = call.id.replace(/\/resources$/, '');
  const resources = world.resources.below(group).filter(isResource).map(summary);
  return { status: 200, body: { value: resources.filter((resource) => matchesTagFilter(resource, call.request.query.get('$filter'))) } };
}

/** Every tag that a group or a resource has, with its values and how often each is there (TagsListResult). */
function listTags(call: Call, world: World): HttpResponse {
  const pairs = world.resources.below(`/subscriptions/${world.subscription}`).flatMap(({ body }) => Object.entries(objectAt(body, 'tags')));
  const value = [...Map.groupBy(pairs, ([name]) => name)].map(([tagName, same]) => {
    const values = [...Map.groupBy(same, ([, text]) => String(text))];
    return {
      ...counted(`${call.id}/${tagName}`, same.length),
      tagName,
      values: values.map(([text, ones]) => tagValue(call.id, tagName, text, ones)),
    };
  });
  return { status: 200, body: { value } };
}

function tagValue(id: string, name: string, text: string, { length }: readonly unknown[]): JsonObject {
  return { ...counted(`${id}/${name}/tagValues/${text}`, length), tagValue: text };
}

function counted(id: string, value: number): JsonObject {
  return { id, count: { type: 'Total', value } };
}

function isResource({ id, body }: Stored): boolean {
  return /\/resourceGroups\/[^/]+\/providers\//i.test(id) && typeof body.location === 'string';
}

function summary({ body }: Stored): JsonObject {
  const { id, name, type, location, tags } = body;
  return { id, name, type, location, tags };
}
