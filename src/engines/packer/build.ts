import { removeEarlierAttempts } from '../../earlier-attempts.ts';
import {
  attemptOf,
  type BuildPlan,
  capturedVersion,
  type Issue,
  onErrorOf,
  type RenderedTemplate,
  runTags,
  stagedStorage,
  type VersionCopy,
} from '../../model/index.ts';
import type { Context } from '../../ports.ts';
import { buildWhereThereIsRoom, replacedBuildSize } from '../build-room.ts';
import type { Built } from '../engine.ts';
import { unlessStaged, untilSettled } from '../staged.ts';
import { afterFailure } from './after-failure.ts';
import { copyFromStaging } from './staging.ts';
import { stepNames } from './step-names.ts';

/** Name of the log in the image's run folder. */
const LOG = 'packer.log';

/** Packer is there, and its plugin, which is fetched over the network where it is not: told before there is a gallery. */
export async function readyPacker(
  plan: BuildPlan,
  template: RenderedTemplate,
  { ports, run }: Context<'packer' | 'artifacts' | 'progress'>,
): Promise<void> {
  await ports.packer.version();
  const folder = await ports.artifacts.saveFiles(plan.image, 'packer', template.files);
  const onUpdate = (text: string) => ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  await ports.packer.init(folder, { signal: run.signal, onUpdate });
}

/** One of Packer's runs for a plan, and what the earlier ones printed. */
interface Attempt {
  readonly vmSize: string;
  /** Counted from 0. */
  readonly number: number;
  readonly log: string[];
  /** What could not be deleted of earlier attempts of the run. */
  readonly earlier: Issue[];
}

type PackerPort = 'packer' | 'leftovers' | 'artifacts' | 'clock' | 'progress' | 'operator';

/**
 * Captures a version with Packer, and copies it on where the wanted definition takes no VM as its source. Where Azure has no room for the build VM,
 * Packer runs again with the next of the plan's sizes.
 */
export async function buildWithPacker(
  plan: BuildPlan,
  template: RenderedTemplate,
  context: Context<PackerPort | 'subscription' | 'gallery'>,
): Promise<Built> {
  const [log, earlier]: [string[], Issue[]] = [[], []];
  const made = await buildWhereThereIsRoom(plan, context, async (vmSize, number) => {
    const capture = () => captureVersion(plan, template, { vmSize, number, log, earlier }, context);
    return plan.route === 'staging-definition' ? copyFromStaging(plan, capture, context) : { versionId: await capture(), issues: [] };
  });
  const { versionId, issues } = made.result;
  return { versionId, issues: [...earlier, ...replacedBuildSize(plan, made), ...issues], tried: made.tried };
}

/**
 * The answer is the version that the template names: where a managed image lies between, Packer's own artifact id is that of the managed image, which
 * goes with the temporary resource group. Packer refuses a version that exists, also one that it left half made.
 */
async function captureVersion(
  plan: BuildPlan,
  template: RenderedTemplate,
  attempt: Attempt,
  context: Context<PackerPort | 'gallery'>,
): Promise<string> {
  const ref = capturedVersion(plan);
  await untilSettled(ref, plan, context);
  // Not before: a version on its way may be made of an earlier attempt's machine.
  if (attempt.number === 0) attempt.earlier.push(...(await removeEarlierAttempts(plan, 'build', context)));
  return unlessStaged(ref, plan, context, () => runPacker(plan, template, attempt, context));
}

/** Writes the rendered folder and runs Packer in it. */
async function runPacker(
  plan: BuildPlan,
  template: RenderedTemplate,
  { vmSize, number, log }: Attempt,
  context: Context<PackerPort>,
): Promise<void> {
  const { artifacts, clock, packer, progress } = context.ports;
  const folder = await artifacts.saveFiles(plan.image, 'packer', template.files);
  const onUpdate = (text: string) => {
    log.push(`${clock.now().toISOString()} ${text}`);
    progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  };
  try {
    const captures = { ref: capturedVersion(plan), as: capturedAs(plan, context) };
    const onError = onErrorOf(plan, context.run) === 'cleanup' ? 'cleanup' : 'abort';
    const given = { ...variables(plan, number, context), PKR_VAR_vm_size: vmSize };
    await packer.build(
      { folder, variables: given, steps: stepNames(template), captures, onError },
      { signal: context.run.signal, onUpdate },
    );
  } catch (error) {
    throw await afterFailure(error, plan, attemptOf(context.run, number), context);
  } finally {
    await artifacts.log(plan.image, LOG, `${log.join('\n')}\n`);
  }
}

/** What the template says of the version, with what its variables add. */
function capturedAs(plan: BuildPlan, { run }: Pick<Context, 'run'>): VersionCopy {
  return { location: plan.location, storage: stagedStorage(plan), excludeFromLatest: true, tags: { ...plan.tags, ...runTags(run, plan) } };
}

/** What differs from run to run, and so is not in the template, nor is the digest, which covers it. */
function variables({ digest }: BuildPlan, size: number, { run }: Pick<Context, 'run'>): Readonly<Record<string, string>> {
  return {
    PKR_VAR_run_id: run.id,
    PKR_VAR_attempt: attemptOf(run, size),
    PKR_VAR_deadline: run.deadline.toISOString(),
    PKR_VAR_digest: digest,
  };
}
