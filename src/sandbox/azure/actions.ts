import type { HttpRequest } from '../http.ts';
import { armError } from './errors.ts';
import { parseId } from './ids.ts';
import type { Route } from './router.ts';
import type { World } from './world.ts';

const OF_METHOD = { GET: 'read', HEAD: 'read', PUT: 'write', PATCH: 'write', DELETE: 'delete', POST: 'action' } as const;

/** Questions that are posted because they are long; their action is a read. Source: azure-resource-manager, resource provider operations. */
const ASKED_BY_POST = /\/(?:Microsoft\.ResourceGraph\/resources|Microsoft\.PolicyInsights\/checkPolicyRestrictions)$/i;

/** Whether a request changes something, by its method and path. */
export function isWrite(method: string, path: string): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/.test(method) && !ASKED_BY_POST.test(path);
}

/** Segments of paths that are no part of the action's name. Source: the same list (artifacttypes/offers, plans/agreements). */
const SILENT = /^(?:vmimage|current)$/i;

/**
 * The action of Azure's role definitions that a request needs, for example `Microsoft.Compute/galleries/images/write`. Links that follow an operation
 * carry their own signature and need none.
 */
export function actionOf(method: Route['method'], path: string): string | undefined {
  if (/\/(?:operations|operationresults)\/\{operationId\}$/.test(path) && !path.includes('/deployments/')) return undefined;
  const named = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{') && !SILENT.test(segment));
  const provider = named.lastIndexOf('providers');
  const [last = ''] = named.slice(-1);
  // POST …/runCommand is an action of its resource: `…/virtualMachines/runCommand/action`.
  const verb = ASKED_BY_POST.test(path) ? 'read' : OF_METHOD[method];
  const ofProvider = provider >= 0 && last !== 'providers' && !path.endsWith('/{namespace}') && !path.includes('/{namespace}/');
  if (ofProvider) return `${named.slice(provider + 1).join('/')}/${verb}`;
  // Deployments stand in a group without their provider being named.
  const deployments = named.indexOf('deployments');
  return `Microsoft.Resources/${named.slice(Math.max(deployments, 0)).join('/')}/${verb}`;
}

/** What a caller also needs on resources that a body names. Source: role-based-access-control, linked access checks. */
const LINKED: Readonly<Record<string, string>> = {
  'microsoft.network/virtualnetworks/subnets': 'Microsoft.Network/virtualNetworks/subnets/join/action',
  'microsoft.network/networkinterfaces': 'Microsoft.Network/networkInterfaces/join/action',
  'microsoft.network/publicipaddresses': 'Microsoft.Network/publicIPAddresses/join/action',
  'microsoft.network/networksecuritygroups': 'Microsoft.Network/networkSecurityGroups/join/action',
  'microsoft.compute/galleries/images/versions': 'Microsoft.Compute/galleries/images/versions/read',
  'microsoft.compute/images': 'Microsoft.Compute/images/read',
  'microsoft.managedidentity/userassignedidentities': 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
};

/** What a write also needs, and on which resource that its body names. */
export function linkedActions({
  method,
  text,
}: Pick<HttpRequest, 'method' | 'text'>): readonly { readonly action: string; readonly id: string }[] {
  if (method !== 'PUT' && method !== 'PATCH') return [];
  const ids = new Set([...text.matchAll(/"(\/subscriptions\/[^"\s]+\/providers\/[^"\s]+)"/gi)].map(([, id = '']) => id));
  return [...ids].flatMap((id) => {
    const action = LINKED[parseId(id).type.toLowerCase()];
    return action === undefined ? [] : [{ action, id }];
  });
}

/** Checks that the caller's roles allow a request. Throws AuthorizationFailed or LinkedAuthorizationFailed. */
export function requireAction(request: HttpRequest, route: Route, world: World): void {
  const action = actionOf(route.method, route.path);
  if (action !== undefined && !allowed(action, world)) {
    const message = `The client '${world.clientId}' with object id '${world.clientId}' does not have authorization to perform action '${action}' over scope '${request.path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
    throw armError(403, 'AuthorizationFailed', message);
  }
  const linked = linkedActions(request).find((one) => !allowed(one.action, world));
  if (linked === undefined) return;
  const message = `The client '${world.clientId}' with object id '${world.clientId}' has permission to perform action '${action ?? ''}' on scope '${request.path}'; however, it does not have permission to perform action '${linked.action}' on the linked scope(s) '${linked.id}' or the linked scope(s) are invalid.`;
  throw armError(403, 'LinkedAuthorizationFailed', message);
}

function allowed(action: string, { seed }: World): boolean {
  return seed.account.permissions.some(
    ({ actions, notActions }) => actions.some((one) => covers(one, action)) && !notActions.some((one) => covers(one, action)),
  );
}

/** Role patterns: `*` stands for any characters, case does not matter. */
function covers(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
