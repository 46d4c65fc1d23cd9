import { z } from 'zod';
import { list, record } from './schema.ts';

/** What a failed check means: `block` keeps the version from being published. */
export const CheckSeverity = z.enum(['block', 'warn', 'info']);
export type CheckSeverity = z.infer<typeof CheckSeverity>;

/** guest = before generalize · final = after cleanup · test-vm = on a VM booted from the image · restarted = on that VM, after a restart. */
export const CheckStage = z.enum(['guest', 'final', 'test-vm', 'restarted']);
export type CheckStage = z.infer<typeof CheckStage>;

/** A check as it stood when the plan was made: nobody has to ask a catalog later what a VM is to be asked, or what its answer means. */
export const PlannedCheck = record({ id: z.string(), title: z.string(), severity: CheckSeverity, stages: list(CheckStage) });
export type PlannedCheck = z.infer<typeof PlannedCheck>;

/** What a guest answered to a check. `skip` = it does not apply there; `error` = nobody knows. */
export const CheckStatus = z.enum(['pass', 'fail', 'skip', 'error']);
export type CheckStatus = z.infer<typeof CheckStatus>;

export const CheckResult = record({
  id: z.string(),
  title: z.string(),
  severity: CheckSeverity,
  status: CheckStatus,
  detail: z.string(),
});
export type CheckResult = z.infer<typeof CheckResult>;
