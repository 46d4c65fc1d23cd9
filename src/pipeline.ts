import { isDeepStrictEqual } from 'node:util';
import { analyze } from './analyze/index.ts';
import { tellingOfAzureToo } from './credentials.ts';
import { bestPlan, buildImage, readyEngine, renderTemplate, requireAlone, requireStaged, whileClaimed } from './engines/index.ts';
import { RegildError } from './errors.ts';
import { match } from './match/index.ts';
import {
  Analysis,
  BaseMatch,
  BuildPlan,
  BuildResult,
  type Candidate,
  GalleryVersion,
  type ImageSpec,
  type Inventory,
  Preflight,
  RenderedTemplate,
  ValidationReport,
} from './model/index.ts';
import { planDigest } from './plan/digest.ts';
import { makePlan } from './plan/index.ts';
import type { Artifacts, Context } from './ports.ts';
import { checkAzure } from './preflight/index.ts';
import { publish } from './publish/index.ts';
import { prepareGallery } from './publish/prepare.ts';
import { type RunStage, readSaved } from './stage.ts';
import { isPromoted, isStaged } from './staged-version.ts';
import { endingWith } from './time-limit.ts';
import { validate } from './validate/index.ts';

/** How far the half that reads goes; `plan` is all of it. */
export type ReadStage = 'analyze' | 'match' | 'plan';
/** How far the half that writes goes. */
export type WriteStage = 'build' | 'validate' | 'publish';

/** What the first half leaves behind for the second. */
export interface Planned {
  readonly plan: BuildPlan;
  readonly template: RenderedTemplate;
  /** What is on the AMI's disk, where it was read. */
  readonly inventory?: Inventory | undefined;
}

/** The first half, which reads only: from what the user wants to everything that will happen. False when it was to stop earlier, or no base can carry the image. */
export async function planImage(spec: ImageSpec, until: ReadStage, context: Context, run: RunStage): Promise<boolean> {
  const analysis = await run('analyze', Analysis, (signal) => {
    const ask = () => analyze(spec, endingWith(signal, context));
    return until === 'analyze' ? ask() : tellingOfAzureToo(spec, context, ask);
  });
  if (until === 'analyze') return false;
  const base = await run('match', BaseMatch, (signal) => match(spec, analysis, endingWith(signal, context)));
  if (until === 'match' || !hasBase(base)) return false;
  const plan = await run(
    'plan',
    BuildPlan,
    (signal) => makePlan(spec, analysis, base, endingWith(signal, context), bestPlan),
    async (saved) => planDigest(saved) === saved.digest,
  );
  await run('preflight', Preflight, (signal) => checkAzure(plan, endingWith(signal, context)));
  await run(
    'render',
    RenderedTemplate,
    (signal) => renderTemplate(plan, endingWith(signal, context)),
    (saved) => isRendered(saved, plan, context),
  );
  return true;
}

/** Whether a saved template is what the plan renders: one that was edited is not sent. Where a file of the user's has changed since, what was planned of it stands. */
async function isRendered(saved: RenderedTemplate, plan: BuildPlan, context: Context): Promise<boolean> {
  if (saved.digest !== plan.digest) return false;
  const anew = await renderTemplate(plan, context).catch((error: unknown) => {
    if (error instanceof RegildError && error.source === 'user') return undefined;
    throw error;
  });
  return anew === undefined || isDeepStrictEqual(saved.files, anew.files);
}

/**
 * What the first half left in the run folder. Between the halves it stays there: a fleet is planned before any image is built, and its templates do
 * not fit in memory together. Throws ARTIFACT_INVALID.
 */
export async function readPlanned(image: string, artifacts: Pick<Artifacts, 'load'>): Promise<Planned> {
  const [analysis, plan, template] = await Promise.all([
    readSaved(image, 'analyze', Analysis, artifacts),
    readSaved(image, 'plan', BuildPlan, artifacts),
    readSaved(image, 'render', RenderedTemplate, artifacts),
  ]);
  if (plan && template) return { plan, template, inventory: analysis?.inventory };
  throw new RegildError('ARTIFACT_INVALID', `the plan of ${image} is not in the run folder any more`, {
    hint: 'start again without --resume',
  });
}

/** The second half, which writes and costs: from the plan to a promoted gallery version, or as far as `until`; with `continueOnly` only what this run has built already, with `force` beside another run that is at the same. */
export async function applyImage(
  { plan, template, inventory }: Planned,
  { until, continueOnly, force }: { readonly until: WriteStage; readonly continueOnly: boolean; readonly force: boolean },
  context: Context,
  run: RunStage,
): Promise<void> {
  const build = await run(
    'build',
    BuildResult,
    async (signal) => {
      const limited = endingWith(signal, context);
      if (continueOnly) {
        await requireStaged(plan, limited);
        return buildImage(plan, template, limited);
      }
      await readyEngine(plan, template, limited);
      return whileClaimed(plan, limited, async () => {
        if (!force) await requireAlone(plan, limited);
        await prepareGallery(plan, limited);
        return buildImage(plan, template, limited);
      });
    },
    (saved) => isStaged(plan, saved, context),
  );
  if (until === 'build') return;
  const report = await run('validate', ValidationReport, (signal) => validate(plan, build, endingWith(signal, context), inventory));
  if (until === 'validate' || !report.passed) return;
  await run(
    'publish',
    GalleryVersion,
    (signal) => publish(plan, build, endingWith(signal, context)),
    () => isPromoted(plan, build, context),
  );
}

function hasBase(match: BaseMatch): match is BaseMatch & { readonly chosen: Candidate } {
  return match.chosen !== undefined;
}
