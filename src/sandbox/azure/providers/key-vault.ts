import type { HttpResponse, JsonObject } from '../../http.ts';
import { armError } from '../errors.ts';
import { nameOf } from '../ids.ts';
import { objectAt, textAt } from '../json-path.ts';
import type { Call, Route } from '../router.ts';
import type { World } from '../world.ts';
import type { Completed, Draft, ResourceKind } from './resource-kind.ts';
import { find, trackedRoutes } from './tracked-resource.ts';

/** What Packer's plugin sends for the vault that holds a Windows build's certificate, and the newest. */
const VERSIONS = ['2022-07-01', '2023-07-01', '2024-11-01'];
const ONE = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{name}';

const VAULTS: ResourceKind = {
  type: 'Microsoft.KeyVault/vaults',
  versions: VERSIONS,
  created: 200,
  seconds: 5,
  working: 'RegisteringDns',
  keep: [],
  complete: completeVault,
};

/** Microsoft.KeyVault: vaults and their secrets through Resource Manager, after the description of 2023-07-01. A secret's value goes in and never out. */
export function keyVaultRoutes(): readonly Route[] {
  const secret = { path: `${ONE}/secrets/{secretName}`, versions: VERSIONS };
  return [
    { method: 'DELETE', path: ONE, versions: VERSIONS, handle: remove },
    ...trackedRoutes(VAULTS).filter(({ method }) => method !== 'DELETE'),
    { ...secret, method: 'PUT', handle: putSecret },
    { ...secret, method: 'GET', handle: (call, world) => ({ status: 200, body: find(call, world).body }) },
  ];
}

function completeVault({ id, properties }: Draft): Completed {
  const name = nameOf(id);
  if (!/^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name)) {
    throw armError(
      400,
      'VaultNameNotValid',
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters.`,
    );
  }
  if (textAt(properties, 'tenantId') === undefined || textAt(properties, 'sku', 'name') === undefined) {
    throw armError(400, 'BadRequest', `An invalid value was provided for 'properties' of vault '${name}': tenantId and sku are required.`);
  }
  return { properties: { ...properties, vaultUri: `https://${name}.vault.azure.net/` } };
}

function remove({ id }: Call, world: World): HttpResponse {
  if (!world.resources.get(id)) return { status: 204 };
  for (const stored of world.resources.below(id)) world.resources.delete(stored.id);
  world.resources.delete(id);
  return { status: 200 };
}

function putSecret(call: Call, world: World): HttpResponse {
  const vault = find({ ...call, id: call.id.replace(/\/secrets\/[^/]+$/, '') }, world);
  if (textAt(call.body, 'properties', 'value') === undefined) {
    throw armError(400, 'BadParameter', "The request body is invalid: 'properties.value' is missing.");
  }
  const before = world.resources.get(call.id);
  const stored = world.resources.put(call.id, secretBody(call, textAt(vault.body, 'properties', 'vaultUri') ?? '', world));
  return { status: before ? 200 : 201, body: stored.body };
}

function secretBody(call: Call, vaultUri: string, world: World): JsonObject {
  const { value: _, ...properties } = objectAt(call.body, 'properties');
  const seconds = Math.floor(world.clock.now().getTime() / 1000);
  const secretUri = `${vaultUri}secrets/${nameOf(call.id)}`;
  return {
    id: call.id,
    name: nameOf(call.id),
    type: 'Microsoft.KeyVault/vaults/secrets',
    tags: objectAt(call.body, 'tags'),
    properties: {
      ...properties,
      attributes: { enabled: true, created: seconds, updated: seconds },
      secretUri,
      secretUriWithVersion: `${secretUri}/${world.nextGuid().replaceAll('-', '')}`,
    },
  };
}
