import type { Tags } from '../model/index.ts';
import type { Run } from '../ports.ts';

/** Name of the tag that says which run made a resource. */
export const RUN_TAG = 'regild-run';

/** Name of the tag after whose time (ISO 8601) a sweep may delete a resource. Publishing replaces a version's tags and so drops it. */
export const DEADLINE_TAG = 'regild-deadline';

/** Tags on everything that a build makes. */
export function runTags(run: Pick<Run, 'id' | 'deadline'>): Tags {
  return { [RUN_TAG]: run.id, [DEADLINE_TAG]: run.deadline.toISOString() };
}
