import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { RegildError } from './errors.ts';
import { imageReport, type ReportOptions } from './image-report.ts';
import { type BuildPlan, blocks, type ImageReport, ImageSpec, type Issue, otherTestLocations, ValidationReport } from './model/index.ts';
import { applyImage, planImage, type ReadStage, readPlanned, type WriteStage } from './pipeline.ts';
import type { Context } from './ports.ts';
import { recordVersion } from './records/index.ts';
import { sharingLookups } from './shared-lookups/index.ts';
import { readSaved, stageLimits, stagesOf } from './stage.ts';

export interface FleetOptions {
  /** The last stage; those from `build` on write. */
  readonly until: ReadStage | WriteStage;
  /** Continue at the last artifact of the run folder. */
  readonly resume: boolean;
  /** Refuse an image that this run has not built yet, or not from the entry that the manifest has. */
  readonly continueOnly?: boolean | undefined;
  /** Build although a version with the same digest exists. */
  readonly force: boolean;
  /** Images that are worked on at the same time. */
  readonly concurrency: number;
  readonly lock?: FleetLock | undefined;
}

/** What a lock file does to a fleet: it may hold images to what they were resolved to before, and judges all plans before any is applied. */
export interface FleetLock {
  /** The spec to plan with; the run folder keeps the one that the manifest has. */
  readonly pin: (spec: ImageSpec) => ImageSpec;
  /** Issues, each with the name of its image. One that blocks keeps the whole fleet from being applied. */
  readonly review: (planned: readonly ImageReport[]) => readonly Issue[];
  /** An issue of an image as it is told: what the lock holds it to is not mended in the manifest. */
  readonly tell: (issue: Issue) => Issue;
}

/** Plans every image before it applies any; an image that fails or is blocked stops no other. Reports come in the order of the specs. */
export async function runFleet(specs: readonly ImageSpec[], context: Context, options: FleetOptions): Promise<readonly ImageReport[]> {
  const { concurrency, lock, force } = options;
  const planning = sharingLookups(
    specs.map((spec) => lock?.pin(spec) ?? spec),
    context,
  );
  const walks = await pMap(specs, (spec) => startWalk(spec, planning, options), { concurrency });
  const found = lock?.review(walks.map((walk) => imageReport(walk.spec, walk.stages.walked(), walk.failure, { force }))) ?? [];
  const until = found.some(blocks) ? 'plan' : options.until;
  const finish = (walk: Walk) =>
    finishWalk(walk, context, {
      until,
      force,
      continueOnly: options.continueOnly,
      found: found.filter(({ image }) => image === walk.spec.name),
      ...(lock && { tell: lock.tell }),
    });
  return pMap(walks, finish, { concurrency });
}

interface Walk {
  readonly spec: ImageSpec;
  readonly stages: ReturnType<typeof stagesOf>;
  /** Whether there is something to apply. */
  readonly planned: boolean;
  readonly failure: unknown;
}

async function startWalk(spec: ImageSpec, context: Context, { until, resume, lock, continueOnly = false }: FleetOptions): Promise<Walk> {
  const limits = stageLimits(spec);
  let stages = stagesOf(spec.name, context, { resume: false, limits });
  try {
    const before = resume ? await entryBefore(spec, context) : 'none';
    if (before === 'other' || (before === 'none' && resume && continueOnly)) throw editedSince(spec, context);
    if (before === 'same') stages = stagesOf(spec.name, context, { resume: true, limits });
    await context.ports.artifacts.save(spec.name, spec);
    return { spec, stages, planned: await planImage(lock?.pin(spec) ?? spec, readsUntil(until), context, stages.run), failure: undefined };
  } catch (failure) {
    return { spec, stages, planned: false, failure };
  }
}

function writes(until: FleetOptions['until']): until is WriteStage {
  return until === 'build' || until === 'validate' || until === 'publish';
}

function readsUntil(until: FleetOptions['until']): ReadStage {
  return writes(until) ? 'plan' : until;
}

/** The entry that the run began with. What a run made stands for that wish and for no other: one that was edited since starts a run of its own. */
async function entryBefore(spec: ImageSpec, { ports }: Context): Promise<'none' | 'same' | 'other'> {
  const saved = await ports.artifacts.load(spec.name, spec.kind);
  if (saved === undefined) return 'none';
  const { data } = ImageSpec.safeParse(saved);
  return isDeepStrictEqual(wishOf(data), wishOf(withoutUndefined(spec))) ? 'same' : 'other';
}

/** What of an entry says what is to be made: where it stands and how long is waited for it may change while a run is cut short, and what stays of a failure. */
function wishOf(spec: ImageSpec | undefined): object {
  return { ...spec, place: undefined, timeouts: undefined, onError: undefined };
}

function editedSince({ name }: ImageSpec, { run }: Context): RegildError {
  return new RegildError('RUN_NOT_FOUND', `run ${run.id} did not build ${name} from the entry that the manifest has`, {
    hint: `it was edited since, or the run never came to it: build it with \`regild build ${name}\``,
  });
}

/** As it looks after a journey through JSON. */
function withoutUndefined(spec: ImageSpec): ImageSpec {
  return ImageSpec.parse(JSON.parse(JSON.stringify(spec)));
}

interface Finish extends Pick<FleetOptions, 'until' | 'force' | 'continueOnly'>, Pick<ReportOptions, 'tell'> {
  /** What the lock file says of this image. */
  readonly found: readonly Issue[];
}

async function finishWalk({ spec, stages, planned, failure }: Walk, context: Context, { until, ...options }: Finish): Promise<ImageReport> {
  const before = imageReport(spec, stages.walked(), failure, options);
  const report = await saved(planned && writes(until) && before.outcome === 'ready' ? await apply(until) : before);
  context.ports.progress.emit({ kind: 'image-finished', image: spec.name, outcome: report.outcome });
  return report;

  async function apply(last: WriteStage): Promise<ImageReport> {
    try {
      const ready = await readPlanned(spec.name, context.ports.artifacts);
      await applyImage(
        ready,
        { until: last, continueOnly: options.continueOnly ?? false, force: options.force },
        withDeadlineFor(ready.plan, context),
        stages.run,
      );
      const made = imageReport(spec, stages.walked(), undefined, options);
      const tested = await readSaved(spec.name, 'validate', ValidationReport, context.ports.artifacts);
      await recordVersion(spec, made, tested?.inventory, context);
      return made;
    } catch (error) {
      return imageReport(spec, stages.walked(), error, options);
    }
  }

  async function saved(made: ImageReport): Promise<ImageReport> {
    try {
      await context.ports.artifacts.save(spec.name, made);
      return made;
    } catch (error) {
      return imageReport(spec, stages.walked(), error, options);
    }
  }
}

/**
 * The run's lifetime counts for each image from when its writing half begins, and beyond what the plan allows it to take: an image of a large fleet
 * may wait for its turn for days, and a sweep must not delete what is in use. Test VMs in other regions are made after a replication.
 */
function withDeadlineFor({ build, test, timeouts }: BuildPlan, context: Context): Context {
  const { run, ports } = context;
  const lifetime = run.deadline.getTime() - run.started.getTime();
  const replication = otherTestLocations({ test }).length > 0 ? timeouts.replication : 0;
  const usual = lifetime + (build.timeoutMinutes + test.shapes.length * test.timeoutMinutes + replication) * 60_000;
  const allowed = (build.timeoutMinutes + timeouts.validate + replication + timeouts.publish) * 60_000;
  return { ...context, run: { ...run, deadline: new Date(ports.clock.now().getTime() + Math.max(usual, allowed)) } };
}
