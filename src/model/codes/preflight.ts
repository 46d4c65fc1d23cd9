import type { CodeEntry } from './entry.ts';

/** What Azure says before anything that costs money is made. */
export const PREFLIGHT_CODES = {
  PREFLIGHT_SUBSCRIPTION: {
    severities: ['error'],
    says: 'the subscription does not exist, or this account cannot see it',
    cause: 'a wrong id, or another tenant',
    cure: '`az account list` shows those that it sees',
  },
  PREFLIGHT_REGION: {
    severities: ['error'],
    says: 'the subscription cannot use a region',
    cause: 'a misspelt location, or one that must be asked for',
    cure: '`az account list-locations` shows them',
  },
  PREFLIGHT_RESOURCE_GROUP: {
    severities: ['error', 'warning'],
    says: 'the resource group of the gallery, or of the production gallery, does not exist',
    cause: 'a misspelt name, or one that was not made yet',
    cure: 'create it, or set another `target.resourceGroup` or `production.resourceGroup`',
  },
  PREFLIGHT_ZONES: {
    severities: ['error', 'info'],
    says: 'a region has no availability zones, and a replica there is to be zone-redundant',
    cause: '`storage: Standard_ZRS` for a region without zones',
    cure: 'set `storage: Standard_LRS` for it',
  },
  PREFLIGHT_SUBNET: {
    severities: ['error', 'warning', 'info'],
    says: 'a subnet that is named does not exist, lies in another location, or cannot be used by the engine',
    cause: 'a misspelt id, a network of another region, network policies that are on',
    cure: 'correct `build.subnet` or `test.subnet`, or change the subnet as the hint says',
  },
  PREFLIGHT_LOGIN: {
    severities: ['error', 'warning'],
    says: '`test.login: network` needs an SSH client here and a way to the private address of the test VM',
    cause: 'no `ssh` on this machine; whether the subnet is reached shows only with the VM',
    cure: "install OpenSSH's client, run regild inside that network, or take `test.login` out",
  },
  PREFLIGHT_PROVIDER: {
    severities: ['error'],
    says: 'a resource provider is not registered in the subscription',
    cause: 'a subscription that never used the service',
    cure: '`az provider register`',
  },
  PREFLIGHT_GALLERY: {
    severities: ['error'],
    says: 'the gallery exists and was not made to be shared as `sharing` asks for',
    cause: 'Azure lets a gallery be shared directly, or be public, only when it is made so',
    cure: 'name a gallery that does not exist yet, or share by `readers` alone',
  },
  PREFLIGHT_DEFINITION: {
    severities: ['error'],
    says: 'the definition exists with other fields, and Azure does not let them change',
    cause: 'it was made for another image',
    cure: 'set another `target.definition`, or delete it with its versions',
  },
  PREFLIGHT_VERSION: {
    severities: ['error'],
    says: 'the version exists already',
    cause: 'another run made it meanwhile',
    cure: 'plan again: the next number is taken',
  },
  PREFLIGHT_TERMS: {
    severities: ['error', 'info'],
    says: 'the terms of the purchase plan are not accepted, or cannot be seen',
    cause: 'a base that is sold with a plan',
    cure: '`az vm image terms accept`',
  },
  PREFLIGHT_SIZE: {
    severities: ['error', 'warning'],
    says: 'a VM size is not sold in the location, is restricted, or cannot run the image',
    cause: 'capacity, or a size that does not fit',
    cure: 'set `build.vmSize` or `test.vmSize`',
  },
  PREFLIGHT_QUOTA: {
    severities: ['error'],
    says: 'the quota leaves too few vCPUs',
    cause: 'other machines, or a new subscription',
    cure: 'ask for more, or choose a size of another family',
  },
  PREFLIGHT_IDENTITY: {
    severities: ['error', 'info'],
    says: 'the identity that Image Builder works as does not exist, may not be assigned, or lacks a right',
    cause: 'a misspelt id, or a role that was not given',
    cure: 'docs/reference/permissions.md has the role and the commands',
  },
  PREFLIGHT_PACKER: {
    severities: ['error', 'warning'],
    says: 'Packer is not here or too old, or its azure plugin is',
    cause: 'it is not installed on this machine, or a package of the distribution is an old one',
    cure: 'install Packer 1.10 or later and run `packer plugins install github.com/hashicorp/azure`, or use `engine: image-builder`',
  },
  PREFLIGHT_POLICY: {
    severities: ['error', 'info'],
    says: 'Azure Policy denies something that the build would make, or may not be asked',
    cause: 'tags that are wanted, or a type, size or location that is forbidden',
    cure: 'set `tags`, or ask for an exemption',
  },
  PREFLIGHT_PERMISSION: {
    severities: ['error', 'warning', 'info'],
    says: 'the account may not do what the run does, or may not ask',
    cause: 'a role that is missing',
    cure: 'assign the role that docs/reference/permissions.md names',
  },
} as const satisfies Record<string, CodeEntry>;
