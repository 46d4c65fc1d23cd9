import { shellWord } from '../guest/quote.ts';

/** Where a running sandbox answers, and who may ask it. */
export interface SandboxAccess {
  /** Base addresses, without a slash at the end. */
  readonly endpoints: { readonly arm: string; readonly authority: string; readonly metadata: string; readonly ec2: string };
  readonly tenant: string;
  readonly subscription: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Variables that point the AWS and Azure SDKs, Packer, Terraform and regild at a running sandbox. None is a secret outside of it. */
export function sandboxVariables(
  { endpoints, tenant, subscription, clientId, clientSecret }: SandboxAccess,
  caFile: string,
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_EC2: endpoints.ec2,
    AWS_ENDPOINT_URL_EBS: endpoints.ec2,
    AWS_ENDPOINT_URL_SSM: endpoints.ec2,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    ARM_METADATA_URL: endpoints.metadata,
    // The provider azurerm and the backend of the same name call it differently.
    ARM_METADATA_HOSTNAME: new URL(endpoints.metadata).host,
    ARM_METADATA_HOST: new URL(endpoints.metadata).host,
    // AzAPI asks no metadata endpoint: without these it speaks to the public cloud.
    ARM_RESOURCE_MANAGER_ENDPOINT: endpoints.arm,
    ARM_RESOURCE_MANAGER_AUDIENCE: endpoints.arm,
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: endpoints.authority,
    // Else AzAPI asks login.microsoftonline.com whether it knows the authority.
    ARM_DISABLE_INSTANCE_DISCOVERY: 'true',
    ARM_TENANT_ID: tenant,
    ARM_SUBSCRIPTION_ID: subscription,
    ARM_CLIENT_ID: clientId,
    ARM_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: endpoints.authority,
    AZURE_TENANT_ID: tenant,
    AZURE_SUBSCRIPTION_ID: subscription,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    // Else az asks login.microsoftonline.com whether it knows the authority.
    AZURE_CORE_INSTANCE_DISCOVERY: 'false',
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    AWS_CA_BUNDLE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
  };
}

/** Shell lines to paste into another shell: the variables, and as comments how each program that needs more than them is pointed here. */
export function sandboxInstructions(sandbox: SandboxAccess, caFile: string): string {
  const variables = Object.entries(sandboxVariables(sandbox, caFile)).map(([name, value]) => `export ${name}=${shellWord(value)}`);
  const lines = [
    `# The sandbox clouds listen on ${sandbox.endpoints.arm} until Ctrl-C. Paste this into another shell:`,
    ...variables,
    '',
    '# az keeps its clouds and logins in a folder: this makes one of its own, so that yours stay as they are.',
    '#   export AZURE_CONFIG_DIR="$(mktemp -d)"',
    '#   az cloud register -n Sandbox --endpoint-resource-manager "$ARM_METADATA_URL" --endpoint-active-directory "$ARM_METADATA_URL" \\',
    '#     --endpoint-active-directory-resource-id "$ARM_METADATA_URL" --endpoint-active-directory-graph-resource-id "$ARM_METADATA_URL" \\',
    '#     --endpoint-management "$ARM_METADATA_URL"',
    '#   az cloud set -n Sandbox',
    '#   az login --service-principal -u "$ARM_CLIENT_ID" -p "$ARM_CLIENT_SECRET" -t "$ARM_TENANT_ID"',
    '# Packer: `regild render` writes the folder, `regild build` makes the image definition that it publishes to; then `packer init . && packer build .` in it.',
    '# Terraform, OpenTofu: the variables are all that the provider AzAPI needs from 2.7 on, and azurerm with `resource_provider_registrations = "none"`.',
    '# SDKs: credentials come from the variables; give the client ARM_METADATA_URL as its endpoint and `<endpoint>/.default` as its scope.',
  ];
  return `${lines.join('\n')}\n`;
}
