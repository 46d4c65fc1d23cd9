import * as z from 'zod';
import { RegildError } from '../../errors.ts';
import { normalLocation } from '../../model/index.ts';
import type { ExistingIdentity, Grant } from '../../ports.ts';
import type { AzureConnection } from './connection/index.ts';
import { ifAnswered, understood, unlessMissing } from './errors/index.ts';

/** API versions of Microsoft.ManagedIdentity and Microsoft.Authorization. */
const IDENTITIES = '2023-01-31';
const AUTHORIZATION = '2022-04-01';

const Identity = z.object({ location: z.string(), properties: z.object({ principalId: z.string() }) });
const Assignments = z.object({ value: z.array(z.object({ properties: z.object({ roleDefinitionId: z.string() }) })) });
const Actions = z.array(z.string()).default([]);
const Permissions = z.array(z.object({ actions: Actions, notActions: Actions }));
const Definition = z.object({ properties: z.object({ permissions: Permissions }) });

/**
 * A user-assigned identity by its id, what it may do in a resource group and in a virtual network, and what the caller may do with it. Undefined when there is none,
 * `unreadable` when it may not be looked at.
 */
export async function readIdentity(
  connection: AzureConnection,
  id: string,
  group: string,
  network: string | undefined,
): Promise<ExistingIdentity | 'unreadable' | undefined> {
  const path = encoded(id);
  const attempt = { doing: `read the identity ${id}`, action: 'Microsoft.ManagedIdentity/userAssignedIdentities/read', scope: id };
  const answer = await unlessMissing(attempt, async () => (await connection.arm()).get(path, IDENTITIES)).catch(unlessDenied);
  if (answer === undefined || answer === 'unreadable') return answer;
  const { location, properties } = understood(Identity, answer, attempt);
  const [rights, inNetwork, toCaller] = await Promise.all([
    rightsOf(connection, properties.principalId, group),
    network === undefined ? undefined : rightsOf(connection, properties.principalId, network),
    grantsAt(connection, id),
  ]);
  return { location: normalLocation(location), rights, inNetwork, toCaller };
}

/** What roles allow a principal in a resource group or on a resource, there and above it; undefined where that may not be asked. */
async function rightsOf(connection: AzureConnection, principal: string, scope: string): Promise<readonly Grant[] | undefined> {
  const filter = new URLSearchParams({ $filter: `assignedTo('${principal}')` });
  const below = `${encoded(scope)}/providers/Microsoft.Authorization/roleAssignments`;
  const attempt = {
    doing: `read the roles of the build identity on ${scope.split('/').at(-1)}`,
    action: 'Microsoft.Authorization/roleAssignments/read',
    scope,
  };
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).get(`${below}?${filter}`, AUTHORIZATION));
  if (answer === undefined) return undefined;
  const roles = [...new Set(understood(Assignments, answer, attempt).value.map(({ properties }) => properties.roleDefinitionId))];
  const found = await Promise.all(roles.map((role) => grantsOfRole(connection, role)));
  return found.some((grants) => grants === undefined) ? undefined : found.flatMap((grants) => grants ?? []);
}

async function grantsOfRole(connection: AzureConnection, role: string): Promise<readonly Grant[] | undefined> {
  const attempt = { doing: `read the role ${role}`, action: 'Microsoft.Authorization/roleDefinitions/read', scope: role };
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).get(encoded(role), AUTHORIZATION));
  return answer === undefined ? undefined : understood(Definition, answer, attempt).properties.permissions;
}

/** What the caller may do with a resource; undefined where that may not be asked. */
export async function grantsAt(connection: AzureConnection, scope: string): Promise<readonly Grant[] | undefined> {
  const path = `${encoded(scope)}/providers/Microsoft.Authorization/permissions`;
  const attempt = { doing: `read the permissions on ${scope}`, action: 'Microsoft.Authorization/permissions/read', scope };
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).get(path, AUTHORIZATION));
  return answer === undefined ? undefined : understood(z.object({ value: Permissions }), answer, attempt).value;
}

function encoded(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

function unlessDenied(error: unknown): 'unreadable' {
  if (error instanceof RegildError && error.code === 'CLOUD_DENIED') return 'unreadable';
  throw error;
}
