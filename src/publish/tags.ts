import { type BuildPlan, PUBLISHED_TAG, RUN_TAG, type Tags } from '../model/index.ts';

/** Tags of a version that is published at a time (ISO 8601): the plan's, and what made it. `digest` decides later whether a rebuild is due. */
export function publishedTags(plan: BuildPlan, runId: string, published: string): Tags {
  return { ...plan.tags, 'regild-digest': plan.digest, [RUN_TAG]: runId, [PUBLISHED_TAG]: published };
}
