import type { BuildPlan } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { versionRef } from './gallery-ids.ts';
import { runTags } from './run-tags.ts';

/** The id of the plan's version when this very run has built it already: a run that died after the build goes on from there. */
export async function stagedByThisRun(plan: BuildPlan, { ports, run }: Context): Promise<string | undefined> {
  const version = await ports.gallery.version(versionRef(plan));
  if (version?.provisioningState !== 'Succeeded') return undefined;
  const mine = Object.entries(runTags(run)).every(([name, value]) => version.tags[name] === value);
  return mine ? version.id : undefined;
}
