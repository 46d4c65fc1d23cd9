import type { HttpResponse, JsonObject } from '../http.ts';
import { armError } from './errors.ts';
import { type Call, findRoute, type Route } from './router.ts';
import type { World } from './world.ts';

/** PUTs a resource through the routes that a caller would use, in any api-version they know. Throws what they throw. */
export function putResource(routes: readonly Route[], id: string, body: JsonObject, cause: Call, world: World): HttpResponse {
  const versions = routes.filter(({ method }) => method === 'PUT').flatMap((route) => route.versions);
  for (const apiVersion of new Set(versions)) {
    const routed = findRoute(routes, 'PUT', id, apiVersion);
    if (routed.kind !== 'found') continue;
    const request = {
      ...cause.request,
      method: 'PUT',
      path: id,
      query: new URLSearchParams({ 'api-version': apiVersion }),
      text: JSON.stringify(body),
    };
    return routed.route.handle({ request, params: routed.params, apiVersion, id: routed.id, body, effects: {} }, world);
  }
  throw armError(400, 'NoRegisteredProviderFound', `No registered resource provider found for '${id}'.`);
}
