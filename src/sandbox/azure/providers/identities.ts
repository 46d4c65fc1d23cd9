import type { HttpResponse, JsonObject } from '../../http.ts';
import { AUTHORIZATION } from '../api-versions.ts';
import { armError } from '../errors.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';
import type { Draft, ResourceKind } from './resource-kind.ts';
import { trackedRoutes } from './tracked-resource.ts';

const VERSIONS = ['2018-11-30', '2022-01-31-preview', '2023-01-31'];

/** Microsoft.ManagedIdentity/userAssignedIdentities. */
const IDENTITY_KIND: ResourceKind = {
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  versions: VERSIONS,
  created: 201,
  seconds: 0,
  keep: [],
  working: 'Creating',
  complete: ({ before }: Draft, world: World) => ({
    properties: before
      ? (before.body.properties as JsonObject)
      : { tenantId: world.tenant, principalId: world.nextGuid(), clientId: world.nextGuid() },
  }),
};

/** Name of the one role that identities have in the sandbox: the build identity's, as docs/reference/permissions.md makes it. */
const ROLE = 'b1d00000-0000-4000-8000-000000000001';

/** User-assigned identities, and the roles that they have: after the descriptions 2023-01-31 and of Microsoft.Authorization 2022-04-01. */
export function identityRoutes(): readonly Route[] {
  const group = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Authorization';
  const network =
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}/providers/Microsoft.Authorization';
  const role = '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}';
  return [
    ...trackedRoutes(IDENTITY_KIND),
    { method: 'GET', path: `${group}/roleAssignments`, versions: AUTHORIZATION, handle: assignments },
    { method: 'GET', path: `${network}/roleAssignments`, versions: AUTHORIZATION, handle: assignments },
    {
      method: 'GET',
      path: '/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleAssignments',
      versions: AUTHORIZATION,
      // Roles are given on groups here.
      handle: () => ({ status: 200, body: { value: [] } }),
    },
    { method: 'GET', path: role, versions: AUTHORIZATION, handle: definition },
  ];
}

/** The only filters that are answered name the one who has the role. */
function assignments(call: Call, world: World): HttpResponse {
  const filter = call.request.query.get('$filter') ?? '';
  const principal = /^\s*(?:assignedTo\('([^']+)'\)|principalId eq '([^']+)')\s*$/.exec(filter);
  if (!principal) throw armError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported by the sandbox.`, '$filter');
  const principalId = principal[1] ?? principal[2] ?? '';
  const roleDefinitionId = `/subscriptions/${world.subscription}/providers/Microsoft.Authorization/roleDefinitions/${ROLE}`;
  const scope = call.id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments$/, '');
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${ROLE}`;
  const properties = { roleDefinitionId, principalId, principalType: 'ServicePrincipal', scope };
  const value =
    world.seed.account.identityActions.length === 0
      ? []
      : [{ id, name: ROLE, type: 'Microsoft.Authorization/roleAssignments', properties }];
  return { status: 200, body: { value } };
}

function definition(call: Call, world: World): HttpResponse {
  const permissions = [{ actions: world.seed.account.identityActions, notActions: [], dataActions: [], notDataActions: [] }];
  const properties = { roleName: 'regild image builder', type: 'CustomRole', description: '', assignableScopes: ['/'], permissions };
  return { status: 200, body: { id: call.id, name: ROLE, type: 'Microsoft.Authorization/roleDefinitions', properties } };
}
