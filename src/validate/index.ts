import type { Catalog, Check } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import type { BuildPlan, BuildResult, Issue, TestedVm, TestShape, ValidationReport } from '../model/index.ts';
import { SCHEMA_VERSION } from '../model/index.ts';
import type { Context, RunningVm } from '../ports.ts';
import { checkScript, parseCheckOutput } from './check-script.ts';
import { judgeChecks } from './judge.ts';
import { judgeRecord } from './judge-record.ts';
import { type GuestRecord, parseComponents } from './parse-components.ts';

/** Boots one VM per shape that the definition claims from the staged version and runs the checks inside. */
export async function validate(plan: BuildPlan, build: BuildResult, context: Context): Promise<ValidationReport> {
  const checks = plannedChecks(plan, context.catalog);
  const script = await scriptFor(plan, context);
  const answers: Answer[] = [];
  for (const shape of plan.test.shapes) answers.push(await testShape({ plan, build, shape, script, checks }, context));
  const vms = answers.map(({ vm }) => vm);
  const record = recordOf(plan, answers);
  const issues = [...vms.flatMap((vm) => issuesOf(plan, vm)), ...record.issues];
  return {
    kind: 'ValidationReport',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    versionId: build.versionId,
    vms,
    components: record.components,
    recorded: record.recorded,
    passed: !issues.some(({ severity }) => severity === 'error'),
    simulated: context.run.clouds.simulated,
    issues,
  };
}

/** The image is the same for every VM, so the first one that came up speaks for all. */
function recordOf(plan: BuildPlan, answers: readonly Answer[]): ReturnType<typeof judgeRecord> {
  const up = answers.find(({ vm }) => vm.secondsToReady !== undefined);
  return up ? judgeRecord(plan, up.record) : { components: [], issues: [] };
}

function plannedChecks(plan: BuildPlan, catalog: Catalog): readonly Check[] {
  const byId = new Map(catalog.checks.map((check) => [check.id, check]));
  return plan.checks.flatMap((id) => byId.get(id) ?? []);
}

async function scriptFor(plan: BuildPlan, { ports }: Context): Promise<string> {
  const path = (name: string) => (plan.os.family === 'windows' ? `scripts/windows/${name}.ps1` : `scripts/linux/${name}.sh`);
  const read = (name: string) => ports.assets.own(path(name));
  const [lib, checks, record] = await Promise.all([read('lib'), read('checks'), read('record')]);
  const components = plan.guestFiles.find(({ path }) => path.startsWith('components.'))?.content;
  return checkScript(plan.os.family, { lib, checks, record, components }, plan.checks, plan.digest);
}

interface Test {
  readonly plan: BuildPlan;
  readonly build: BuildResult;
  readonly shape: TestShape;
  readonly script: string;
  readonly checks: readonly Check[];
}

/** What one VM said, of itself and of the image. */
interface Answer {
  readonly vm: TestedVm;
  readonly record: GuestRecord | undefined;
}

async function testShape(test: Test, { ports, run }: Context): Promise<Answer> {
  const { plan, build, shape } = test;
  const note = (text: string) =>
    ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'validate', text: `${shape.vmSize}: ${text}` });
  const request = { plan, shape, versionId: build.versionId, runId: run.id, deadline: run.deadline.toISOString() };
  try {
    return await ports.testVm.withVm(request, { signal: run.signal, onUpdate: note }, (vm) => runChecks(test, vm));
  } catch (error) {
    // A VM that does not come up is a finding about the image; anything else is a failure of the run.
    if (!(error instanceof RegildError) || error.code !== 'VALIDATION_FAILED') throw error;
    const serialLog = error.details.serialLog;
    const vm = { ...shape, checks: [bootFailure(error)], serialLog: typeof serialLog === 'string' ? serialLog : undefined };
    return { vm, record: undefined };
  }
}

async function runChecks({ shape, script, checks }: Test, vm: RunningVm): Promise<Answer> {
  const { stdout } = await vm.run(script);
  const tested = { ...shape, secondsToReady: vm.secondsToReady, checks: judgeChecks(checks, parseCheckOutput(stdout)) };
  return { vm: tested, record: parseComponents(stdout) };
}

function bootFailure(error: RegildError): TestedVm['checks'][number] {
  return { id: 'vm-ready', title: 'the VM boots and its agent reports ready', severity: 'block', status: 'fail', detail: error.message };
}

function issuesOf(plan: BuildPlan, vm: TestedVm): readonly Issue[] {
  const bad = vm.checks.filter(({ status }) => status === 'fail' || status === 'error');
  return bad.map((check) => ({
    severity: check.severity === 'block' ? 'error' : check.severity === 'warn' ? 'warning' : 'info',
    code: 'CHECK_FAILED',
    message: `check ${check.id} on ${vm.vmSize} (${vm.controller}): ${check.detail || check.title}`,
    hint: `see catalog/checks/${check.id}.yaml for what it asserts; \`checks.skip\` leaves it out`,
    image: plan.image,
  }));
}
