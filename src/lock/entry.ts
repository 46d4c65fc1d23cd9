import { formatUrn, type ImageReport, type ImageSpec } from '../model/index.ts';
import type { LockEntry } from './lock.ts';
import { wishOf } from './wish.ts';

/** What an image's walk resolved, for the lock file; undefined when it did not come as far as a plan. `now` becomes its time. */
export function resolvedEntry(spec: ImageSpec, { analysis, match, plan }: ImageReport, now: Date): LockEntry | undefined {
  if (analysis === undefined || match?.chosen === undefined || plan === undefined) return undefined;
  const { id, name, region, created } = analysis.ami;
  return {
    asked: wishOf(spec),
    ami: { id, name, region, created },
    base: { urn: formatUrn(match.chosen.urn), generation: match.chosen.generation },
    digest: plan.digest,
    verified: now.toISOString(),
  };
}
