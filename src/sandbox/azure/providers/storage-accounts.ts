import type { JsonObject } from '../../http.ts';
import { objectAt } from '../json-path.ts';
import type { Call, Route } from '../router.ts';
import { find } from './tracked-resource.ts';

const VERSIONS = ['2023-01-01', '2023-05-01', '2024-01-01'];

/** Microsoft.Storage: the accounts that other services make for themselves can be looked at, after the description of 2023-05-01. */
export function storageAccountRoutes(): readonly Route[] {
  const path =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}';
  return [
    { method: 'GET', path, versions: VERSIONS, handle: (call, world) => ({ status: 200, body: shown(find(call, world).body, call) }) },
  ];
}

/** The data of an account is answered below the address that the caller used, as no name of it resolves here. */
function shown(body: JsonObject, { request, params }: Call): JsonObject {
  const blob = `${request.origin}/blob/${params.accountName}/`;
  return { ...body, properties: { ...objectAt(body, 'properties'), primaryEndpoints: { blob } } };
}
