import {
  type BuildPlan,
  type BuildResult,
  type ExistingVersion,
  endOfLife,
  type GalleryVersion,
  PUBLISHED_TAG,
  publishedTags,
  type RegionState,
  SCHEMA_VERSION,
  type Tags,
  type VersionChange,
  versionRef,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { replicate, replicationIssue } from '../replication/index.ts';
import { failedRegions, isComplete } from '../replication/regions.ts';
import { stagedVersion } from '../staged-version.ts';

/** Replicates the staged version to every region, retries only those that fail, and promotes it when all are complete. */
export async function publish(
  plan: BuildPlan,
  build: BuildResult,
  context: Context<'gallery' | 'clock' | 'progress'>,
): Promise<GalleryVersion> {
  const { ports, run } = context;
  const ref = versionRef({ ...plan, version: build.version });
  const existing = await stagedVersion(plan, build, context);
  const regions = await replicate(plan, existing, plan.regions, context);
  const published = publishedBefore(existing) ?? ports.clock.now().toISOString();
  const tags = publishedTags(plan, run.id, published);
  const promoted = isComplete(plan.regions, regions);
  run.signal.throwIfAborted();
  // Replication takes hours: what becomes `latest` is looked at once more.
  if (promoted) {
    await stagedVersion(plan, build, context);
    await ports.gallery.setVersion(ref, { excludeFromLatest: false, tags, ...releaseOf(plan, existing, new Date(published)) });
  }
  return toArtifact(plan, { existing, regions, promoted, tags, simulated: run.clouds.simulated });
}

/** Waves, end of life and safety, as far as the manifest asks for them; a version that is promoted already keeps the waves that were let go since. */
function releaseOf({ release }: BuildPlan, { excludeFromLatest }: ExistingVersion, published: Date): VersionChange {
  if (release === undefined) return {};
  return {
    ...(excludeFromLatest && { excludedRegions: release.laterRegions }),
    endOfLife: endOfLife(release, published)?.toISOString(),
    safety: release.safety,
  };
}

/** A run that died right after promoting is repeated with the time of its first success, and so changes nothing. */
function publishedBefore({ excludeFromLatest, tags }: ExistingVersion): string | undefined {
  return excludeFromLatest ? undefined : tags[PUBLISHED_TAG];
}

interface Outcome {
  readonly existing: ExistingVersion;
  readonly regions: readonly RegionState[];
  readonly promoted: boolean;
  readonly tags: Tags;
  readonly simulated: boolean;
}

function toArtifact(plan: BuildPlan, { existing, regions, promoted, tags, simulated }: Outcome): GalleryVersion {
  return {
    kind: 'GalleryVersion',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    versionId: existing.id,
    version: existing.name,
    promoted,
    regions,
    tags: promoted ? tags : existing.tags,
    simulated,
    issues: failedRegions(plan.regions, regions).map((region) => replicationIssue(plan, existing, region, 'publish')),
  };
}
