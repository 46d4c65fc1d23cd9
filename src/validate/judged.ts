import { type BuildPlan, type Issue, type TestedVm, vmName } from '../model/index.ts';
import { judgeRecord, vacuous } from './judge.ts';
import { measuredWorse } from './measure.ts';
import type { Answer } from './test-shape.ts';

/** Everything that the VMs say of the image. */
export function judged(plan: BuildPlan, answers: readonly Answer[]): readonly Issue[] {
  const vms = answers.map(({ vm }) => vm);
  return [
    ...vms.flatMap((vm) => [...issuesOf(plan, vm), ...measuredWorse(plan.image, vm)]),
    ...recordOf(plan, answers).issues,
    ...answers.flatMap(({ compared }) => compared?.issues ?? []),
    ...vacuous(plan, vms),
    ...answers.flatMap(({ notes }) => notes),
  ];
}

/** The image is the same for every VM, so the first one that came up speaks for all. */
export function recordOf(plan: BuildPlan, answers: readonly Answer[]): ReturnType<typeof judgeRecord> {
  const up = answers.find(({ vm }) => vm.secondsToReady !== undefined);
  return up ? judgeRecord(plan, up.record) : { components: [], issues: [] };
}

function issuesOf(plan: BuildPlan, vm: TestedVm): readonly Issue[] {
  const bad = vm.checks.filter(({ status }) => status === 'fail' || status === 'error');
  return bad.map((check) => ({
    severity: check.severity === 'block' ? 'error' : check.severity === 'warn' ? 'warning' : 'info',
    code: 'CHECK_FAILED',
    message: `check ${check.id} on ${vmName(vm)}: ${check.detail || check.title}`,
    hint: check.hint ?? pageOf(plan, check),
    image: plan.image,
  }));
}

function pageOf({ checks, image }: BuildPlan, { id }: TestedVm['checks'][number]): string {
  return checks.some((check) => check.id === id && check.added)
    ? `\`checks.add\` of ${image} in images.yaml says what it asserts`
    : 'docs/reference/checks.md says what it asserts; `checks.skip` leaves it out';
}
