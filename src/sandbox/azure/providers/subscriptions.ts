import type { JsonObject } from '../../http.ts';
import type { LocationSeed } from '../../world/seed.ts';
import { RESOURCES } from '../api-versions.ts';
import type { Route } from '../router.ts';
import type { World } from '../world.ts';

/** Microsoft.Resources subscriptions, after the description of 2022-12-01: tenants, subscriptions, and the locations of one. */
export function subscriptionRoutes(): readonly Route[] {
  const one = '/subscriptions/{subscriptionId}';
  return [
    { method: 'GET', path: '/tenants', versions: RESOURCES, handle: (_, world) => ({ status: 200, body: { value: [tenant(world)] } }) },
    {
      method: 'GET',
      path: '/subscriptions',
      versions: RESOURCES,
      handle: (_, world) => ({ status: 200, body: { value: [subscription(world)] } }),
    },
    { method: 'GET', path: one, versions: RESOURCES, handle: (_, world) => ({ status: 200, body: subscription(world) }) },
    {
      method: 'GET',
      path: `${one}/locations`,
      versions: RESOURCES,
      handle: (_, world) => ({ status: 200, body: { value: locations(world) } }),
    },
  ];
}

function tenant(world: World): JsonObject {
  return { id: `/tenants/${world.tenant}`, tenantId: world.tenant, displayName: world.seed.account.tenantName, tenantCategory: 'Home' };
}

function subscription(world: World): JsonObject {
  return {
    id: `/subscriptions/${world.subscription}`,
    subscriptionId: world.subscription,
    tenantId: world.tenant,
    displayName: world.seed.account.subscriptionName,
    state: 'Enabled',
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId: 'PayAsYouGo_2014-09-01', spendingLimit: 'Off' },
    authorizationSource: 'RoleBased',
    managedByTenants: [],
  };
}

function locations(world: World): readonly JsonObject[] {
  return world.seed.locations.map((location) => locationJson(location, world));
}

function locationJson(
  { name, displayName, geographyGroup, physicalLocation, latitude, longitude, zones, pairedRegion }: LocationSeed,
  world: World,
): JsonObject {
  const paired = pairedRegion ? [{ name: pairedRegion, id: `/subscriptions/${world.subscription}/locations/${pairedRegion}` }] : [];
  const mappings = ['1', '2', '3'].map((zone) => ({ logicalZone: zone, physicalZone: `${name}-az${zone}` }));
  return {
    id: `/subscriptions/${world.subscription}/locations/${name}`,
    name,
    type: 'Region',
    displayName,
    regionalDisplayName: `(${geographyGroup}) ${displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: 'Recommended',
      geographyGroup,
      longitude,
      latitude,
      physicalLocation,
      pairedRegion: paired,
    },
    ...(zones && { availabilityZoneMappings: mappings }),
  };
}
