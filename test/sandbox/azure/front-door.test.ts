import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, refusal } from './ask.ts';

const VERSION = 'api-version=2022-09-01';
const GALLERIES = 'resourceGroups/rg-images/providers/Microsoft.Compute/galleries';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ record: true });
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

test('without a token the answer is a challenge that names the tenant', async () => {
  const answer = await ask(sandbox, 'GET', `resourceGroups?${VERSION}`, { signedIn: false });
  expect(refusal(answer)).toBe('401 AuthenticationFailed');
  expect(answer.headers['www-authenticate']).toContain(`authorization_uri="${sandbox.endpoints.authority}/${sandbox.tenant}"`);
});

test.each([
  ['GET', 'resourceGroups', '400 MissingApiVersionParameter'],
  ['GET', 'resourceGroups?api-version=1999-01-01', '400 InvalidApiVersionParameter'],
  ['GET', `${GALLERIES}?api-version=1999-01-01`, '400 NoRegisteredProviderFound'],
  ['GET', `/subscriptions/not-a-guid/resourceGroups?${VERSION}`, '400 InvalidSubscriptionId'],
  ['GET', `/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups?${VERSION}`, '404 SubscriptionNotFound'],
  ['GET', `resourceGroups/rg-none?${VERSION}`, '404 ResourceGroupNotFound'],
  ['GET', `resourceGroups/rg-none/providers/Microsoft.Compute/galleries?api-version=2024-03-03`, '404 ResourceGroupNotFound'],
  ['GET', `resourceGroups/rg-images/providers/Microsoft.Nothing/things?${VERSION}`, '404 InvalidResourceType'],
  ['DELETE', `locations?${VERSION}`, '405 HttpMethodNotAllowed'],
  ['GET', `${GALLERIES}/none?api-version=2024-03-03`, '404 ResourceNotFound'],
])('%s %s is refused with %s', async (method, path, expected) => {
  expect(refusal(await ask(sandbox, method, path))).toBe(expected);
});

test('a body that is no JSON, or has a member that nobody knows, is refused', async () => {
  const put = (body: unknown) => ask(sandbox, 'PUT', `${GALLERIES}/sig?api-version=2024-03-03`, { body });
  expect(refusal(await put('{'))).toBe('400 InvalidRequestContent');
  expect((await put({ location: 'westeurope', proprties: {} })).body).toEqual({
    error: {
      code: 'InvalidRequestContent',
      message: "Could not find member 'proprties' on object. Path 'proprties'.",
      target: 'proprties',
    },
  });
});

test('every answer carries ids to find it by, and repeats the correlation id it was given', async () => {
  const { headers } = await ask(sandbox, 'GET', `resourceGroups?${VERSION}`);
  expect(headers['x-ms-request-id']).toMatch(/^00000000-0000-4000-8000-[0-9a-f]{12}$/);
  expect(headers['x-ms-correlation-request-id']).toBe(headers['x-ms-request-id']);
});

test('a fault answers in place of the service, then it is over', async () => {
  sandbox.faults.add({
    match: { path: '**/resourcegroups' },
    effect: { kind: 'respond', status: 429, code: 'TooManyRequests', message: 'slow down', retryAfter: 7 },
  });
  const busy = await ask(sandbox, 'GET', `resourceGroups?${VERSION}`);
  expect([refusal(busy), busy.headers['retry-after']]).toEqual(['429 TooManyRequests', '7']);
  expect((await ask(sandbox, 'GET', `resourceGroups?${VERSION}`)).status).toBe(200);
});

test('a fault can cut the connection', async () => {
  sandbox.faults.add({ match: { path: '**/resourcegroups' }, effect: { kind: 'disconnect' } });
  await expect(ask(sandbox, 'GET', `resourceGroups?${VERSION}`)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('what was asked and answered is recorded without the token', async () => {
  await ask(sandbox, 'GET', `resourceGroups/rg-images?${VERSION}`);
  const last = sandbox.exchanges.at(-1);
  expect(last?.liveRequest.url).toBe(`${sandbox.endpoints.arm}/subscriptions/${sandbox.subscription}/resourceGroups/rg-images?${VERSION}`);
  expect(last?.liveRequest.headers).not.toHaveProperty('authorization');
  expect(last?.liveResponse).toMatchObject({ statusCode: '200', body: { name: 'rg-images', location: 'westeurope' } });
});

test.each([
  ['a date that the lists do not have yet', `${GALLERIES}?api-version=2026-03-03`, '200 '],
  ['a date between two', `${GALLERIES}?api-version=2024-01-01`, '200 '],
  ['a date before the first of the list', 'providers/Microsoft.Network/virtualNetworks?api-version=2022-01-01', '200 '],
  ['a preview', `${GALLERIES}?api-version=2026-09-09-preview`, '200 '],
  ['no date', `${GALLERIES}?api-version=latest`, '400 NoRegisteredProviderFound'],
  ['a month that does not exist', `${GALLERIES}?api-version=2026-13-01`, '400 NoRegisteredProviderFound'],
])('strangers may ask with %s', async (_, path, expected) => {
  expect(refusal(await ask(sandbox, 'GET', path))).toBe(expected);
});

test('a strict sandbox answers listed api-versions only', async () => {
  const strict = await startSandbox({ versions: 'strict' });
  expect(refusal(await ask(strict, 'GET', `${GALLERIES}?api-version=2026-03-03`))).toBe('400 NoRegisteredProviderFound');
  await strict.close();
});
