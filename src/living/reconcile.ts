import { RegildError } from '../errors.ts';
import {
  type DriftKind,
  type ExistingVersion,
  endOfLife,
  type ImageSpec,
  isChecked,
  isReconcile,
  laterRegions,
  nextWave,
  type TargetRegion,
  type VersionChange,
  type VersionRef,
  WAVE_CHECK_TAG,
  WAVE_TAG,
  type WaveWithCheck,
  withoutTag,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { placementDrifts, surplusRegions, wishedTags } from './placement.ts';
import { isAskedFor } from './reasons.ts';
import { currentVersion, newestFirst, publishedAt } from './versions.ts';
import type { Actual, Wish } from './wish.ts';

/** What is to change of one version: where it is (the complete set), and the rest of it. */
export interface VersionMending {
  readonly version: ExistingVersion;
  readonly regions?: readonly TargetRegion[] | undefined;
  readonly change: VersionChange;
  /** What it is, one sentence for each change. */
  readonly reasons: readonly string[];
}

/** What a reconcile does to each version; none where nothing differs that may be mended now and is among the reasons (undefined = all). */
export function mendings(wish: Wish, actual: Actual, now: Date, reasons?: readonly DriftKind[]): readonly VersionMending[] {
  const due = placementDrifts(wish, actual, now).filter((drift) => isReconcile(drift) && isAskedFor(drift.kind, reasons));
  const current = currentVersion(actual.versions);
  return newestFirst(actual.versions).flatMap((version): readonly VersionMending[] => {
    const drifts = due.filter((drift) => drift.version === version.name);
    if (drifts.length === 0) return [];
    const has = (kind: string) => drifts.some((drift) => drift.kind === kind);
    const regions = has('regions-differ') || has('replicas-differ') ? wantedRegions(wish.spec, version, current, actual) : undefined;
    const change = version === current ? changeOf(wish, version, has, regions, now) : {};
    return [{ version, regions, change, reasons: drifts.map(({ reason }) => reason) }];
  });
}

/** The version whose next wave is due, where the wave before it is to be checked first. */
export function waveToCheck(
  wish: Wish,
  actual: Actual,
  now: Date,
  reasons?: readonly DriftKind[],
): { readonly version: ExistingVersion; readonly next: WaveWithCheck } | undefined {
  const version = currentVersion(actual.versions);
  const due = placementDrifts(wish, actual, now).some((drift) => drift.kind === 'rollout-pending' && isReconcile(drift));
  const next = version && due && isAskedFor('rollout-pending', reasons) ? nextWave(wish.spec, version) : undefined;
  return version && next && isChecked(next) ? { version, next } : undefined;
}

/** The complete set: regions that may go are left out, missing ones come to the current version; storage stays, for Azure never changes it. */
function wantedRegions(
  spec: ImageSpec,
  version: ExistingVersion,
  current: ExistingVersion | undefined,
  { users }: Actual,
): readonly TargetRegion[] {
  const going = surplusRegions(spec, version, users).filter(({ held }) => held === undefined);
  const staying = version.targetRegions.filter(({ name }) => !going.some((region) => region.name === name));
  if (version !== current) return staying;
  const kept = staying.map((region) => ({
    ...region,
    replicas: spec.regions.find(({ name }) => name === region.name)?.replicas ?? region.replicas,
  }));
  return [...kept, ...spec.regions.filter(({ name }) => !staying.some((region) => region.name === name))];
}

function changeOf(
  { spec, plan }: Wish,
  version: ExistingVersion,
  has: (kind: string) => boolean,
  regions: readonly TargetRegion[] | undefined,
  now: Date,
): VersionChange {
  const excluded = excludedAfter(spec, version, has('rollout-pending'), regions);
  const tags = has('tags-differ') && plan ? wishedTags(plan, version.tags) : undefined;
  const published = publishedAt(version);
  return {
    ...(excluded && { excludedRegions: excluded }),
    // What was found before another wave says nothing of this one.
    ...(has('rollout-pending')
      ? { tags: { ...withoutTag(tags ?? version.tags, WAVE_CHECK_TAG), [WAVE_TAG]: now.toISOString() } }
      : tags && { tags }),
    ...(has('end-of-life-differs') && published && { endOfLife: endOfLife(spec, published)?.toISOString() }),
    ...(has('safety-differs') && { safety: spec.safety }),
  };
}

/** A wave that is let go leaves the list; a region that comes during a rollout waits for its own wave. */
function excludedAfter(
  spec: ImageSpec,
  version: ExistingVersion,
  letGo: boolean,
  regions: readonly TargetRegion[] | undefined,
): readonly string[] | undefined {
  const added = (regions ?? []).map(({ name }) => name).filter((name) => !version.targetRegions.some((region) => region.name === name));
  const waiting = version.excludedRegions.length === 0 ? [] : added.filter((name) => laterRegions(spec).includes(name));
  const going = letGo ? (nextWave(spec, version)?.regions ?? []) : [];
  if (!letGo && waiting.length === 0) return undefined;
  return [...version.excludedRegions.filter((name) => !going.includes(name)), ...waiting];
}

/** Mends one version. Throws PUBLISH_FAILED, also when a region fails: the next refresh asks for it again. */
export async function mend(
  ref: VersionRef,
  { regions, change, reasons }: VersionMending,
  { ports, run }: Context<'gallery' | 'progress'>,
  image: string,
): Promise<readonly string[]> {
  if (Object.keys(change).length > 0) await ports.gallery.setVersion(ref, change);
  if (regions === undefined) return reasons;
  const states = await ports.gallery.replicate(ref, regions, {
    signal: run.signal,
    onUpdate: (progress) => ports.progress.emit({ kind: 'replication', image, regions: progress }),
  });
  const failed = states.filter(({ state }) => state === 'Failed');
  if (failed.length === 0) return reasons;
  const names = failed.map(({ name, detail }) => `${name}${detail ? ` (${detail})` : ''}`).join(', ');
  throw new RegildError('PUBLISH_FAILED', `version ${ref.version} of ${ref.gallery}/${ref.definition} did not replicate to ${names}`, {
    hint: 'run `regild refresh` again, it asks for that region once more; or take it out of `regions`',
  });
}
