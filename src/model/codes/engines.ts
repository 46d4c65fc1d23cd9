import type { CodeEntry } from './entry.ts';

/** What an engine cannot express, and what a build leaves behind. */
export const ENGINES_CODES = {
  STEP_NOT_SUPPORTED: {
    severities: ['error'],
    says: 'the engine cannot run a step on this system',
    cause: 'the hint says why',
    cure: 'use another step or the other engine',
  },
  STEP_RUNS_IN_GUEST: {
    severities: ['warning'],
    says: 'a step runs inside the guest instead of from outside',
    cause: 'regild builds without a connection of its own to the VM',
    cure: 'what it needs must be installed by an earlier step',
  },
  SECRETS_NEED_IDENTITY: {
    severities: ['error'],
    says: 'a step reads secrets, and the build VM has no identity that could',
    cause: '`build.identity` is not set',
    cure: 'name one with the role Key Vault Secrets User',
  },
  TOO_MANY_TAGS: {
    severities: ['error'],
    says: 'the image would carry more tags than Azure holds',
    cause: '`carryTags: all` on an AMI with many',
    cure: 'name those to keep',
  },
  NAME_TOO_LONG: {
    severities: ['error'],
    says: 'the staging definition that Packer needs would have too long a name',
    cause: 'a definition name near the limit',
    cure: 'shorten `target.definition`, or use `engine: image-builder`',
  },
  SUBNET_INVALID: {
    severities: ['error'],
    says: '`build.subnet` is not the resource id of a subnet',
    cause: 'a misspelt id',
    cure: 'copy it from `az network vnet subnet show --query id`',
  },
  IDENTITY_MISSING: {
    severities: ['error'],
    says: 'Image Builder needs a user-assigned identity',
    cause: '`build.identity` is not set',
    cure: 'name one that may write to the gallery',
  },
  SECURITY_NOT_SUPPORTED: {
    severities: ['error'],
    says: 'Image Builder cannot build the security type from this base',
    cause: 'a limit of the service',
    cure: 'choose the same security type for both, or `engine: packer`',
  },
  TIMEOUT_NOT_SUPPORTED: {
    severities: ['error'],
    says: '`build.timeoutMinutes` is outside of what Image Builder takes',
    cause: '6 to 960 minutes, 60 at least for Windows',
    cure: 'change it',
  },
  FILES_TOO_LARGE: {
    severities: ['error'],
    says: 'the files to copy do not fit into a template of Image Builder',
    cause: 'a limit of the service',
    cure: 'fetch large files in a step, or use `engine: packer`',
  },
  RESTART_NOT_SUPPORTED: {
    severities: ['error', 'info'],
    says: 'Image Builder cannot restart a Linux build VM',
    cause: 'a limit of the service',
    cure: 'use `engine: packer`, or do without the restart',
  },
  CONTROLLER_NOT_CHOSEN: {
    severities: ['info'],
    says: 'Image Builder lets Azure choose the disk controller of the build VM',
    cause: 'a limit of the service',
    cure: 'nothing: the test VM proves NVMe',
  },
  PACKER_SIMULATED: {
    severities: ['warning'],
    says: 'Packer is not run in the sandbox: the version that it makes is simulated',
    cause: 'no VM boots in the sandbox that it could work in',
    cure: '`regild render` writes the folder that Packer is given elsewhere',
  },
  SIZE_REPLACED: {
    severities: ['warning'],
    says: 'a VM was of another size than the planned one, or in another zone',
    cause: 'Azure had no room, or the quota was used up; what was tried stands in the message',
    cure: 'nothing, or say in `build.fallbackSizes` and `test.fallbackSizes` which sizes may stand in',
  },
  KEPT_AFTER_FAILURE: {
    severities: ['warning'],
    says: 'the machine in which a build or a test failed still stands',
    cause: '`onError: keep`, `--on-error keep`, or the answer to `ask`',
    cure: 'look into it as the hint says; `regild sweep --run <run>` ends it',
  },
  EARLIER_ATTEMPT_LEFT: {
    severities: ['warning'],
    says: 'what an earlier attempt of a continued run left could not be deleted',
    cause: 'the attempt was killed, and Azure refused the list or the deletion',
    cure: '`regild sweep` deletes it after its deadline; give the identity the rights of docs/reference/permissions.md',
  },
  TEMPLATE_LEFT: {
    severities: ['warning'],
    says: 'an image template could not be deleted',
    cause: 'the service was busy, or the right is missing',
    cure: '`regild sweep` deletes it after its deadline',
  },
  CLAIM_LEFT: {
    severities: ['warning'],
    says: 'the claim that says which run builds a version could not be deleted',
    cause: 'Azure did not answer, or the right is missing',
    cure: '`regild sweep` deletes it after its deadline; it costs nothing',
  },
  VERSION_LEFT: {
    severities: ['warning'],
    says: 'a version in the staging definition could not be deleted',
    cause: 'the service was busy, or the right is missing',
    cure: '`regild sweep` deletes it after its deadline',
  },
} as const satisfies Record<string, CodeEntry>;
