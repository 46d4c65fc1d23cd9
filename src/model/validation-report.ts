import * as z from 'zod';
import { CheckResult, CheckStatus } from './check.ts';
import { Inventory } from './inventory.ts';
import { Issue } from './issue.ts';
import { DiskController } from './machine.ts';
import { Measurement } from './measurement.ts';
import { Parity } from './parity.ts';
import { artifact, list, record } from './schema.ts';
import { TriedPlace } from './shortage.ts';

/** One test VM: how it came up and what the checks said. */
export const TestedVm = record({
  vmSize: z.string(),
  /** The availability zone that was asked for; absent where Azure chose. */
  zone: z.string().optional(),
  /** Places that were tried before this one for want of room; absent = the planned one was taken. */
  tried: list(TriedPlace).optional(),
  controller: DiskController,
  /** Without Trusted Launch, which the image supports. */
  ordinary: z.literal(true).optional(),
  /** Where it stood, if that is not where the version was built. */
  location: z.string().optional(),
  /** Seconds from the request to an agent that reports ready; absent when it never did. */
  secondsToReady: z.number().optional(),
  checks: list(CheckResult),
  /** What the manifest asks to be measured; absent where it asks for nothing. */
  measured: list(Measurement).optional(),
  /** Last lines of the serial console when the VM did not come up. */
  serialLog: z.string().optional(),
});
export type TestedVm = z.infer<typeof TestedVm>;

/** What tells one test VM of an image from the others. */
type VmTraits = Pick<TestedVm, 'vmSize' | 'controller' | 'ordinary' | 'location'>;

/** `Standard_D2s_v5 (SCSI)`, `Standard_D2s_v5 (SCSI, no Trusted Launch) in westeurope`: how a test VM is named in messages and reports. */
export function vmName({ vmSize, controller, ordinary, location }: VmTraits): string {
  return `${vmSize} (${controller}${ordinary ? ', no Trusted Launch' : ''})${location === undefined ? '' : ` in ${location}`}`;
}

/** The same as one word, for the names of files and of test cases: `Standard_D2s_v5-SCSI-ordinary-westeurope`. */
export function vmWord({ vmSize, controller, ordinary, location }: VmTraits): string {
  return [vmSize, controller, ...(ordinary ? ['ordinary'] : []), ...(location === undefined ? [] : [location])].join('-');
}

/**
 * What became of one AWS component that was in the guest while it was built: it is gone, was kept or only shown as planned, or is still there
 * although it was to go.
 */
export const ComponentOutcome = record({ id: z.string(), outcome: z.enum(['removed', 'kept', 'reported', 'left']) });
export type ComponentOutcome = z.infer<typeof ComponentOutcome>;

/** What the VMs booted from the staged version say of themselves. */
export const ValidationReport = artifact('ValidationReport', {
  image: z.string(),
  versionId: z.string(),
  vms: list(TestedVm),
  /** From the record in the image, as the first VM reads it; a component that is not in it was not found. */
  components: list(ComponentOutcome).default([]),
  /** How many components the record holds, more than `components` where the answer was cut; absent when the image has no record of this plan. */
  recorded: z.number().int().optional(),
  /** What the user's own checks before generalize said, and what others found that did not stop the build, from the same record; absent where there was nothing. */
  built: list(record({ id: z.string(), status: CheckStatus, detail: z.string() })).optional(),
  /** What arrived of the AMI, as the first VM shows it; absent where the AMI's disk or the VM could not be read. */
  parity: Parity.optional(),
  /** What the image holds, as the first VM tells it; absent where it did not, and for Windows. */
  inventory: Inventory.optional(),
  passed: z.boolean(),
  simulated: z.boolean(),
  issues: list(Issue),
});
export type ValidationReport = z.infer<typeof ValidationReport>;
