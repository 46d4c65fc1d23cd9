import { expect, test } from 'vitest';
import * as z from 'zod';
import { asAzure, fromAzure, ifAnswered, unlessMissing } from '../../../../src/adapters/azure/errors/index.ts';
import { RegildError } from '../../../../src/errors.ts';

const ATTEMPT = { doing: 'read the gallery gal', action: 'Microsoft.Compute/galleries/read', scope: '/subscriptions/s/resourceGroups/rg' };

function restError(statusCode: number, code: string, message: string): Error {
  return Object.assign(new Error('raw'), { name: 'RestError', statusCode, details: { error: { code, message } } });
}

function named(name: string, message = 'no', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  [named('AbortError'), 'CANCELLED', 'cancelled while trying to read the gallery gal'],
  [named('CredentialUnavailableError'), 'CREDENTIALS_MISSING', 'found no Azure credential to read the gallery gal'],
  [named('AggregateAuthenticationError'), 'CREDENTIALS_MISSING', 'found no Azure credential to read the gallery gal'],
  [
    named('CredentialUnavailableError', 'endpoints_resolution_error: See https://aka.ms/msal.js.errors'),
    'CLOUD_UNREACHABLE',
    'could not reach Azure to read the gallery gal: endpoints_resolution_error: See https://aka.ms/msal.js.errors',
  ],
  [
    named('AuthenticationError', 'invalid_client: AADSTS7000215: Invalid client secret provided.', { statusCode: 401 }),
    'CLOUD_DENIED',
    'Azure refused the credential to read the gallery gal: invalid_client: AADSTS7000215: Invalid client secret provided',
  ],
  [
    restError(403, 'AuthorizationFailed', 'The client does not have authorization.'),
    'CLOUD_DENIED',
    'not allowed to read the gallery gal (Microsoft.Compute/galleries/read on /subscriptions/s/resourceGroups/rg): The client does not have authorization',
  ],
  [restError(429, 'TooManyRequests', 'Slow down.'), 'CLOUD_THROTTLED', 'Azure throttled the request to read the gallery gal: Slow down'],
  [
    new Error('The long-running operation has failed. TooManyRequests. Slow down.'),
    'CLOUD_THROTTLED',
    'Azure throttled the request to read the gallery gal: Slow down',
  ],
  [
    named('RestError', 'connect ECONNREFUSED 127.0.0.1:9', { code: 'ECONNREFUSED' }),
    'CLOUD_UNREACHABLE',
    'could not reach Azure to read the gallery gal: connect ECONNREFUSED 127.0.0.1:9',
  ],
  [restError(500, 'InternalError', 'Sorry.'), 'CLOUD_FAILED', 'could not read the gallery gal: Sorry (InternalError)'],
])('%s', (error, code, message) => {
  expect(fromAzure(error, ATTEMPT)).toMatchObject({ code, message });
});

test('the caller says what is at stake, and secrets in the answer are masked', () => {
  const failure = fromAzure(restError(400, 'BadRequest', 'Bad "adminPassword":"hunter2".'), { ...ATTEMPT, otherwise: 'PUBLISH_FAILED' });
  expect(failure).toMatchObject({
    code: 'PUBLISH_FAILED',
    message: 'could not read the gallery gal: Bad "adminPassword":"***" (BadRequest)',
  });
  expect(failure.details).toEqual({
    armCode: 'BadRequest',
    status: 400,
    requestId: undefined,
    correlationId: undefined,
    action: ATTEMPT.action,
    scope: ATTEMPT.scope,
  });
});

test('a missing resource is undefined; a missing subscription is an error', async () => {
  expect(await unlessMissing(ATTEMPT, () => Promise.reject(restError(404, 'ResourceNotFound', 'no')))).toBeUndefined();
  expect(await unlessMissing(ATTEMPT, () => Promise.reject(restError(404, 'ResourceGroupNotFound', 'no')))).toBeUndefined();
  await expect(unlessMissing(ATTEMPT, () => Promise.reject(restError(404, 'SubscriptionNotFound', 'no')))).rejects.toMatchObject({
    hint: expect.stringContaining('target.subscription'),
  });
});

test('a question that may not be asked has no answer', async () => {
  expect(await ifAnswered(ATTEMPT, () => Promise.reject(restError(403, 'AuthorizationFailed', 'no')))).toBeUndefined();
  expect(await ifAnswered(ATTEMPT, () => Promise.reject(restError(400, 'BadRequest', 'no')))).toBeUndefined();
  await expect(ifAnswered(ATTEMPT, () => Promise.reject(restError(401, 'InvalidAuthenticationToken', 'no')))).rejects.toMatchObject({
    code: 'CLOUD_DENIED',
  });
});

test('an error of our own passes as it is', async () => {
  const own = new RegildError('VERSION_NOT_FOUND', 'gone');
  await expect(asAzure(ATTEMPT, () => Promise.reject(own))).rejects.toBe(own);
});

test("JSON that is not what Azure documents is told by its fields, as nobody's bug", () => {
  const { error } = z
    .object({ value: z.array(z.unknown()), nested: z.object({ name: z.string() }) })
    .safeParse({ error: 'sign in', nested: {} });
  expect(fromAzure(error, ATTEMPT)).toMatchObject({
    code: 'CLOUD_UNREACHABLE',
    message: `could not ${ATTEMPT.doing}: the answer is not Azure's, or of another form (value, nested.name)`,
  });
});

test.each(["Cannot read properties of undefined (reading 'replaceAll')", 'page.value is not iterable'])(
  'an answer that lacks what an SDK promised is of another form too: %s',
  (said) => {
    expect(fromAzure(new TypeError(said), ATTEMPT)).toMatchObject({
      code: 'CLOUD_UNREACHABLE',
      message: `could not ${ATTEMPT.doing}: the answer is not Azure's, or of another form (${said})`,
    });
    // What is no answer is not taken for one.
    expect(fromAzure(new TypeError('Invalid URL'), ATTEMPT)).toMatchObject({ code: 'CLOUD_FAILED' });
  },
);
