import type { HttpRequest, HttpResponse, JsonObject } from '../http.ts';
import { signToken, tokenClaims, tokenIsSigned } from './token.ts';
import type { World } from './world.ts';

/** How long a token lives, in seconds, as Entra ID says it for a service principal. */
const LIFETIME = 3599;

/**
 * Answers what belongs to sign-in and cloud discovery: ARM's metadata endpoints, and Entra ID's token, OpenID configuration and instance discovery
 * (learn.microsoft.com: entra/identity-platform/v2-oauth2-client-creds-grant-flow). Undefined when the request is none of these.
 */
export function handleEntra(request: HttpRequest, world: World): HttpResponse | undefined {
  const path = request.path.toLowerCase();
  if (path === '/metadata/endpoints') return { status: 200, body: metadata(request, world) };
  if (path === '/common/discovery/instance') return { status: 200, body: discovery(request) };
  const found = /^\/([^/]+)\/(?:v2\.0\/\.well-known\/openid-configuration|(oauth2\/(?:v2\.0\/)?token))$/.exec(path);
  if (!found) return undefined;
  if (found[1] !== world.tenant) return denied(400, 'invalid_request', 90002, `Tenant '${found[1]}' not found.`);
  return found[2] ? token(request, world) : { status: 200, body: openId(request, world) };
}

function metadata(request: HttpRequest, world: World): JsonObject | readonly JsonObject[] {
  const cloud = {
    // Callers know clouds by this name and refuse others; `simulated` is ours, and strangers pass over it.
    name: 'AzureCloud',
    simulated: true,
    portal: request.origin,
    authentication: { loginEndpoint: request.origin, audiences: [request.origin], tenant: world.tenant, identityProvider: 'AAD' },
    graph: request.origin,
    graphAudience: request.origin,
    microsoftGraphResourceId: request.origin,
    resourceManager: request.origin,
    media: request.origin,
    gallery: request.origin,
    suffixes: { storage: 'core.windows.net', keyVaultDns: 'vault.azure.net' },
  };
  return (request.query.get('api-version') ?? '') >= '2022-09-01' ? cloud : [cloud];
}

function discovery(request: HttpRequest): JsonObject {
  const host = new URL(request.origin).host;
  return {
    tenant_discovery_endpoint: `${request.origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

function openId(request: HttpRequest, world: World): JsonObject {
  const base = `${request.origin}/${world.tenant}`;
  return {
    issuer: `${base}/v2.0`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code', 'id_token', 'token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

function token(request: HttpRequest, world: World): HttpResponse {
  const form = new URLSearchParams(request.text);
  const refused =
    request.method !== 'POST' ? denied(405, 'invalid_request', 900561, 'The endpoint only accepts POST requests.') : refusal(form, world);
  if (refused) return refused;
  const audience = (form.get('scope') ?? form.get('resource') ?? request.origin).split(' ')[0]?.replace(/\/+\.default$/, '');
  const issued = Math.floor(world.machine() / 1000);
  const claims = {
    aud: audience,
    iss: `${request.origin}/${world.tenant}/`,
    iat: issued,
    nbf: issued,
    exp: issued + LIFETIME,
    appid: world.clientId,
    oid: world.clientId,
    sub: world.clientId,
    tid: world.tenant,
    ver: '1.0',
  };
  const body = { token_type: 'Bearer', expires_in: LIFETIME, ext_expires_in: LIFETIME, access_token: signToken(claims, world.signingKey) };
  return { status: 200, headers: { 'cache-control': 'no-store' }, body };
}

function refusal(form: URLSearchParams, world: World): HttpResponse | undefined {
  const client = form.get('client_id');
  if (form.get('grant_type') !== 'client_credentials') {
    return denied(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${form.get('grant_type')}'.`);
  }
  if (client !== world.clientId)
    return denied(400, 'unauthorized_client', 700016, `Application with identifier '${client}' was not found in the directory.`);
  const assertion = form.get('client_assertion');
  if (assertion !== null) return refusedAssertion(assertion, world);
  if (form.get('client_secret') === world.clientSecret) return undefined;
  return denied(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
}

function refusedAssertion(assertion: string, world: World): HttpResponse | undefined {
  const claims = tokenClaims(assertion);
  if (!claims) return denied(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.');
  if (!tokenIsSigned(assertion)) return denied(401, 'invalid_client', 700027, 'Client assertion failed signature validation.');
  if (typeof claims.exp !== 'number' || claims.exp * 1000 < world.machine()) {
    return denied(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.');
  }
  return undefined;
}

function denied(status: number, error: string, code: number, message: string): HttpResponse {
  return { status, body: { error, error_description: `AADSTS${code}: ${message}`, error_codes: [code] } };
}
