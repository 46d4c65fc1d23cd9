import type { BuildPlan, Tags } from '../model/index.ts';

/** Tags of a published version: the plan's, and what made it. `digest` decides later whether a rebuild is due. */
export function publishedTags(plan: BuildPlan, runId: string, now: Date): Tags {
  return { ...plan.tags, 'regild-digest': plan.digest, 'regild-run': runId, 'regild-published': now.toISOString() };
}
