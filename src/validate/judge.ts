import type { CheckLine, GuestRecord } from '../guest/answers.ts';
import type { BuildPlan, CheckResult, Issue, PlannedCheck, TestedVm, ValidationReport } from '../model/index.ts';

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
  const planned = new Set(checks.map(({ id }) => id));
  if (vms.some((vm) => vm.checks.some(({ id, status }) => status === 'fail' || (status === 'pass' && planned.has(id))))) return [];
  const message = `nothing is known about the image: ${unseen(vms.length, checks.length)}`;
  const hint =
    checks.length === 0 ? 'leave a check that runs on a test VM out of `checks.skip`' : 'read what the VMs printed, and run again';
  return [{ severity: 'error', code: 'NOTHING_VALIDATED', message, hint, image }];
}

function unseen(booted: number, checks: number): string {
  if (booted === 0) return 'no VM was booted from it';
  return checks === 0 ? 'the plan holds no check for a test VM' : `none of the ${checks} planned checks passed or failed on a test VM`;
}

type Recorded = Pick<ValidationReport, 'components' | 'recorded' | 'built' | 'issues'>;

/**
 * What the record in the image is worth as proof: that of another plan proves nothing. What a leftover means is not judged here but by the check that
 * looks for it again on the VM (azl-01, azw-01). Issues: RECORD_MISSING, BUILD_CHECK_FAILED (warnings), RECORD_CUT (info).
 */
export function judgeRecord({ image, digest, os }: BuildPlan, record: GuestRecord | undefined): Recorded {
  if (record === undefined) return unproven(image, 'the image holds no record of what became of the AWS components');
  if (record.plan !== digest) {
    return unproven(image, `the record in the image is of the plan ${record.plan.slice(0, 80)}, not of ${digest}`);
  }
  const { count: recorded, components, built, builtCount = built.length } = record;
  const lost = [
    ...(recorded > components.length ? [cut(image, os.family, 'components', components.length, recorded)] : []),
    ...(builtCount > built.length ? [cut(image, os.family, 'checks', built.length, builtCount)] : []),
  ];
  return {
    components,
    recorded,
    ...(built.length > 0 && { built }),
    issues: [...built.flatMap((line) => foundBefore(image, line)), ...lost],
  };
}

function foundBefore(image: string, { id, status, detail }: CheckLine): readonly Issue[] {
  if (status === 'pass' || status === 'skip') return [];
  const said = status === 'fail' ? 'failed' : 'could not be run';
  const message = `before the image was generalized, the check ${id} ${said}: ${detail || 'it said nothing'}`;
  const hint = 'mend it in a step, or answer for it in `checks.answers`';
  return [{ severity: 'warning', code: 'BUILD_CHECK_FAILED', message, hint, image }];
}

function unproven(image: string, message: string): Recorded {
  const hint = 'the checks still looked for what must not be there; build again for the record';
  return { components: [], issues: [{ severity: 'warning', code: 'RECORD_MISSING', message, hint, image }] };
}

function cut(image: string, family: BuildPlan['os']['family'], what: 'components' | 'checks', read: number, held: number): Issue {
  const file = family === 'windows' ? 'C:\\ProgramData\\regild\\translation.tsv' : '/var/lib/regild/translation.tsv';
  const message = `the test VM's answer had room for ${read} of the ${held} ${what} in the record`;
  return { severity: 'info', code: 'RECORD_CUT', message, hint: `${file} in the image holds all of them`, image };
}
