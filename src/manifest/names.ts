/** What a name must look like, and the same rule in words for the hint. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const IN_GROUP = '^/subscriptions/[^/\\s]+/resource[gG]roups/[^/\\s]+/providers';

/** Azure naming rules: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and the gallery API description. */
export const AZURE = {
  subscription: { pattern: new RegExp(`^${GUID}$`), rule: 'a subscription is named by its GUID; `az account show --query id` prints it' },
  principal: {
    pattern: new RegExp(`^${GUID}$`),
    rule: 'who gets a role is named by the object id: `az ad group show --group <name> --query id`, `az ad sp show --id <app> --query id`',
  },
  tenant: { pattern: new RegExp(`^${GUID}$`), rule: 'a tenant is named by its GUID; `az account show --query tenantId` prints it' },
  /** Azure puts a GUID behind it (create-gallery). */
  prefix: { pattern: /^[A-Za-z0-9]{5,16}$/, rule: 'the prefix of a public name is 5 to 16 letters and digits' },
  website: {
    pattern: /^https:\/\/[A-Za-z0-9][^\s?#@]*$/,
    rule: 'an address that everybody sees is written like https://example.com/images, without a login or query in it',
  },
  mailbox: { pattern: /^[^\s@<>]{1,64}@[A-Za-z0-9.-]{1,190}$/, rule: 'an address of e-mail is written like images@example.com' },
  resourceGroup: {
    pattern: /^[-\w.()]{0,89}[-\w()]$/,
    rule: 'a resource group name is 1 to 90 letters, digits, `-`, `_`, `.` or parentheses, and does not end in a dot',
  },
  gallery: {
    pattern: /^[A-Za-z0-9](?:[\w.]{0,78}[A-Za-z0-9])?$/,
    rule: 'a gallery name is 1 to 80 letters, digits, `_` or `.`, without dashes, and starts and ends with a letter or digit',
  },
  definition: {
    pattern: /^[A-Za-z0-9](?:[-\w.]{0,78}[A-Za-z0-9])?$/,
    rule: 'an image definition name is 1 to 80 letters, digits, `-`, `_` or `.`, and starts and ends with a letter or digit',
  },
  location: {
    pattern: /^[A-Za-z][A-Za-z0-9 ]*$/,
    rule: 'an Azure location is written like northeurope or "North Europe"; AWS regions such as eu-west-1 do not exist there',
  },
  vmSize: { pattern: /^(?:Standard|Basic)_[A-Za-z0-9_-]+$/, rule: 'a VM size is written like Standard_D2s_v5' },
  identity: {
    pattern: new RegExp(`${IN_GROUP}/Microsoft\\.ManagedIdentity/userAssignedIdentities/[^/\\s]+$`),
    rule: 'an identity is a resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…',
  },
  subnet: {
    pattern: new RegExp(`${IN_GROUP}/Microsoft\\.Network/virtualNetworks/[^/\\s]+/subnets/[^/\\s]+$`),
    rule: 'a subnet is a resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…',
  },
  container: {
    pattern: /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:\/[a-z0-9]{3,24})?\/(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    rule: 'a container is written like https://corpimages.blob.core.windows.net/records, without a signature: the identity that publishes writes into it',
  },
  urn: {
    pattern: /^(?:auto|[\w.-]+:[\w.-]+:[\w.-]+(?::[\w.-]+)?)$/,
    rule: 'a base is `auto` or publisher:offer:sku[:version], for example Canonical:ubuntu-24_04-lts:server',
  },
  tagName: {
    pattern: /^(?![Aa][Zz][Uu][Rr][Ee]|[Mm][Ii][Cc][Rr][Oo][Ss][Oo][Ff][Tt]|[Ww][Ii][Nn][Dd][Oo][Ww][Ss])[^<>%&\\?/]{1,512}$/,
    rule: 'an Azure tag name is 1 to 512 characters without < > % & \\ ? /, and does not begin with azure, microsoft or windows',
  },
} satisfies Record<string, NameRule>;

/** AWS identifiers, as EC2 and Systems Manager accept them. */
export const AWS = {
  ami: { pattern: /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, rule: 'an AMI id is `ami-` and 8 or 17 hexadecimal digits' },
  region: { pattern: /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/, rule: 'an AWS region is written like eu-west-1' },
  owner: {
    pattern: /^(?:\d{12}|self|amazon|aws-marketplace)$/,
    rule: 'an owner is a 12-digit account id in quotes, `self`, `amazon` or `aws-marketplace`',
  },
  parameter: {
    pattern: /^\/[\w./-]+$/,
    rule: 'a public parameter is written like /aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
  },
} satisfies Record<string, NameRule>;

/** Names and values of the manifest itself. */
export const OWN = {
  image: {
    pattern: /^(?!(?:report|run|held-by)\.json$|events\.jsonl$)[a-z0-9][a-z0-9._-]{0,62}$/,
    rule: 'an image name is 1 to 63 lower-case letters, digits, `.`, `_` or `-`, starting with a letter or digit; report.json, run.json, held-by.json and events.jsonl are files of a run folder',
  },
  check: {
    pattern: /^(?=.{1,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    rule: 'a check is named with 1 to 40 lower-case letters, digits and single dashes, starting with a letter',
  },
  answered: {
    pattern: /^((?=.{1,40}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*|S[LW]-\d\d)$/,
    rule: 'an answer names a check, your own ones too, or a rule of the leak scan such as SL-17',
  },
  measuredUrl: {
    pattern: /^https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:\/[\w.,~:/?&=%+-]{0,400})?$/,
    rule: 'an address is written like https://mirror.example.com/large.iso, without a login in it',
  },
  item: {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: one would end a line of the table in the guest
    pattern: /^(?!\**$)[^\u0000-\u001f]{1,200}$/,
    rule: 'an item is what was found, at most 200 characters, and more than a wildcard',
  },
  mountPoint: {
    pattern: /^\/([a-z0-9._-]+(\/[a-z0-9._-]+)*)?$/,
    rule: 'a mount point is an absolute path in lower case, for example /var',
  },
  leakPath: {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: one would end a line of the table in the guest
    pattern: /^(?:\/|[A-Za-z]:\\)[^/\\*?[\]\u0000-\u001f]+[/\\][^/\\*?[\]\u0000-\u001f]+(?:[/\\][^\u0000-\u001f]*)?$/,
    rule: 'a path is absolute and names at least its first two folders without a wildcard, for example /opt/app/tests/*.pem',
  },
  release: {
    pattern: /^[a-z0-9][a-z0-9.-]{0,40}$/,
    rule: 'a release is written like ubuntu-24.04, rhel-9 or windows-server-2022, as `regild catalog` lists them',
  },
  word: { pattern: /^[a-z0-9][a-z0-9-]{0,40}$/, rule: 'a word of an AMI is written in small letters, for example ha, sap or japanese' },
  every: { pattern: /^[1-9]\d{0,3}[hdw]$/, rule: 'an interval is a number with h, d or w, for example 30d' },
  limit: { pattern: /^[1-9]\d{0,3}[mhd]$/, rule: 'a time limit is a number with m, h or d, at most 20d, for example 90m' },
  blackout: {
    pattern: /^(?:\d{4}-\d{2}-\d{2}(?:\/\d{4}-\d{2}-\d{2})?|[A-Za-z]{3} \d{2}:\d{2} - [A-Za-z]{3} \d{2}:\d{2})$/,
    rule: 'a blackout is a date, two dates with a slash between them (2026-12-20/2027-01-04), or a window of every week (fri 16:00 - mon 06:00)',
  },
  version: { pattern: /^\d{1,10}\.\d{1,10}\.\d{1,10}$/, rule: 'a version is written like 2026.1121.0' },
} satisfies Record<string, NameRule>;
