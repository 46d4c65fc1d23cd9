import type { HttpResponse } from '../../http.ts';
import { COMPUTE } from '../api-versions.ts';
import { requireLocation } from '../locations.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';

/** Microsoft.Compute usage, after the description of 2024-07-01 (ListUsagesResult): the quota of a location. */
export function computeUsageRoutes(): readonly Route[] {
  const path = '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/usages';
  return [{ method: 'GET', path, versions: COMPUTE, handle: list }];
}

function list(call: Call, world: World): HttpResponse {
  requireLocation(world, call.params.location ?? '', 'locations/usages');
  const value = world.seed.usage.map(({ name, label, used, limit }) => ({
    unit: 'Count',
    currentValue: used,
    limit,
    name: { value: name, localizedValue: label },
  }));
  return { status: 200, body: { value } };
}
