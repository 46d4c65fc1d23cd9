import { z } from 'zod';
import { Issue } from './issue.ts';
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

/** What a VM booted from the staged version says of itself. */
export const ValidationReport = artifact('ValidationReport', {
  image: z.string(),
  versionId: z.string(),
  vmSize: z.string(),
  /** Seconds from the request to an agent that reports ready; absent when it never did. */
  secondsToReady: z.number().optional(),
  checks: list(CheckResult),
  passed: z.boolean(),
  simulated: z.boolean(),
  /** Last lines of the serial console when the VM did not come up. */
  serialLog: z.string().optional(),
  issues: list(Issue),
});
export type ValidationReport = z.infer<typeof ValidationReport>;
