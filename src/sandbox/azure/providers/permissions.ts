import type { HttpResponse } from '../../http.ts';
import { AUTHORIZATION } from '../api-versions.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';

/** Microsoft.Authorization permissions of the caller on a resource group or the subscription, after the description of 2022-04-01 (PermissionGetResult). */
export function permissionRoutes(): readonly Route[] {
  const below = 'providers/Microsoft.Authorization/permissions';
  return [
    {
      method: 'GET',
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/${below}`,
      versions: AUTHORIZATION,
      handle: list,
    },
    {
      method: 'GET',
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{provider}/{type}/{name}/${below}`,
      versions: AUTHORIZATION,
      handle: list,
    },
    {
      method: 'GET',
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{provider}/{parent}/{parentName}/{type}/{name}/${below}`,
      versions: AUTHORIZATION,
      handle: list,
    },
    { method: 'GET', path: `/subscriptions/{subscriptionId}/${below}`, versions: AUTHORIZATION, handle: list },
  ];
}

function list(_: Call, world: World): HttpResponse {
  const value = world.seed.account.permissions.map(({ actions, notActions }) => ({
    actions,
    notActions,
    dataActions: [],
    notDataActions: [],
  }));
  return { status: 200, body: { value } };
}
