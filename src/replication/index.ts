import { type BuildPlan, type ExistingVersion, type Issue, type RegionState, type TargetRegion, versionRef } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { isComplete, isSettled, nextReplication } from './regions.ts';

/** A region that fails is removed and asked for again this often; most failures are a region's capacity for a few minutes. */
const ATTEMPTS = 3;

/** Makes a version available in exactly these regions, retries only those that fail, and gives the state of each; whether it is `latest` stays as it is. */
export async function replicate(
  plan: BuildPlan,
  existing: ExistingVersion,
  wanted: readonly TargetRegion[],
  { ports, run }: Context<'gallery' | 'progress'>,
): Promise<readonly RegionState[]> {
  const ref = versionRef({ ...plan, version: existing.name });
  let states = existing.replication;
  let complete = isSettled(wanted, existing) && isComplete(wanted, states);
  for (let attempt = 1; attempt <= ATTEMPTS && !complete; attempt++) {
    for (const targets of nextReplication(wanted, states)) {
      states = await ports.gallery.replicate(ref, targets, {
        signal: run.signal,
        onUpdate: (regions) => ports.progress.emit({ kind: 'replication', image: plan.image, regions }),
      });
    }
    complete = isComplete(wanted, states);
  }
  return states;
}

/** A region that does not hold the version after all attempts. `again` = the verb that tries once more. */
export function replicationIssue(
  { image }: BuildPlan,
  { name }: ExistingVersion,
  region: RegionState,
  again: 'publish' | 'validate',
): Issue {
  return {
    severity: 'error',
    code: 'REPLICATION_FAILED',
    message: `version ${name} did not replicate to ${region.name} in ${ATTEMPTS} attempts (${region.detail ?? region.state})`,
    hint: `the version stays staged; run \`regild ${again}\` to try the region again, or take it out of \`${again === 'publish' ? 'regions' : 'test.regions'}\``,
    image,
  };
}
