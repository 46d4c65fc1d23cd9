import { z } from 'zod';
import { Issue } from './issue.ts';
import { DiskController } from './machine.ts';
import { artifact, list, record } from './schema.ts';

export const CheckResult = record({
  id: z.string(),
  title: z.string(),
  /** What a failure means: `block` keeps the version from being published. */
  severity: z.enum(['block', 'warn', 'info']),
  status: z.enum(['pass', 'fail', 'skip', 'error']),
  detail: z.string(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** One test VM: how it came up and what the checks said. */
export const TestedVm = record({
  vmSize: z.string(),
  controller: DiskController,
  /** Seconds from the request to an agent that reports ready; absent when it never did. */
  secondsToReady: z.number().optional(),
  checks: list(CheckResult),
  /** Last lines of the serial console when the VM did not come up. */
  serialLog: z.string().optional(),
});
export type TestedVm = z.infer<typeof TestedVm>;

/** What the VMs booted from the staged version say of themselves. */
export const ValidationReport = artifact('ValidationReport', {
  image: z.string(),
  versionId: z.string(),
  vms: list(TestedVm),
  passed: z.boolean(),
  simulated: z.boolean(),
  issues: list(Issue),
});
export type ValidationReport = z.infer<typeof ValidationReport>;
