import type { CheckLine } from '../guest/answers.ts';
import type { BuildPlan, CheckResult, Issue, PlannedCheck, TestedVm } from '../model/index.ts';

/** Joins what was asked with what was answered; a check that did not answer is an error, never a pass. */
export function judgeChecks(checks: readonly PlannedCheck[], output: readonly CheckLine[]): readonly CheckResult[] {
  const answers = new Map(output.map((line) => [line.id, line]));
  return checks.map(({ id, title, severity }) => {
    const answer = answers.get(id);
    if (!answer) return { id, title, severity, status: 'error', detail: 'the guest gave no answer to this check' };
    return { id, title, severity, status: answer.status, detail: answer.detail };
  });
}

/** An image of which nothing was seen is not a good one. Issues: NOTHING_VALIDATED (error) where no VM was booted, or none has passed or failed any check. */
export function vacuous({ image, checks }: BuildPlan, vms: readonly TestedVm[]): readonly Issue[] {
  if (vms.some((vm) => vm.checks.some(({ status }) => status === 'pass' || status === 'fail'))) return [];
  const message = `nothing is known about the image: ${unseen(vms.length, checks.length)}`;
  const hint =
    checks.length === 0 ? 'leave a check that runs on a test VM out of `checks.skip`' : 'read what the VMs printed, and run again';
  return [{ severity: 'error', code: 'NOTHING_VALIDATED', message, hint, image }];
}

function unseen(booted: number, checks: number): string {
  if (booted === 0) return 'no VM was booted from it';
  return checks === 0 ? 'the plan holds no check for a test VM' : `none of the ${checks} planned checks passed or failed on a test VM`;
}
