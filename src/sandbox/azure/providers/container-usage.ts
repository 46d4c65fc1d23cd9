import type { HttpResponse } from '../../http.ts';
import { requireLocation } from '../locations.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';

const VERSIONS = ['2021-10-01', '2022-09-01', '2023-05-01'];

/** Microsoft.ContainerInstance usage, after the description of 2023-05-01 (UsageListResult): the quota of isolated builds. */
export function containerUsageRoutes(): readonly Route[] {
  const path = '/subscriptions/{subscriptionId}/providers/Microsoft.ContainerInstance/locations/{location}/usages';
  return [{ method: 'GET', path, versions: VERSIONS, handle: list }];
}

function list(call: Call, world: World): HttpResponse {
  requireLocation(world, call.params.location ?? '', 'locations/usages');
  const { used, limit } = world.seed.account.containerCores;
  const root = call.id;
  const row = (name: string, label: string, currentValue: number, most: number) => ({
    id: `${root}/${name}`,
    unit: 'Count',
    currentValue,
    limit: most,
    name: { value: name, localizedValue: label },
  });
  const value = [row('ContainerGroups', 'Container Groups', 0, 100), row('StandardCores', 'Standard Cores', used, limit)];
  return { status: 200, body: { value } };
}
