import { AwsError } from './error.ts';

/** What the Signature Version 4 credential scope says: `AKID/20261121/eu-west-1/ec2/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=[^,\s]+, ?Signature=[0-9a-f]{64}$/;

const REFUSED = 'AWS was not able to validate the provided access credentials';

/**
 * The scope of a signed request. The signature itself is not checked: the sandbox has no secrets to check it with.
 * Throws AuthFailure when the header is missing or malformed, names another service, or a region that is none of `regions`.
 */
export function credentialScope(authorization: string | undefined, regions: readonly string[], service: string): CredentialScope {
  const [, accessKeyId, region, signedFor] = AUTHORIZATION.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined) throw new AwsError('AuthFailure', REFUSED, 401);
  if (signedFor !== service) throw new AwsError('AuthFailure', `Credential should be scoped to correct service: '${service}'.`, 401);
  if (!regions.includes(region)) {
    throw new AwsError('AuthFailure', `Credential should be scoped to a valid region, not '${region}'`, 401);
  }
  return { accessKeyId, region };
}
