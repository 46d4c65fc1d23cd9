type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the rendered folder and where their values come from, the first that is set: Packer's own names, then those of the Azure SDKs. */
const CREDENTIALS = {
  PKR_VAR_tenant_id: ['ARM_TENANT_ID', 'AZURE_TENANT_ID'],
  PKR_VAR_client_id: ['ARM_CLIENT_ID', 'AZURE_CLIENT_ID'],
  PKR_VAR_client_secret: ['ARM_CLIENT_SECRET', 'AZURE_CLIENT_SECRET'],
  PKR_VAR_client_cert_path: ['ARM_CLIENT_CERTIFICATE_PATH', 'AZURE_CLIENT_CERTIFICATE_PATH'],
} as const;

/** What Packer's Azure plugin does not need, and what a cloud that is only simulated must not be shown. */
const OF_OTHERS = /^(?:AWS|ACTIONS_ID_TOKEN)_/;

/** The environment for a Packer that is pointed at a simulated cloud: without what proves who somebody is to AWS or GitHub. */
export function withoutOtherIdentities(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_OTHERS.test(name)));
}

/** Any of these, with a client id, is a service principal that can prove itself. */
const PROOFS = ['PKR_VAR_client_secret', 'PKR_VAR_client_cert_path', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'] as const;

/**
 * What Packer's process gets: the given environment, no telemetry and no colours, and the credentials under the names of the rendered variables. Who
 * brings no service principal builds as the az command's login, or with ARM_USE_MSI=true as the machine's managed identity.
 */
export function packerEnvironment(environment: Environment, variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const credentials = Object.entries(CREDENTIALS).map(([name, sources]) => [name, firstSet(environment, sources)] as const);
  const given = defined([...credentials, ...Object.entries(environment)]);
  const principal = given.PKR_VAR_client_id !== undefined && PROOFS.some((name) => given[name] !== undefined);
  const asLogin = !principal && given.ARM_USE_MSI !== 'true';
  return {
    ...(asLogin ? { PKR_VAR_use_azure_cli_auth: 'true' } : {}),
    ...given,
    CHECKPOINT_DISABLE: '1',
    PACKER_NO_COLOR: '1',
    ...variables,
  };
}

function firstSet(environment: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((value) => value);
}

function defined(entries: readonly (readonly [string, string | undefined])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
