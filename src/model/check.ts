import * as z from 'zod';
import { list, record } from './schema.ts';

/** What a failed check means: `block` keeps the version from being published. */
export const CheckSeverity = z.enum(['block', 'warn', 'info']);
export type CheckSeverity = z.infer<typeof CheckSeverity>;

/** guest = before generalize · final = after cleanup · test-vm = on a VM booted from the image · restarted = on that VM, after a restart. */
export const CheckStage = z.enum(['guest', 'final', 'test-vm', 'restarted']);
export type CheckStage = z.infer<typeof CheckStage>;

/** A check as it stood when the plan was made: nobody has to ask a catalog later what a VM is to be asked, or what its answer means. */
export const PlannedCheck = record({
  id: z.string(),
  title: z.string(),
  severity: CheckSeverity,
  stages: list(CheckStage),
  /** Present where the user added it; regild's own stand in the catalog. */
  added: z.literal(true).optional(),
});
export type PlannedCheck = z.infer<typeof PlannedCheck>;

/** A check that the user adds: lines or a script file beside the manifest for the guest's shell, which pass by ending with 0 in time. */
export const AddedCheck = record({
  id: z.string(),
  title: z.string(),
  shell: z.enum(['shell', 'powershell']),
  lines: list(z.string()).optional(),
  script: z.string().optional(),
  when: list(CheckStage),
  severity: CheckSeverity,
  timeoutSeconds: z.number().int(),
});
export type AddedCheck = z.infer<typeof AddedCheck>;

/** What a guest answered to a check. `skip` = it does not apply there; `error` = nobody knows. */
export const CheckStatus = z.enum(['pass', 'fail', 'skip', 'error']);
export type CheckStatus = z.infer<typeof CheckStatus>;

export const CheckResult = record({
  id: z.string(),
  title: z.string(),
  severity: CheckSeverity,
  status: CheckStatus,
  detail: z.string(),
  /** What to do, where more is known than the check's own page says. */
  hint: z.string().optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;
