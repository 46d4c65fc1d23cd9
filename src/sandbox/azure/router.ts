import type { Effects, HttpRequest, HttpResponse } from '../http.ts';
import type { World } from './world.ts';

/** A request that found its route. */
export interface Call {
  readonly request: HttpRequest;
  /** Path parameters by name, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** The path as an ARM id, in the case in which the route spells its fixed segments. */
  readonly id: string;
  /** The parsed JSON body; undefined when there is none. */
  readonly body: unknown;
  readonly effects: Effects;
}

/** One operation of one resource provider, named by its path in the API description. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE' | 'HEAD';
  /** With `{name}` for parameters, for example `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`. */
  readonly path: string;
  readonly versions: readonly string[];
  /** Set where the resource group of the path need not exist, because the operation makes or asks for it. */
  readonly groupOptional?: boolean;
  readonly handle: (call: Call, world: World) => HttpResponse | Promise<HttpResponse>;
}

/** For links that answer whatever api-version they are asked with. */
export const ANY_VERSION: readonly string[] = ['*'];

/** How far a request got. */
export type Routed =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>>; readonly id: string }
  /** The path is known, but not with this method. */
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'version'; readonly route: Route; readonly supported: readonly string[] }
  | { readonly kind: 'unknown' };

/** The route for a request, or how far it matched. Fixed segments do not mind case, as in ARM. */
export function findRoute(routes: readonly Route[], method: string, path: string, apiVersion: string): Routed {
  const onPath = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const onMethod = onPath.filter(({ route }) => route.method === method);
  const found = onMethod.find(({ route }) => route.versions === ANY_VERSION || route.versions.includes(apiVersion));
  if (found) return { kind: 'found', ...found, id: fill(found.route.path, found.params) };
  const [first] = onMethod;
  if (first) return { kind: 'version', route: first.route, supported: onMethod.flatMap(({ route }) => route.versions) };
  return onPath.length > 0 ? { kind: 'method', allowed: onPath.map(({ route }) => route.method) } : { kind: 'unknown' };
}

function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const pairs = wanted.map((want, index) => ({ want, have: decode(given[index] ?? '') }));
  const fits = pairs.every(({ want, have }) => (isParameter(want) ? have !== '' : want.toLowerCase() === have.toLowerCase()));
  return fits
    ? Object.fromEntries(pairs.filter(({ want }) => isParameter(want)).map(({ want, have }) => [want.slice(1, -1), have]))
    : undefined;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function fill(pattern: string, params: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
