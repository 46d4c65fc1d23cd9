import type { HttpRequest } from '../http.ts';
import { ArmError, armError } from './errors.ts';
import { groupId } from './ids.ts';
import type { Route, Routed } from './router.ts';
import { tokenIsOurs } from './token.ts';
import type { World } from './world.ts';

/** Checks that the caller is signed in with a token of this tenant. Throws AuthenticationFailed or InvalidAuthenticationToken with the challenge that SDKs read. */
export function requireToken(request: HttpRequest, world: World): void {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const challenge = { 'www-authenticate': `Bearer authorization_uri="${request.origin}/${world.tenant}", error="invalid_token"` };
  if (!token) {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    throw new ArmError(401, { code: 'AuthenticationFailed', message }, challenge);
  }
  if (!tokenIsOurs(token, world.signingKey)) {
    const message = 'The access token is invalid: it was not issued by the tenant of this subscription.';
    throw new ArmError(401, { code: 'InvalidAuthenticationToken', message }, challenge);
  }
}

/** The api-version of a request. Throws MissingApiVersionParameter. */
export function requireApiVersion(request: HttpRequest): string {
  const version = request.query.get('api-version');
  if (version) return version;
  throw armError(400, 'MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
}

/** Checks that a path is not about another subscription. Throws InvalidSubscriptionId or SubscriptionNotFound. */
export function requireSubscription(request: HttpRequest, world: World): void {
  const subscription = /^\/subscriptions\/([^/]+)/i.exec(request.path)?.[1];
  if (subscription === undefined || subscription.toLowerCase() === world.subscription) return;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscription)) {
    throw armError(400, 'InvalidSubscriptionId', `The provided subscription identifier '${subscription}' is malformed or invalid.`);
  }
  throw armError(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
}

/** Checks that the resource group of a path exists and is not being deleted. Throws ResourceGroupNotFound or ResourceGroupBeingDeleted. */
export function requireGroup(request: HttpRequest, params: Readonly<Record<string, string>>, world: World): void {
  const name = params.resourceGroupName;
  if (name === undefined) return;
  const group = world.resources.get(groupId(world.subscription, name));
  if (!group) throw armError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
  if (group.hidden.deleting && request.method !== 'GET' && request.method !== 'DELETE') {
    throw armError(
      409,
      'ResourceGroupBeingDeleted',
      `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
    );
  }
}

/** Checks, before a write, that the subscription has the provider registered. Throws MissingSubscriptionRegistration. */
export function requireRegistration(request: HttpRequest, route: Route, world: World): void {
  const namespace = /\/providers\/([^/{}]+)\//.exec(route.path)?.[1];
  if (request.method === 'GET' || namespace === undefined || !route.path.includes('{resourceGroupName}')) return;
  const provider = world.resources.get(`/subscriptions/${world.subscription}/providers/${namespace}`);
  if (!provider || provider.body.registrationState === 'Registered') return;
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw armError(409, 'MissingSubscriptionRegistration', message);
}

/** The error for a request that found no handler, by how far it got. */
export function notRouted(routed: Exclude<Routed, { kind: 'found' }>, request: HttpRequest, apiVersion: string): ArmError {
  const namespace = /\/providers\/([^/]+)/i.exec(request.path)?.[1];
  switch (routed.kind) {
    case 'method':
      return new ArmError(
        405,
        { code: 'HttpMethodNotAllowed', message: `The HTTP method '${request.method}' is not supported at '${request.path}'.` },
        { allow: routed.allowed.join(', ') },
      );
    case 'version':
      return versionError(routed, apiVersion);
    case 'unknown':
      return namespace === undefined
        ? armError(404, 'NotFound', `No HTTP resource was found that matches the request URI '${request.path}'.`)
        : armError(
            404,
            'InvalidResourceType',
            `The resource type could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`,
          );
  }
}

function versionError({ route, supported }: Extract<Routed, { kind: 'version' }>, apiVersion: string): ArmError {
  const versions = [...new Set(supported)].sort().join(',');
  const provider = /\/providers\/([^/{}]+)\/(?:locations\/\{[^/]+\}\/)?([^/{}]+)/.exec(route.path);
  if (!provider) {
    return armError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${apiVersion}' is invalid. The supported versions are '${versions}'.`,
    );
  }
  const message = `No registered resource provider found for API version '${apiVersion}' and type '${provider[2]}' in namespace '${provider[1]}'. The supported api-versions are '${versions}'.`;
  return armError(400, 'NoRegisteredProviderFound', message);
}
