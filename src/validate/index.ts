import type { Catalog, Check } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import type { BuildPlan, BuildResult, Issue, TestedVm, TestShape, ValidationReport } from '../model/index.ts';
import { SCHEMA_VERSION } from '../model/index.ts';
import type { Context, RunningVm } from '../ports.ts';
import { checkScript, parseCheckOutput } from './check-script.ts';
import { judgeChecks } from './judge.ts';

/** Boots one VM per shape that the definition claims from the staged version and runs the checks inside. */
export async function validate(plan: BuildPlan, build: BuildResult, context: Context): Promise<ValidationReport> {
  const checks = plannedChecks(plan, context.catalog);
  const script = await scriptFor(plan, context);
  const vms: TestedVm[] = [];
  for (const shape of plan.test.shapes) vms.push(await testShape({ plan, build, shape, script, checks }, context));
  const issues = vms.flatMap((vm) => issuesOf(plan, vm));
  return {
    kind: 'ValidationReport',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    versionId: build.versionId,
    vms,
    passed: !issues.some(({ severity }) => severity === 'error'),
    simulated: context.run.clouds.simulated,
    issues,
  };
}

function plannedChecks(plan: BuildPlan, catalog: Catalog): readonly Check[] {
  const byId = new Map(catalog.checks.map((check) => [check.id, check]));
  return plan.checks.flatMap((id) => byId.get(id) ?? []);
}

async function scriptFor(plan: BuildPlan, { ports }: Context): Promise<string> {
  const [lib, checks] = plan.os.family === 'windows' ? ['windows/lib.ps1', 'windows/checks.ps1'] : ['linux/lib.sh', 'linux/checks.sh'];
  const texts = await Promise.all([ports.assets.own(`scripts/${lib}`), ports.assets.own(`scripts/${checks}`)]);
  const components = plan.guestFiles.find(({ path }) => path.startsWith('components.'))?.content;
  return checkScript(plan.os.family, { lib: texts[0], checks: texts[1], components }, plan.checks);
}

interface Test {
  readonly plan: BuildPlan;
  readonly build: BuildResult;
  readonly shape: TestShape;
  readonly script: string;
  readonly checks: readonly Check[];
}

async function testShape(test: Test, { ports, run }: Context): Promise<TestedVm> {
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
    return { ...shape, checks: [bootFailure(error)], serialLog: typeof serialLog === 'string' ? serialLog : undefined };
  }
}

async function runChecks({ shape, script, checks }: Test, vm: RunningVm): Promise<TestedVm> {
  const { stdout } = await vm.run(script);
  return { ...shape, secondsToReady: vm.secondsToReady, checks: judgeChecks(checks, parseCheckOutput(stdout)) };
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
