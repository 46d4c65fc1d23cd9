import type { Effects, HttpRequest, HttpResponse } from '../http.ts';
import type { Versions, World } from './world.ts';

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
  /** Answers at one moment of virtual time. */
  readonly handle: (call: Call, world: World) => HttpResponse;
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
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
  apiVersion: string,
  versions: Versions = 'strict',
): Routed {
  const given = path.split('/').map(decode);
  const onPath = routes.flatMap((route) => {
    const params = matchPath(route.path, given);
    return params ? [{ route, params }] : [];
  });
  const onMethod = onPath.filter(({ route }) => route.method === method);
  const exact = onMethod.find(({ route }) => route.versions === ANY_VERSION || route.versions.includes(apiVersion));
  const found = exact ?? (versions === 'nearest' && isPublishable(apiVersion) ? nearest(onMethod, apiVersion) : undefined);
  if (found) return { kind: 'found', ...found, id: fill(found.route.path, found.params) };
  const [first] = onMethod;
  if (first) return { kind: 'version', route: first.route, supported: onMethod.flatMap(({ route }) => route.versions) };
  return onPath.length > 0 ? { kind: 'method', allowed: onPath.map(({ route }) => route.method) } : { kind: 'unknown' };
}

function isPublishable(apiVersion: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])(-preview)?$/.test(apiVersion) && apiVersion >= '2014';
}

/** The one that lists the newest version not after the asked one; where all are newer, the one that lists the oldest. */
function nearest<Match extends { readonly route: Route }>(matches: readonly Match[], apiVersion: string): Match | undefined {
  const dated = matches
    .flatMap((match) => match.route.versions.map((version) => ({ version, match })))
    .sort((one, other) => (one.version < other.version ? -1 : 1));
  return (dated.findLast(({ version }) => version <= apiVersion) ?? dated[0])?.match;
}

/** The parameters of a path whose segments are decoded; undefined when the pattern is another's. */
function matchPath(pattern: string, given: readonly string[]): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  if (wanted.length !== given.length) return undefined;
  const fits = wanted.every((want, index) => isFilled(want, given[index] ?? ''));
  return fits
    ? Object.fromEntries(wanted.flatMap((want, index) => (isParameter(want) ? [[want.slice(1, -1), given[index] ?? '']] : [])))
    : undefined;
}

function isFilled(want: string, have: string): boolean {
  return isParameter(want) ? have !== '' : want === have || want.toLowerCase() === have.toLowerCase();
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
