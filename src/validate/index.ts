import { RegildError } from '../errors.ts';
import { type GuestRecord, parseCheckOutput, parseComponents } from '../guest/answers.ts';
import { type CheckTexts, checkScript, checkTexts, restartedScript } from '../guest/check-run.ts';
import { inGuestFolder } from '../guest/folder.ts';
import { plannedText } from '../guest/planned-text.ts';
import { ANSWERS } from '../guest/tables.ts';
import type { BuildPlan, BuildResult, Inventory, Issue, PlannedCheck, TestedVm, TestShape, ValidationReport } from '../model/index.ts';
import { SCHEMA_VERSION, testRounds } from '../model/index.ts';
import type { AdministratorLogin, Artifacts, Context, RunningVm } from '../ports.ts';
import { stagedVersion } from '../staged-version.ts';
import { judgeChecks, judgeRecord, vacuous } from './judge.ts';
import { type Measuring, measure, measuredWorse, measuringOf } from './measure.ts';
import { bootFailure, notUp } from './not-up.ts';
import { type Compared, compareVm, type ParityQuestion, parityQuestion } from './parity.ts';
import { replacedTestSize, testWhereThereIsRoom } from './room.ts';
import { inRounds } from './side-by-side.ts';

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
  const scripts = scriptsFor(plan, await textsFor(plan, context));
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

async function textsFor(plan: BuildPlan, { ports }: Context<'assets'>): Promise<CheckTexts> {
  const ids = plan.checks.map(({ id }) => id);
  const texts = await checkTexts(
    plan.os.family,
    ids,
    async (path) => ofTheUser(plan, path) ?? plannedScript(plan, path, await ports.assets.own(path)),
  );
  const contentOf = (name: string) => plan.guestFiles.find(({ path }) => path.startsWith(name))?.content;
  return { ...texts, family: plan.os.guest, components: contentOf('components.'), answers: contentOf(ANSWERS) };
}

/** A check that the user added is part of the plan itself. */
function ofTheUser({ guestFiles }: BuildPlan, script: string): string | undefined {
  return guestFiles.find(({ path }) => path === inGuestFolder(script))?.content;
}

function plannedScript({ guestScripts, image }: BuildPlan, path: string, text: string): string {
  const planned = guestScripts.find((script) => script.path === path);
  if (planned) return plannedText(planned, text);
  throw new RegildError('ARTIFACT_INVALID', `the plan of ${image} does not say which ${path} its checks are run with`, {
    hint: 'plan again',
  });
}

/** What a VM is asked when it is up, by whom its administrator is, and again after a restart, where a check is about that. */
interface Scripts {
  readonly first: (login: AdministratorLogin | undefined) => string;
  readonly restarted: string | undefined;
}

function scriptsFor({ os, digest, checks }: BuildPlan, texts: CheckTexts): Scripts {
  const restarted = checks.filter(isAboutRestart).map(({ id }) => id);
  const first = checks.filter((check) => !isAboutRestart(check)).map(({ id }) => id);
  return {
    first: (login) => checkScript(os.family, { ...texts, login }, first, digest),
    restarted: restarted.length === 0 ? undefined : restartedScript(os.family, texts, restarted),
  };
}

function isAboutRestart({ stages }: PlannedCheck): boolean {
  return stages.includes('restarted');
}

interface Test {
  readonly plan: BuildPlan;
  readonly build: BuildResult;
  readonly shape: TestShape;
  readonly scripts: Scripts;
  readonly checks: readonly PlannedCheck[];
  readonly measuring: Measuring | undefined;
  /** For the VM that tells what arrived of the AMI. */
  readonly question: ParityQuestion | undefined;
}

/** What one VM said, of itself and of the image. */
interface Answer {
  readonly vm: TestedVm;
  readonly record: GuestRecord | undefined;
  readonly compared?: Compared | undefined;
  /** What of its making could not be deleted, and that it was of another size. */
  readonly notes: readonly Issue[];
}

/** Beside others only the planned size is tried: whoever finds no room then is tested again, alone. */
async function testShape(
  test: Test,
  context: Context<'subscription' | 'testVm' | 'artifacts' | 'progress'>,
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
  { ports, run }: Context<'testVm' | 'artifacts' | 'progress'>,
  signal: AbortSignal,
): Promise<Answer> {
  const { plan, build, shape } = test;
  const note = (text: string) =>
    ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'validate', text: `${shape.vmSize}: ${text}` });
  const request = { plan, shape, zone, versionId: build.versionId, runId: run.id, deadline: run.deadline.toISOString() };
  const left: Issue[] = [];
  const onLeft = (group: string, reason: string) => void left.push(leftGroup(plan, group, reason));
  const placed = zone === undefined ? {} : { zone };
  try {
    const { vm, ...answer } = await ports.testVm.withVm(request, { signal, onUpdate: note, onLeft }, (running) =>
      runChecks(test, running, ports.artifacts),
    );
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
function testedShape({ vmSize, controller, ordinary }: TestShape): Pick<TestedVm, 'vmSize' | 'controller' | 'ordinary'> {
  return { vmSize, controller, ...(ordinary && { ordinary }) };
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
