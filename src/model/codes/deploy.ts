import type { CodeEntry } from './entry.ts';

/** What keeps a published version from being deployed as it was asked, or is not known of it. */
export const DEPLOY_CODES = {
  DEPLOY_REGION: {
    severities: ['error'],
    says: 'the version has no replica in the location',
    cause: 'another location than `regions` names, or a replica that is not there yet',
    cure: 'choose one of its regions, or add the location to `regions` and run `regild refresh`',
  },
  DEPLOY_SIZE: {
    severities: ['error'],
    says: 'no VM size is known that runs the image in the location',
    cause: 'a size that is not sold there, is restricted, or does not fit the image',
    cure: 'name another one with `--size`, or the EC2 instance type with `--instance-type`',
  },
  DEPLOY_ZONES: {
    severities: ['error'],
    says: 'the VM size is not offered in an availability zone',
    cause: 'zones differ by size and subscription',
    cure: 'choose one of the zones that the message names',
  },
  DEPLOY_DISK: {
    severities: ['error', 'warning'],
    says: 'a volume of the AMI has no disk in the deployment',
    cause: 'its size or type is not known, or the VM size takes no such disk',
    cure: 'attach a disk for it yourself, or choose another size',
  },
  DEPLOY_EPHEMERAL: {
    severities: ['error'],
    says: 'the OS disk does not fit onto the storage of the host',
    cause: 'a size without such storage, or with less than the image holds',
    cure: 'choose a size with more local storage, or leave `--ephemeral` out',
  },
  DEPLOY_UNPLANNED: {
    severities: ['warning'],
    says: 'what the AMI and the licence ask of the machine is not known',
    cause: 'the AMI is gone or may not be read, or the image cannot be planned',
    cure: 'mend what `regild plan` says of the image',
  },
  DEPLOY_BASE: {
    severities: ['warning'],
    says: 'the version was made from another base than a build would take today',
    cause: 'the manifest or the Marketplace changed since',
    cure: 'build again, or check the licence type yourself',
  },
} as const satisfies Record<string, CodeEntry>;
