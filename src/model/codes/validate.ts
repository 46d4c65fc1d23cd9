import type { CodeEntry } from './entry.ts';

/** What the VMs booted from the image say, and how publishing went. */
export const VALIDATE_CODES = {
  CHECK_FAILED: {
    severities: ['error', 'warning', 'info'],
    says: 'a check failed on a test VM',
    cause: 'docs/reference/checks.md says what it asserts',
    cure: 'mend the image, or leave the check out with `checks.skip`',
  },
  MEASURED_WORSE: {
    severities: ['error'],
    says: 'a test VM is slower than a limit of `measure`, or could not be measured against it',
    cause: 'the size or the disk of the test VM, a service that delays the boot, or a tool that the image lacks',
    cure: 'another `test.vmSize`, a larger disk, or another limit',
  },
  TEST_GROUP_LEFT: {
    severities: ['warning'],
    says: 'the resource group of a test VM could not be deleted, and costs money',
    cause: 'a lock, a missing right, or no answer',
    cure: 'delete it, or let `regild sweep` do so after its deadline',
  },
  REGION_UNTESTED: {
    severities: ['info'],
    says: 'no test VM was booted in a region of `test.regions`',
    cause: 'the version failed where it was built, and is replicated nowhere',
    cure: 'mend what failed, and build again',
  },
  NOTHING_VALIDATED: {
    severities: ['error'],
    says: 'no test VM answered a check, so nothing is known of the image',
    cause: '`checks.skip` leaves none, or no VM gave an answer',
    cure: 'leave a check that runs on a test VM out of `checks.skip`; else read what the VMs printed, and run again',
  },
  PARITY_LOSS: {
    severities: ['info', 'warning', 'error'],
    says: 'the AMI has what the image has not, and nobody can say why; as grave as `parity` of the manifest says',
    cause: 'no step brings it along, and neither the base nor the move explains it',
    cure: 'bring it along in `customize`, or answer for it in `parityAllow`',
  },
  INVENTORY_UNKNOWN: {
    severities: ['info'],
    says: 'what the image holds is not kept with its version',
    cause: 'the test VM gave no inventory, or one that arrived damaged',
    cure: 'read what the VM printed; `inspect --record` keeps an inventory later',
  },
  PARITY_UNKNOWN: {
    severities: ['warning', 'error'],
    says: 'what arrived of the AMI is not known; an error under `parity: block`',
    cause: 'the test VM gave no inventory, or one that arrived damaged',
    cure: 'read what the VM printed, and run again',
  },
  RECORD_MISSING: {
    severities: ['warning'],
    says: 'the image holds no record of this plan, so what became of the AWS components is not proven',
    cause: 'another build, or a step that removed it',
    cure: 'build again',
  },
  BUILD_CHECK_FAILED: {
    severities: ['warning'],
    says: 'a check before generalize found something that did not stop the build',
    cause: 'its severity is `warn` or `info`, or it could not be run',
    cure: 'mend it in a step, or answer for it in `checks.answers`',
  },
  RECORD_CUT: {
    severities: ['info'],
    says: 'the record holds more components or checks than the answer',
    cause: 'Run Command cuts at 4,096 bytes',
    cure: 'read the record in the image',
  },
  VERSION_UNRECORDED: {
    severities: ['info', 'warning'],
    says: 'nothing is kept of a version beside what the gallery says',
    cause: 'it was published before `records:` was set, by another tool, or its run folder lies on another machine',
    cure: 'set `records.container`, or run where the run folder is; `regild inspect --record` adds an inventory',
  },
  REPLICATION_FAILED: {
    severities: ['error'],
    says: 'the version did not replicate to a region',
    cause: 'capacity or an outage there',
    cure: 'run the verb again, or take the region out of `regions` or `test.regions`',
  },
} as const satisfies Record<string, CodeEntry>;
