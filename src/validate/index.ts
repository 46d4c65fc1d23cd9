import type { BuildPlan, BuildResult, Inventory, Issue, TestedVm, TestShape, ValidationReport } from '../model/index.ts';
import { SCHEMA_VERSION, testRounds } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { stagedVersion } from '../staged-version.ts';
import { judgeRecord, vacuous } from './judge.ts';
import { measuredWorse, measuringOf } from './measure.ts';
import { parityQuestion } from './parity.ts';
import { scriptsFor } from './scripts.ts';
import { inRounds } from './side-by-side.ts';
import { type Answer, testShape } from './test-shape.ts';

/**
 * Boots one VM per shape that the definition claims from the staged version and runs the planned checks inside. The image passes when nothing that was
 * asked failed and something was answered. Where `before`, the AMI's own inventory, is known, the first VM tells what arrived of it. Throws ARTIFACT_INVALID when a script is not the one that was planned.
 */
export async function validate(
  plan: BuildPlan,
  build: BuildResult,
  context: Context<'gallery' | 'subscription' | 'testVm' | 'assets' | 'artifacts' | 'progress'>,
  before?: Inventory | undefined,
): Promise<ValidationReport> {
  await stagedVersion(plan, build, context);
  const { checks } = plan;
  const scripts = await scriptsFor(plan, context);
  const measuring = await measuringOf(plan, context.ports.assets, context.run.clouds.simulated);
  const question = await parityQuestion(plan, before, context.ports, { catalog: context.catalog, simulated: context.run.clouds.simulated });
  const answers = await inRounds(await roundsOf(plan, context), context.run.signal, (shape, signal, alone) =>
    testShape({ plan, build, shape, scripts, checks, measuring, question: shape === plan.test.shapes[0] ? question : undefined }, context, {
      signal,
      alone,
    }),
  );
  const vms = answers.map(({ vm }) => vm);
  const record = recordOf(plan, answers);
  const issues = [
    ...vms.flatMap((vm) => [...issuesOf(plan, vm), ...measuredWorse(plan.image, vm)]),
    ...record.issues,
    ...answers.flatMap(({ compared }) => compared?.issues ?? []),
    ...vacuous(plan, vms),
    ...answers.flatMap(({ notes }) => notes),
  ];
  return {
    kind: 'ValidationReport',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    versionId: build.versionId,
    vms,
    components: record.components,
    recorded: record.recorded,
    parity: answers.find(({ compared }) => compared?.parity)?.compared?.parity,
    passed: !issues.some(({ severity }) => severity === 'error'),
    simulated: context.run.clouds.simulated,
    issues,
  };
}

/** What the location has room for at once, asked where there is more than one VM. */
async function roundsOf(
  { test, subscription: id, location }: BuildPlan,
  { ports }: Context<'subscription'>,
): Promise<readonly (readonly TestShape[])[]> {
  if (test.shapes.length < 2) return testRounds(test.shapes, [], []);
  const [sizes, quotas] = await Promise.all([ports.subscription.sizes(id, location), ports.subscription.quotas(id, location)]);
  return testRounds(test.shapes, sizes, quotas);
}

/** The image is the same for every VM, so the first one that came up speaks for all. */
function recordOf(plan: BuildPlan, answers: readonly Answer[]): ReturnType<typeof judgeRecord> {
  const up = answers.find(({ vm }) => vm.secondsToReady !== undefined);
  return up ? judgeRecord(plan, up.record) : { components: [], issues: [] };
}

function issuesOf(plan: BuildPlan, vm: TestedVm): readonly Issue[] {
  const bad = vm.checks.filter(({ status }) => status === 'fail' || status === 'error');
  return bad.map((check) => ({
    severity: check.severity === 'block' ? 'error' : check.severity === 'warn' ? 'warning' : 'info',
    code: 'CHECK_FAILED',
    message: `check ${check.id} on ${vm.vmSize} (${vm.controller}): ${check.detail || check.title}`,
    hint: check.hint ?? pageOf(plan, check),
    image: plan.image,
  }));
}

function pageOf({ checks, image }: BuildPlan, { id }: TestedVm['checks'][number]): string {
  return checks.some((check) => check.id === id && check.added)
    ? `\`checks.add\` of ${image} in images.yaml says what it asserts`
    : 'docs/checks.md says what it asserts; `checks.skip` leaves it out';
}
