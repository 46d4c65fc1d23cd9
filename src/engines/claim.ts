import { RegildError } from '../errors.ts';
import {
  type BuildPlan,
  type ClaimRef,
  claimRef,
  claimTags,
  type Issue,
  isClaimOf,
  mayBeAlive,
  RUN_TAG,
  runTime,
  type Tags,
  toTheMinute,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { isTimeUp } from '../time-limit.ts';

type ClaimPort = 'claims' | 'clock' | 'progress';

/**
 * Builds while a claim in Azure says that this run builds for the plan's definition, so that no other run does in the same moment. A claim of this run is
 * gone on with; one of a run that can no longer be at work is taken over. It is deleted in the end, unless the time was up: what is built then may still be
 * going on. Throws BUILD_RUNNING, before anything is built, when another run holds the claim.
 */
export async function whileClaimed<Result extends { readonly issues: readonly Issue[] }>(
  plan: BuildPlan,
  context: Context<ClaimPort>,
  build: () => Promise<Result>,
): Promise<Result> {
  const { ports, run } = context;
  const ref = claimRef(plan);
  const free = (tags: Tags) => isClaimOf(tags, run) || !mayBeAlive(tags, ports.clock.now());
  const holder = await ports.claims.take(ref, { location: plan.location, tags: claimTags(plan, run) }, free, run.signal);
  if (holder) throw buildRunning(plan, ref, holder);
  try {
    const built = await build();
    return { ...built, issues: [...built.issues, ...(await release(plan, ref, context))] };
  } catch (error) {
    const timeIsUp = isTimeUp(run.signal) || (error instanceof RegildError && error.code === 'TIMED_OUT');
    if (!timeIsUp) await release(plan, ref, context);
    throw error;
  }
}

/** Who builds, since when, and what to do about it. */
function buildRunning({ image, gallery, definition }: BuildPlan, { name, resourceGroup }: ClaimRef, holder: Tags): RegildError {
  const run = holder[RUN_TAG];
  const started = runTime(run ?? '');
  const since = started === undefined ? '' : ` since ${toTheMinute(started)}`;
  const builds = `is building ${image} for ${gallery}/${definition.name}${since}`;
  return new RegildError(
    'BUILD_RUNNING',
    `${run === undefined ? 'somebody else' : `run ${run}`} ${builds}: it holds the claim ${name} in ${resourceGroup}`,
    {
      hint:
        run === undefined
          ? 'wait until it has ended, or delete the claim'
          : `wait until it has ended, or continue it with --run-id ${run}; if it died, \`regild sweep --run ${run}\` deletes what it left`,
      details: { claim: name, run },
    },
  );
}

async function release(plan: BuildPlan, ref: ClaimRef, { ports, run }: Context<ClaimPort>): Promise<readonly Issue[]> {
  try {
    await ports.claims.release(ref, (tags) => isClaimOf(tags, run));
    return [];
  } catch (error) {
    const message = `the claim ${ref.name} in ${ref.resourceGroup} could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
    ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text: message });
    const hint = 'it costs nothing; regild sweep deletes it when its deadline has passed';
    return [{ severity: 'warning', code: 'CLAIM_LEFT', message, hint, image: plan.image }];
  }
}
