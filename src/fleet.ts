import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { imageReport } from './image-report.ts';
import { type ImageReport, ImageSpec } from './model/index.ts';
import { applyImage, type Planned, planImage, type ReadStage, type WriteStage } from './pipeline.ts';
import type { Context } from './ports.ts';
import { stagesOf } from './stage.ts';

export interface FleetOptions {
  /** The last stage; those from `build` on write. */
  readonly until: ReadStage | WriteStage;
  /** Continue at the last artifact of the run folder. */
  readonly resume: boolean;
  /** Build although a version with the same digest exists. */
  readonly force: boolean;
  /** Images that are worked on at the same time. */
  readonly concurrency: number;
}

/** Plans every image before it applies any; an image that fails or is blocked stops no other. Reports come in the order of the specs. */
export async function runFleet(specs: readonly ImageSpec[], context: Context, options: FleetOptions): Promise<readonly ImageReport[]> {
  const { concurrency } = options;
  const walks = await pMap(specs, (spec) => startWalk(spec, context, options), { concurrency });
  return pMap(walks, (walk) => finishWalk(walk, context, options), { concurrency });
}

interface Walk {
  readonly spec: ImageSpec;
  readonly stages: ReturnType<typeof stagesOf>;
  readonly planned: Planned | undefined;
  readonly failure: unknown;
}

async function startWalk(spec: ImageSpec, context: Context, { until, resume }: FleetOptions): Promise<Walk> {
  const stages = stagesOf(spec.name, context, resume && (await isSameSpec(spec, context)));
  await context.ports.artifacts.save(spec.name, spec);
  try {
    return { spec, stages, planned: await planImage(spec, readsUntil(until), context, stages.run), failure: undefined };
  } catch (failure) {
    return { spec, stages, planned: undefined, failure };
  }
}

function writes(until: FleetOptions['until']): until is WriteStage {
  return until === 'build' || until === 'validate' || until === 'publish';
}

function readsUntil(until: FleetOptions['until']): ReadStage {
  return writes(until) ? 'plan' : until;
}

/** Artifacts of another wish are of no use: an image whose entry was edited since starts from the beginning. */
async function isSameSpec(spec: ImageSpec, { ports }: Context): Promise<boolean> {
  const saved = ImageSpec.safeParse(await ports.artifacts.load(spec.name, spec.kind));
  return saved.success && isDeepStrictEqual({ ...saved.data, place: undefined }, { ...withoutUndefined(spec), place: undefined });
}

/** As it looks after a journey through JSON. */
function withoutUndefined(spec: ImageSpec): ImageSpec {
  return ImageSpec.parse(JSON.parse(JSON.stringify(spec)));
}

async function finishWalk(
  { spec, stages, planned, failure }: Walk,
  context: Context,
  { until, force }: FleetOptions,
): Promise<ImageReport> {
  const before = imageReport(spec, stages.walked(), failure, { force });
  const report = planned && writes(until) && before.outcome === 'ready' ? await apply(planned, until) : before;
  await context.ports.artifacts.save(spec.name, report);
  context.ports.progress.emit({ kind: 'image-finished', image: spec.name, outcome: report.outcome });
  return report;

  async function apply(ready: Planned, last: WriteStage): Promise<ImageReport> {
    try {
      await applyImage(ready, last, context, stages.run);
      return imageReport(spec, stages.walked(), undefined, { force });
    } catch (error) {
      return imageReport(spec, stages.walked(), error, { force });
    }
  }
}
