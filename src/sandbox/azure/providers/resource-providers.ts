import type { HttpResponse, JsonObject } from '../../http.ts';
import type { ProviderSeed } from '../../world/seed.ts';
import { RESOURCES } from '../api-versions.ts';
import { armError } from '../errors.ts';
import type { Call, Route } from '../router.ts';
import type { Stored } from '../store.ts';
import type { World } from '../world.ts';

/** Virtual seconds from a registration to its effect. */
const REGISTRATION = 60;

/** Microsoft.Resources providers, after the description of 2022-09-01: list, get, register, unregister. The api-versions shown are those of `routes`. */
export function resourceProviderRoutes(routes: readonly Route[]): readonly Route[] {
  const all = '/subscriptions/{subscriptionId}/providers';
  const one = `${all}/{namespace}`;
  return [
    { method: 'GET', path: all, versions: RESOURCES, handle: (_, world) => list(routes, world) },
    { method: 'GET', path: one, versions: RESOURCES, handle: (call, world) => show(routes, existing(call, world), world) },
    { method: 'POST', path: `${one}/register`, versions: RESOURCES, handle: (call, world) => register(routes, call, world) },
    { method: 'POST', path: `${one}/unregister`, versions: RESOURCES, handle: (call, world) => unregister(routes, call, world) },
  ];
}

function list(routes: readonly Route[], world: World): HttpResponse {
  const value = world.seed.providers.map(({ namespace }) => providerJson(routes, stored(namespace, world), world));
  return { status: 200, body: { value } };
}

function show(routes: readonly Route[], provider: Stored, world: World): HttpResponse {
  return { status: 200, body: providerJson(routes, provider, world) };
}

function register(routes: readonly Route[], call: Call, world: World): HttpResponse {
  const provider = existing(call, world);
  if (provider.body.registrationState === 'Registered') return show(routes, provider, world);
  world.clock.after(REGISTRATION, () => void world.resources.put(provider.id, { registrationState: 'Registered' }));
  return show(routes, world.resources.put(provider.id, { registrationState: 'Registering' }), world);
}

function unregister(routes: readonly Route[], call: Call, world: World): HttpResponse {
  return show(routes, world.resources.put(existing(call, world).id, { registrationState: 'Unregistered' }), world);
}

function existing(call: Call, world: World): Stored {
  const name = call.params.namespace ?? '';
  const provider = world.seed.providers.find(({ namespace }) => namespace.toLowerCase() === name.toLowerCase());
  if (!provider) throw armError(404, 'InvalidResourceNamespace', `The resource namespace '${name}' is invalid.`);
  return stored(provider.namespace, world);
}

function stored(namespace: string, world: World): Stored {
  const id = `/subscriptions/${world.subscription}/providers/${namespace}`;
  return world.resources.get(id) ?? { id, body: {}, hidden: {} };
}

function providerJson(routes: readonly Route[], { id, body }: Stored, world: World): JsonObject {
  const seed = world.seed.providers.find(({ namespace }) => id.endsWith(`/${namespace}`));
  const resourceTypes = seed ? seed.resourceTypes.map((type) => typeJson(routes, seed, type, world)) : [];
  return {
    id,
    namespace: seed?.namespace,
    registrationPolicy: 'RegistrationRequired',
    registrationState: body.registrationState,
    resourceTypes,
  };
}

function typeJson(routes: readonly Route[], { namespace }: ProviderSeed, resourceType: string, world: World): JsonObject {
  const apiVersions = routes.filter(({ path }) => typeOf(path) === `${namespace}/${resourceType}`).flatMap(({ versions }) => versions);
  const locations = world.seed.locations.map(({ displayName }) => displayName);
  return {
    resourceType,
    locations,
    apiVersions: [...new Set(apiVersions)].sort().reverse(),
    capabilities: 'SupportsTags, SupportsLocation',
    ...(resourceType === 'virtualMachines' && { zoneMappings: zoneMappings(world) }),
  };
}

function zoneMappings(world: World): readonly JsonObject[] {
  return world.seed.locations.map(({ displayName, zones }) => ({ location: displayName, zones: zones ? ['1', '2', '3'] : [] }));
}

/** `…/providers/Microsoft.Compute/galleries/{galleryName}/images/{name}` gives `Microsoft.Compute/galleries/images`. */
function typeOf(path: string): string {
  return (path.split('/providers/')[1] ?? '').replace(/\/\{[^}]+\}/g, '');
}
