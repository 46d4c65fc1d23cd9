import type { Tags } from './machine.ts';

/** Name of the tag that says which run made a resource. */
export const RUN_TAG = 'regild-run';

/** Name of the tag after whose time (ISO 8601) a sweep may delete a resource. Publishing replaces a version's tags and so drops it. */
export const DEADLINE_TAG = 'regild-deadline';

/** Name of the tag that says when a version was promoted (ISO 8601). */
export const PUBLISHED_TAG = 'regild-published';

/** Tags on everything that a run makes for a time. */
export function runTags(run: { readonly id: string; readonly deadline: Date }): Tags {
  return { [RUN_TAG]: run.id, [DEADLINE_TAG]: run.deadline.toISOString() };
}
