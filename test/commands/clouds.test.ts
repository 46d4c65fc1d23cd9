import { expect, test } from 'vitest';
import { simulatedClouds } from '../../src/commands/clouds.ts';
import { connectClouds } from '../../src/commands/connect-clouds.ts';

const sandbox = 'https://127.0.0.1:8443';

test.each([
  [{}, 'AWS'],
  [{ AWS_ENDPOINT_URL: sandbox }, sandbox],
  [
    { AWS_ENDPOINT_URL: 'https://other', AWS_ENDPOINT_URL_EC2: sandbox, AWS_ENDPOINT_URL_EBS: sandbox, AWS_ENDPOINT_URL_SSM: sandbox },
    sandbox,
  ],
  [
    { AWS_ENDPOINT_URL: 'https://other', AWS_ENDPOINT_URL_EC2: sandbox, AWS_ENDPOINT_URL_SSM: sandbox },
    `${sandbox} (EC2, SSM), https://other (EBS)`,
  ],
  [{ AWS_ENDPOINT_URL_EC2: sandbox }, `${sandbox} (EC2), AWS (EBS, SSM)`],
  [{ AWS_ENDPOINT_URL_SSM: sandbox }, `AWS (EC2, EBS), ${sandbox} (SSM)`],
  [{ AWS_ENDPOINT_URL: sandbox, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'AWS'],
])('with %j AWS is called %s', async (environment, name) => {
  const { names } = await connectClouds({ kind: 'real', metadataUrl: undefined }, environment);
  expect(names).toEqual({ aws: name, azure: 'AzureCloud', simulated: false });
});

test.each([
  ['sandbox', 'AWS and Azure are simulated: no account is used and no real image is made'],
  ['AWS', 'Azure is simulated: no real image is made. AWS is not simulated: an account is read'],
  [sandbox, `Azure is simulated: no real image is made. AWS answers at ${sandbox}`],
])('of a simulated Azure and %s it is said what is simulated', (aws, said) => {
  expect(simulatedClouds({ aws, azure: 'sandbox', simulated: true })).toBe(said);
});

test('in the sandbox of this process Packer is simulated and every address is one of loopback', async () => {
  const connection = await connectClouds(
    { kind: 'sandbox', subscription: '33333333-3333-4333-8333-333333333333' },
    { ARM_METADATA_URL: 'https://203.0.113.1', AZURE_AUTHORITY_HOST: 'https://203.0.113.2', AWS_ENDPOINT_URL_EC2: 'https://203.0.113.3' },
  );
  const { aws, azure, identity, machines, names } = connection;
  await connection.close();
  const hosts = [aws.endpoint, azure.arm, azure.authority].map((address) => new URL(address ?? '').hostname);
  expect({ hosts, machines, identity: identity.kind, names }).toEqual({
    hosts: ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    machines: 'simulated',
    identity: 'client-secret',
    names: { aws: 'sandbox', azure: 'sandbox', simulated: true },
  });
});
