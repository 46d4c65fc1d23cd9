/** Variables of the environment that regild reads, and what they mean. */
interface Variables {
  readonly names: readonly string[];
  readonly meaning: string;
  /** The page below docs/ that says more. */
  readonly page?: string;
}

/** Every one, regild's own first: for `regild help environment` and docs/reference/environment.md. `${NAME}` in a manifest reads any other by its name. */
export const ENVIRONMENT: readonly Variables[] = [
  { names: ['REGILD_MANIFEST'], meaning: 'the manifest, as `--manifest`' },
  { names: ['REGILD_RUNS'], meaning: 'where run folders are kept, as `--runs`' },
  { names: ['REGILD_CACHE'], meaning: 'folder that keeps answers of the Marketplace for a day' },
  { names: ['REGILD_CATALOG'], meaning: 'another catalog than the one that regild brings' },
  { names: ['REGILD_SANDBOX_SPEED'], meaning: 'virtual seconds that pass in the sandbox in one second' },
  { names: ['REGILD_SANDBOX_STATE'], meaning: 'the file in which the sandbox remembers, or `none`', page: 'how-to/sandbox.md' },
  { names: ['AWS_REGION', 'AWS_DEFAULT_REGION'], meaning: 'the region of `survey` and `doctor` where none is named' },
  {
    names: ['AWS_ENDPOINT_URL', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
    meaning: 'another address of AWS, as for the AWS SDKs',
  },
  { names: ['AZURE_SUBSCRIPTION_ID'], meaning: 'the subscription where no manifest names one' },
  { names: ['AZURE_AUTHORITY_HOST'], meaning: 'where Azure signs in, as for the Azure SDKs' },
  { names: ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'], meaning: 'who signs in, in a workflow of GitHub with OIDC too' },
  { names: ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'], meaning: 'its proof; handed to Packer and to nobody else' },
  { names: ['ARM_METADATA_URL'], meaning: 'address of the metadata of a sovereign cloud or Azure Stack' },
  {
    names: ['ARM_TENANT_ID', 'ARM_CLIENT_ID', 'ARM_CLIENT_SECRET', 'ARM_CLIENT_CERTIFICATE_PATH'],
    meaning: 'the same names as Packer and Terraform read; kept from Packer where regild signs in otherwise',
  },
  {
    names: ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
    meaning: 'set by GitHub: fresh assertions for a build that outlives the first',
  },
  { names: ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'], meaning: 'the proxy, and what is reached without it; in lower case too' },
  {
    names: ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'GITLAB_CI'],
    meaning: 'set by CI systems: log lines instead of a live list, and annotations',
    page: 'how-to/ci.md',
  },
  {
    names: ['NO_COLOR', 'FORCE_COLOR', 'TERM'],
    meaning: 'no colours; colours also in a pipe; `dumb` is sent no control sequence',
  },
  {
    names: ['LC_ALL', 'LC_CTYPE', 'LANG'],
    meaning:
      'on a terminal, marks and trees are drawn in ASCII where a locale without UTF-8 is set (`LC_ALL=C`), as on the console of Linux (`TERM=linux`) and the old one of Windows',
  },
  { names: ['XDG_CACHE_HOME', 'NODE_COMPILE_CACHE'], meaning: 'where compiled code and answers are kept' },
];

/** The page of `regild help environment`. */
export function environmentText(): string {
  const rows = ENVIRONMENT.map(({ names, meaning }) => `  ${names.join(', ')}\n      ${meaning}\n`);
  return `Variables of the environment that regild reads:\n\n${rows.join('')}`;
}
