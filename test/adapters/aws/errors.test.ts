import { expect, test } from 'vitest';
import { fromAws } from '../../../src/adapters/aws/errors.ts';
import { RegildError } from '../../../src/errors.ts';

const ATTEMPT = { doing: 'describe AMIs', action: 'ec2:DescribeImages', region: 'eu-west-1' };

function sdkError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test.each([
  ['CredentialsProviderError', 'Could not load credentials from any providers', {}, 'CREDENTIALS_MISSING'],
  ['ExpiredToken', 'The security token included in the request is expired', {}, 'CREDENTIALS_MISSING'],
  ['UnauthorizedOperation', 'You are not authorized to perform this operation.', {}, 'CLOUD_DENIED'],
  ['Whatever', 'no', { $metadata: { httpStatusCode: 403 } }, 'CLOUD_DENIED'],
  ['AuthFailure', "Credential should be scoped to a valid region, not 'eu-nowhere-1'", {}, 'REGION_UNKNOWN'],
  ['Error', 'getaddrinfo ENOTFOUND ec2.eu-nowhere-1.amazonaws.com', { code: 'ENOTFOUND' }, 'REGION_UNKNOWN'],
  ['Error', 'Region not accepted: region="a b" is not a valid hostname component.', {}, 'REGION_UNKNOWN'],
  ['Error', 'connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }, 'CLOUD_UNREACHABLE'],
  ['Error', 'self-signed certificate in certificate chain', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'CLOUD_UNREACHABLE'],
  ['RequestLimitExceeded', 'Request limit exceeded.', {}, 'CLOUD_THROTTLED'],
  ['AbortError', 'Request aborted', {}, 'CANCELLED'],
  ['constructor', 'a name that every object has', {}, 'CLOUD_FAILED'],
])('%s: %s', (name, message, more, code) => {
  expect(fromAws(sdkError(name, message, more), ATTEMPT).code).toBe(code);
});

test('a refusal names the IAM action, keeps the request id and masks the signature', () => {
  const metadata = { $metadata: { httpStatusCode: 403, requestId: 'r-1' } };
  const failure = fromAws(sdkError('UnauthorizedOperation', `Not allowed.\nSignature=${'a'.repeat(64)}`, metadata), ATTEMPT);
  expect(failure).toMatchObject({
    message: 'AWS refused ec2:DescribeImages in eu-west-1: Not allowed. Signature=***',
    hint: expect.stringContaining('allow ec2:DescribeImages'),
    details: { awsError: 'UnauthorizedOperation', status: 403, requestId: 'r-1', action: 'ec2:DescribeImages', region: 'eu-west-1' },
  });
});

test('an error of our own passes, and something that is no error is said', () => {
  const own = new RegildError('AMI_NOT_FOUND', 'no AMI');
  expect(fromAws(own, ATTEMPT)).toBe(own);
  expect(fromAws('odd', ATTEMPT).message).toBe('could not describe AMIs in eu-west-1: odd (Error)');
});
