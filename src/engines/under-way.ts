import { RegildError } from '../errors.ts';
import {
  type BuildPlan,
  COPIED_TAG,
  DEADLINE_TAG,
  digestOf,
  type ExistingVersion,
  PUBLISHED_TAG,
  parseTime,
  RUN_TAG,
  versionRef,
} from '../model/index.ts';
import type { Context } from '../ports.ts';

/**
 * Throws BUILD_RUNNING where another run is at the same: it has delivered a version of the plan's digest, and may still test and promote it, or has
 * promoted it since this plan was made. Two versions of one content would both become `latest`. One that only builds so far is seen by its claim.
 */
export async function requireAlone(plan: BuildPlan, { ports, run }: Context<'gallery' | 'clock'>): Promise<void> {
  const versions = await ports.gallery.versions(versionRef(plan));
  const same = versions.filter(({ tags }) => digestOf(tags) === plan.digest && tags[RUN_TAG] !== run.id && tags[COPIED_TAG] === undefined);
  const other =
    same.find((version) => isUnderWay(version, ports.clock.now())) ?? same.find((version) => isNewlyPromoted(version, run.started));
  if (other !== undefined) throw underWay(plan, other);
}

/** Staged, and before the deadline until which the run that made it may be alive. */
function isUnderWay({ excludeFromLatest, provisioningState, tags }: ExistingVersion, now: Date): boolean {
  const deadline = parseTime(tags[DEADLINE_TAG]);
  return (
    excludeFromLatest && provisioningState !== 'Failed' && tags[PUBLISHED_TAG] === undefined && deadline !== undefined && deadline > now
  );
}

function isNewlyPromoted({ excludeFromLatest, tags }: ExistingVersion, started: Date): boolean {
  const published = parseTime(tags[PUBLISHED_TAG]);
  return !excludeFromLatest && published !== undefined && published > started;
}

function underWay({ image }: BuildPlan, { name, tags }: ExistingVersion): RegildError {
  const run = tags[RUN_TAG] ?? 'of somebody else';
  const promoted = tags[PUBLISHED_TAG] !== undefined;
  return new RegildError(
    'BUILD_RUNNING',
    promoted
      ? `run ${run} has published version ${name} from the same AMI, base and recipe in the meantime`
      : `run ${run} has built version ${name} from the same AMI, base and recipe, and may still be testing it`,
    {
      hint: promoted
        ? 'there is nothing left to build; `--force` makes another version of the same'
        : `wait until it has ended, or continue it with \`regild build ${image} --run-id ${run}\`; --force makes another version of the same`,
      details: { version: name, run },
    },
  );
}
