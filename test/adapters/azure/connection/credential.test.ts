import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCredential } from '../../../../src/adapters/azure/connection/credential.ts';
import { discoverCloud } from '../../../../src/adapters/azure/connection/discover.ts';
import { githubAssertion, githubFederation } from '../../../../src/adapters/azure/connection/github-assertion.ts';
import { type Sandbox, startSandbox } from '../../../../src/sandbox/index.ts';

const GITHUB = {
  AZURE_TENANT_ID: 'tenant',
  AZURE_CLIENT_ID: 'client',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
};
const FEDERATION = {
  tenant: 'tenant',
  clientId: 'client',
  requestUrl: 'https://token.example/?api-version=2.0',
  requestToken: 'runner-token',
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('a cloud tells its endpoints', async () => {
  const cloud = await discoverCloud(`${sandbox.endpoints.metadata}/`, { ca: sandbox.caPem });
  expect(cloud).toEqual({ name: expect.any(String), arm: sandbox.endpoints.arm, authority: sandbox.endpoints.authority, simulated: true });
});

test.each([
  ['http://127.0.0.1:9', 'must start with https://'],
  ['https://127.0.0.1:9', 'ECONNREFUSED'],
  ['not an address', 'Invalid URL'],
])('there is no cloud at %s', async (url, why) => {
  await expect(discoverCloud(url, { pauseMilliseconds: 0 })).rejects.toMatchObject({
    code: 'CLOUD_UNREACHABLE',
    message: expect.stringContaining(why),
  });
});

test.each([
  ['resets the connection', { kind: 'disconnect' }],
  ['cuts its answer off', { kind: 'cut-answer' }],
  ['is a captive portal', { kind: 'page' }],
  ['has too many requests', { kind: 'respond', status: 429, code: 'Busy', message: 'busy' }],
  ['is away for a moment', { kind: 'respond', status: 503, code: 'Away', message: 'away' }],
] as const)('a cloud that %s is asked again', async (_, effect) => {
  const { endpoints, caPem } = sandbox;
  const match = { path: '/metadata/endpoints' };
  sandbox.faults.add({ match, times: 3, effect });
  expect(await discoverCloud(endpoints.metadata, { ca: caPem, pauseMilliseconds: 0 })).toMatchObject({ arm: endpoints.arm });
  sandbox.faults.add({ match, times: 4, effect });
  await expect(discoverCloud(endpoints.metadata, { ca: caPem, pauseMilliseconds: 0 })).rejects.toMatchObject({ code: 'CLOUD_UNREACHABLE' });
});

test('a server that is not trusted, or is no cloud, is refused', async () => {
  await expect(discoverCloud(sandbox.endpoints.metadata)).rejects.toMatchObject({ code: 'CLOUD_UNREACHABLE' });
  await expect(
    discoverCloud(`${sandbox.endpoints.arm}/subscriptions?api-version=1`, { ca: sandbox.caPem, pauseMilliseconds: 0 }),
  ).rejects.toThrow('the server answered 401');
});

test('a client secret gets a token of the authority that was named', async () => {
  const { tenant, clientId, clientSecret, endpoints, caPem } = sandbox;
  const credential = await createCredential(
    { kind: 'client-secret', tenant, clientId, clientSecret },
    { authorityHost: endpoints.authority, ca: caPem },
  );
  const token = await credential.getToken(`${endpoints.arm}/.default`);
  expect(JSON.parse(Buffer.from(token?.token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    aud: endpoints.arm,
    tid: tenant,
  });
});

test.each([
  ['all there', {}, FEDERATION],
  ['a secret wins', { AZURE_CLIENT_SECRET: 's' }, undefined],
  ['no permission for a token', { ACTIONS_ID_TOKEN_REQUEST_URL: undefined }, undefined],
  ['no app', { AZURE_CLIENT_ID: '' }, undefined],
])('GitHub federation: %s', (_, change, federation) => {
  expect(githubFederation({ ...GITHUB, ...change })).toEqual(federation);
});

test('every assertion is asked for anew, for the audience that Entra ID expects', async () => {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const send = async (url: URL, { headers = {} }: { readonly headers?: Readonly<Record<string, string>> } = {}) => {
    asked.push({ url: url.href, authorization: headers.authorization });
    return { status: 200, body: JSON.stringify({ value: `assertion-${asked.length}` }) };
  };
  expect([await githubAssertion(FEDERATION, send), await githubAssertion(FEDERATION, send)]).toEqual(['assertion-1', 'assertion-2']);
  expect(asked[0]).toEqual({
    url: 'https://token.example/?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange',
    authorization: 'Bearer runner-token',
  });
});

test.each([
  ['a refusal', async () => ({ status: 403, body: '' }), 'the token service answered 403'],
  ['an odd answer', async () => ({ status: 200, body: '{}' }), 'its answer holds no token'],
])('no assertion after %s', async (_, send, why) => {
  await expect(githubAssertion(FEDERATION, send)).rejects.toMatchObject({
    code: 'CREDENTIALS_MISSING',
    message: `GitHub gave no identity token: ${why}`,
    hint: expect.stringContaining('id-token: write'),
  });
});
