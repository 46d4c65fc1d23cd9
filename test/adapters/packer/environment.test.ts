import { expect, test } from 'vitest';
import { packerEnvironment, withoutOtherIdentities } from '../../../src/adapters/packer/environment.ts';

const ALWAYS = { CHECKPOINT_DISABLE: '1', PACKER_NO_COLOR: '1' };

test("the Azure SDKs' variables reach the template, and Packer's own come first", () => {
  const environment = {
    PATH: '/bin',
    AZURE_TENANT_ID: 't',
    AZURE_CLIENT_ID: 'sdk',
    ARM_CLIENT_ID: 'own',
    AZURE_CLIENT_SECRET: 's',
    UNSET: undefined,
  };
  expect(packerEnvironment(environment, { PKR_VAR_run_id: 'r' })).toEqual({
    PATH: '/bin',
    AZURE_TENANT_ID: 't',
    AZURE_CLIENT_ID: 'sdk',
    ARM_CLIENT_ID: 'own',
    AZURE_CLIENT_SECRET: 's',
    PKR_VAR_tenant_id: 't',
    PKR_VAR_client_id: 'own',
    PKR_VAR_client_secret: 's',
    PKR_VAR_run_id: 'r',
    ...ALWAYS,
  });
});

test.each([
  [{}, 'true'],
  [{ AZURE_CLIENT_ID: 'c' }, 'true'],
  [{ ARM_USE_MSI: 'true' }, undefined],
  [{ AZURE_CLIENT_ID: 'c', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, undefined],
  [{ PKR_VAR_use_azure_cli_auth: 'false' }, 'false'],
])('with %j the login of az is used: %s', (environment, expected) => {
  expect(packerEnvironment(environment, {}).PKR_VAR_use_azure_cli_auth).toBe(expected);
});

test('a Packer that is pointed at a simulated cloud is not shown who somebody is elsewhere', () => {
  const kept = {
    PATH: '/bin',
    ARM_METADATA_URL: 'https://127.0.0.1:8443',
    AZURE_CLIENT_SECRET: 'sandbox',
    SSL_CERT_FILE: '/ca.pem',
    NO_PROXY: 'x',
  };
  const others = { AWS_PROFILE: 'work', AWS_SESSION_TOKEN: 's', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't', ACTIONS_ID_TOKEN_REQUEST_URL: 'u' };
  expect(withoutOtherIdentities({ ...kept, ...others })).toEqual(kept);
});
