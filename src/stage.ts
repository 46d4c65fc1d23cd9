import type * as z from 'zod';
import { RegildError } from './errors.ts';
import type { ImageSpec, Issue, Stage } from './model/index.ts';
import {
  type Analysis,
  type BuildPlan,
  blocks,
  type RenderedTemplate,
  reportedAnalysis,
  reportedPlan,
  reportedTemplate,
  reportedValidation,
  STAGES,
  type ValidationReport,
} from './model/index.ts';
import { redactValues } from './model/redact.ts';
import type { Artifacts, Context } from './ports.ts';
import { type TimeLimit, withTimeLimit } from './time-limit.ts';

/** What every artifact has in common. */
export interface AnyArtifact {
  readonly kind: string;
  readonly issues: readonly Issue[];
}

/**
 * Runs one stage of one image: taken from the run folder when the run is resumed, else worked out, timed and saved. An artifact that is about something
 * in a cloud is taken only when `still` finds it there. `signal` ends with the run, and when the stage has taken as long as it may (TIMED_OUT).
 */
export type RunStage = <Result extends AnyArtifact>(
  stage: Stage,
  schema: z.ZodType<Result>,
  work: (signal: AbortSignal) => Promise<Result>,
  still?: (saved: Result) => Promise<boolean>,
) => Promise<Result>;

/** How far an image came. Its artifacts are as a report holds them: with the contents of their files, those of a large fleet do not fit in memory. */
export interface Walked {
  readonly stage: Stage;
  readonly timings: Readonly<Record<string, number>>;
  readonly artifacts: readonly AnyArtifact[];
}

export interface StageOptions {
  /** Reuse artifacts until the first stage that has none without blocking issues. */
  readonly resume: boolean;
  readonly limits: StageLimits;
}

/** A stage runner for one image, and what it has reached. */
export function stagesOf(
  image: string,
  context: Context,
  { resume, limits }: StageOptions,
): { readonly run: RunStage; readonly walked: () => Walked } {
  const { artifacts: store, clock, progress } = context.ports;
  let walked: Walked = { stage: 'analyze', timings: {}, artifacts: [] };
  let resuming = resume;

  const run: RunStage = async (stage, schema, work, still) => {
    context.run.signal.throwIfAborted();
    walked = { ...walked, stage };
    const started = clock.now().getTime();
    // A machine's clock may be put back meanwhile.
    const elapsed = () => Math.max(0, clock.now().getTime() - started);
    progress.emit({ kind: 'stage-started', image, stage });
    try {
      const saved = resuming ? await restore(stage, schema, still) : undefined;
      resuming = saved !== undefined;
      const result = saved ?? withoutSecrets(await withTimeLimit(stageLimit(image, stage, limits), context, work));
      walked = { stage, timings: { ...walked.timings, [stage]: elapsed() }, artifacts: [...walked.artifacts, reported(result)] };
      if (!saved) await store.save(image, result);
      progress.emit({ kind: 'stage-finished', image, stage, milliseconds: elapsed(), issues: result.issues, resumed: saved !== undefined });
      return result;
    } catch (error) {
      walked = { ...walked, timings: { ...walked.timings, [stage]: elapsed() } };
      progress.emit({
        kind: 'stage-failed',
        image,
        stage,
        milliseconds: elapsed(),
        message: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  };

  async function restore<Result extends AnyArtifact>(
    stage: Stage,
    schema: z.ZodType<Result>,
    still: (saved: Result) => Promise<boolean> = async () => true,
  ): Promise<Result | undefined> {
    const saved = await readSaved(image, stage, schema, store);
    return saved === undefined || saved.issues.some(blocks) || !(await still(saved)) ? undefined : saved;
  }

  return { run, walked: () => walked };
}

/** How long each stage may take, in minutes. */
export type StageLimits = Readonly<Record<Stage, number>>;

/**
 * The limits of an entry. What prepares a build, the gallery and its definition, are operations beside the build itself; where other regions boot the
 * version, a replication comes to the test VMs.
 */
export function stageLimits({ timeouts, build, test }: Pick<ImageSpec, 'timeouts' | 'build' | 'test'>): StageLimits {
  const { read, operation, replication, publish } = timeouts;
  const validate = timeouts.validate + ((test.regions ?? []).length > 0 ? replication : 0);
  return {
    analyze: read,
    match: read,
    plan: read,
    preflight: read,
    render: read,
    build: build.timeoutMinutes + 2 * operation,
    validate,
    publish,
  };
}

function stageLimit(image: string, stage: Stage, limits: StageLimits): TimeLimit {
  const minutes = limits[stage];
  const passed = () =>
    new RegildError('TIMED_OUT', `${stage} of ${image} took longer than ${minutes} minutes`, {
      hint: 'go on with --resume: what was reached is kept; `timeouts` in images.yaml allows more',
    });
  return { milliseconds: minutes * 60_000, passed };
}

/** What a stage has left in the run folder; undefined when the run did not reach it. Throws ARTIFACT_INVALID. */
export async function readSaved<Result extends AnyArtifact>(
  image: string,
  stage: Stage,
  schema: z.ZodType<Result>,
  store: Pick<Artifacts, 'load'>,
): Promise<Result | undefined> {
  const saved = await store.load(image, STAGES[stage].artifact);
  if (saved === undefined) return undefined;
  const parsed = schema.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw unreadable(image, stage, parsed.error);
}

/**
 * What clouds said, and a plan is made of, holds no secret from here on. Plan and template themselves stay as they are: beside that they hold what the user
 * wrote, which was judged where it was read, and what is built has to be what was planned.
 */
function withoutSecrets<Result extends AnyArtifact>(artifact: Result): Result {
  return isPlan(artifact) || isTemplate(artifact) ? artifact : redactValues(artifact);
}

function reported(artifact: AnyArtifact): AnyArtifact {
  if (isAnalysis(artifact)) return reportedAnalysis(artifact);
  if (isPlan(artifact)) return reportedPlan(artifact);
  if (isValidation(artifact)) return reportedValidation(artifact);
  return isTemplate(artifact) ? reportedTemplate(artifact) : artifact;
}

function isAnalysis(artifact: AnyArtifact): artifact is Analysis {
  return artifact.kind === STAGES.analyze.artifact;
}

function isPlan(artifact: AnyArtifact): artifact is BuildPlan {
  return artifact.kind === STAGES.plan.artifact;
}

function isValidation(artifact: AnyArtifact): artifact is ValidationReport {
  return artifact.kind === STAGES.validate.artifact;
}

function isTemplate(artifact: AnyArtifact): artifact is RenderedTemplate {
  return artifact.kind === STAGES.render.artifact;
}

function unreadable(image: string, stage: Stage, error: z.ZodError): RegildError {
  const first = error.issues[0];
  return new RegildError(
    'ARTIFACT_INVALID',
    `the saved ${STAGES[stage].artifact} of ${image} cannot be read: ${first?.path.join('.')}: ${first?.message}`,
    {
      hint: 'it was written by another version or edited; start again without --resume',
      cause: error,
    },
  );
}
