import { type GuestRecord, parseCheckOutput, parseComponents } from '../guest/answers.ts';
import { staysAfter } from '../kept.ts';
import type { BuildPlan, Issue, PlannedCheck, TestedVm, TestShape } from '../model/index.ts';
import type { Artifacts, Context, RunningVm, TestWait } from '../ports.ts';
import { judgeChecks } from './judge.ts';
import { failedIn, keptTestGroup } from './kept-vm.ts';
import { type Measuring, measure } from './measure.ts';
import { asksNetworkLogin, networkLogin } from './network-login.ts';
import { bootFailure, notUp } from './not-up.ts';
import { type Compared, compareVm, type ParityQuestion } from './parity.ts';
import { replacedTestSize, testWhereThereIsRoom } from './room.ts';
import { isAboutRestart, type Scripts } from './scripts.ts';

/** A test VM that is wanted, and what it is asked. */
export interface Test {
  readonly plan: BuildPlan;
  /** ARM id of the version that it is booted from. */
  readonly versionId: string;
  readonly shape: TestShape;
  readonly scripts: Scripts;
  readonly checks: readonly PlannedCheck[];
  readonly measuring: Measuring | undefined;
  /** For the VM that tells what arrived of the AMI. */
  readonly question: ParityQuestion | undefined;
}

/** What one VM said, of itself and of the image. */
export interface Answer {
  readonly vm: TestedVm;
  readonly record: GuestRecord | undefined;
  readonly compared?: Compared | undefined;
  /** What of its making still stands, since it could not be deleted or was to stay, and that it was of another size. */
  readonly notes: readonly Issue[];
}

/**
 * Boots a shape and asks it everything; a VM that does not come up is an answer too, what else fails is thrown. Beside others only the planned size is
 * tried: whoever finds no room then is tested again, alone.
 */
export async function testShape(
  test: Test,
  context: Context<'subscription' | 'testVm' | 'ssh' | 'leftovers' | 'artifacts' | 'progress' | 'operator'>,
  { signal, alone }: { readonly signal: AbortSignal; readonly alone: boolean },
): Promise<Answer> {
  const made = await testWhereThereIsRoom(test.plan, test.shape, alone, context, (shape, zone) =>
    bootShape({ ...test, shape }, zone, context, signal),
  );
  const { vm, notes, ...rest } = made.result;
  const tried = made.tried.length > 0 && { tried: made.tried };
  return { ...rest, vm: { ...vm, ...tried }, notes: [...replacedTestSize(test.plan, test.shape, made), ...notes] };
}

async function bootShape(
  test: Test,
  zone: string | undefined,
  context: Context<'testVm' | 'ssh' | 'leftovers' | 'artifacts' | 'progress' | 'operator'>,
  signal: AbortSignal,
): Promise<Answer> {
  const { plan, versionId, shape } = test;
  const { ports, run } = context;
  const note = (text: string) =>
    ports.progress.emit({
      kind: 'stage-note',
      image: plan.image,
      stage: 'validate',
      text: `${shape.vmSize}${shape.location === undefined ? '' : ` in ${shape.location}`}: ${text}`,
    });
  const request = { plan, shape, zone, versionId, runId: run.id, deadline: run.deadline.toISOString() };
  const left: Issue[] = [];
  const onLeft = (group: string, reason: string) => void left.push(leftGroup(plan, group, reason));
  const placed = zone === undefined ? {} : { zone };
  const keeps: TestWait<Omit<Answer, 'notes'>>['keeps'] = async ({ group }, outcome) => {
    const kept = failedIn(outcome) && (await staysAfter({ stage: 'validate', what: `the test on ${shape.vmSize} failed` }, plan, context));
    if (kept) left.push(await keptTestGroup(plan, group, context));
    return kept;
  };
  try {
    const { vm, ...answer } = await ports.testVm.withVm(request, { signal, onUpdate: note, onLeft, keeps }, async (running) => {
      const login = asksNetworkLogin(plan, shape)
        ? [await networkLogin(running, ports.ssh, { simulated: run.clouds.simulated, signal })]
        : [];
      const said = await runChecks(test, running, ports.artifacts);
      return { ...said, vm: { ...said.vm, checks: [...login, ...said.vm.checks] } };
    });
    return { ...answer, vm: { ...vm, ...placed }, notes: left };
  } catch (error) {
    const failure = await notUp(error, plan, shape, ports.artifacts);
    const vm = { ...testedShape(shape), ...placed, checks: [bootFailure(failure)], serialLog: failure.serialLog };
    return { vm, record: undefined, notes: left };
  }
}

async function runChecks(test: Test, vm: RunningVm, artifacts: Artifacts): Promise<Omit<Answer, 'notes'>> {
  const { shape, scripts, checks, measuring, question } = test;
  const { stdout } = await vm.run(scripts.first(vm.login));
  const first = judgeChecks(
    checks.filter((check) => !isAboutRestart(check)),
    parseCheckOutput(stdout),
  );
  const compared = question && (await compareVm(question, vm));
  const again = await runRestarted(test, vm, artifacts);
  const measured = measuring === undefined || again.failed ? undefined : await measure(measuring, vm);
  const tested = {
    ...testedShape(shape),
    secondsToReady: vm.secondsToReady,
    checks: [...first, ...again.checks],
    ...(measured !== undefined && { measured }),
    serialLog: again.serialLog,
  };
  return { vm: tested, record: parseComponents(stdout), compared };
}

/** The shape as the report names it. */
function testedShape({
  vmSize,
  controller,
  ordinary,
  location,
}: TestShape): Pick<TestedVm, 'vmSize' | 'controller' | 'ordinary' | 'location'> {
  return { vmSize, controller, ...(ordinary && { ordinary }), ...(location !== undefined && { location }) };
}

/** A machine that does not come back fails these checks; what it said before stands. */
async function runRestarted(
  test: Test,
  vm: RunningVm,
  artifacts: Artifacts,
): Promise<Pick<TestedVm, 'checks' | 'serialLog'> & { readonly failed: boolean }> {
  const { restarted } = test.scripts;
  const checks = test.checks.filter(isAboutRestart);
  if (restarted === undefined) return { checks: [], failed: false };
  try {
    await vm.restart();
    return { checks: judgeChecks(checks, parseCheckOutput((await vm.run(restarted)).stdout)), failed: false };
  } catch (error) {
    const { detail, hint, serialLog } = await notUp(error, test.plan, test.shape, artifacts);
    const failed = ({ id, title, severity }: PlannedCheck) => ({ id, title, severity, status: 'fail' as const, detail, hint });
    return { checks: checks.map(failed), serialLog, failed: true };
  }
}

function leftGroup({ image, subscription }: BuildPlan, group: string, reason: string): Issue {
  return {
    severity: 'warning',
    code: 'TEST_GROUP_LEFT',
    message: `the resource group ${group} of a test VM is left behind, and costs money: ${reason}`,
    hint: `delete it in ${subscription}, or let \`regild sweep\` do so after its deadline`,
    image,
  };
}
