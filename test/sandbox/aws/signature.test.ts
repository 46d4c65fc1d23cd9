import { expect, it } from 'vitest';
import { credentialScope } from '../../../src/sandbox/aws/signature.ts';

const REGIONS = ['eu-west-1'];

function header(scope: string): string {
  return `AWS4-HMAC-SHA256 Credential=AKIA/${scope}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}

it('reads key and region out of the credential scope', () => {
  expect(credentialScope(header('20261121/eu-west-1/ec2'), REGIONS, 'ec2')).toEqual({ accessKeyId: 'AKIA', region: 'eu-west-1' });
});

it.each([
  [undefined, 'AWS was not able to validate the provided access credentials'],
  ['Bearer abc', 'AWS was not able to validate the provided access credentials'],
  [header('20261121/eu-west-1/ssm'), "Credential should be scoped to correct service: 'ec2'."],
  [header('20261121/eu-west-9/ec2'), "Credential should be scoped to a valid region, not 'eu-west-9'"],
])('refuses %s', (authorization, message) => {
  expect(() => credentialScope(authorization, REGIONS, 'ec2')).toThrow(
    expect.objectContaining({ code: 'AuthFailure', status: 401, message }),
  );
});
