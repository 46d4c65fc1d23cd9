import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sandboxInstructions, sandboxVariables } from '../../src/commands/sandbox-instructions.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';

const CA_FILE = "/tmp/it's a folder/ca.pem";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it('a shell that is given the lines has every variable as it was meant', () => {
  const variables = sandboxVariables(sandbox, CA_FILE);
  const script = `${sandboxInstructions(sandbox, CA_FILE)}${Object.keys(variables)
    .map((name) => `printf '%s\\n' "$${name}"`)
    .join('\n')}`;
  const said = execFileSync('sh', ['-euc', script], { encoding: 'utf8', env: {} });
  expect(said.trimEnd().split('\n')).toEqual(Object.values(variables));
});

it("the variables are those that Packer's rendered folder, az, Terraform and the SDKs read", () => {
  expect(Object.keys(sandboxVariables(sandbox, CA_FILE))).toEqual(
    expect.arrayContaining([
      ...['ARM_TENANT_ID', 'ARM_CLIENT_ID', 'ARM_CLIENT_SECRET', 'ARM_SUBSCRIPTION_ID', 'ARM_METADATA_URL', 'ARM_METADATA_HOSTNAME'],
      ...['ARM_METADATA_HOST', 'ARM_RESOURCE_MANAGER_ENDPOINT', 'ARM_RESOURCE_MANAGER_AUDIENCE'],
      ...['ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST', 'ARM_DISABLE_INSTANCE_DISCOVERY'],
      ...['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CORE_INSTANCE_DISCOVERY', 'AWS_ENDPOINT_URL_EC2'],
    ]),
  );
});
