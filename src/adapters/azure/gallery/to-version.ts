import type {
  TargetRegion as ArmRegion,
  GalleryImageVersion,
  GalleryImageVersionPublishingProfile,
  RegionalReplicationStatus,
} from '@azure/arm-compute';
import {
  type ExistingVersion,
  GalleryStorage,
  normalLocation,
  RegionState,
  type TargetRegion,
  type VersionChange,
} from '../../../model/index.ts';
import { oneLine } from '../../one-line.ts';

/** A gallery version as ARM returns it, in our words. What a region leaves out is the profile's own value. */
export function toVersion(version: GalleryImageVersion): ExistingVersion {
  const profile = version.publishingProfile ?? {};
  return {
    id: version.id ?? '',
    name: version.name ?? '',
    location: normalLocation(version.location),
    excludeFromLatest: profile.excludeFromLatest ?? false,
    provisioningState: version.provisioningState ?? 'Unknown',
    published: profile.publishedDate?.toISOString(),
    targetRegions: (profile.targetRegions ?? []).map((region) => toRegion(region, profile)),
    replication: toRegionStates(version.replicationStatus?.summary),
    tags: { ...version.tags },
    excludedRegions: (profile.targetRegions ?? []).filter((region) => region.excludeFromLatest).map(({ name }) => normalLocation(name)),
    endOfLife: profile.endOfLifeDate?.toISOString(),
    safety: {
      blockDeletionBeforeEndOfLife: version.safetyProfile?.blockDeletionBeforeEndOfLife ?? false,
      allowDeletionOfReplicatedLocations: version.safetyProfile?.allowDeletionOfReplicatedLocations ?? false,
    },
    source: version.storageProfile?.source?.id,
    sizeGiB: version.storageProfile?.osDiskImage?.sizeInGB,
  };
}

/** Progress of each region, in the order in which the service lists them. */
export function toRegionStates(summary?: readonly RegionalReplicationStatus[] | null): readonly RegionState[] {
  return (summary ?? []).map(({ region = '', state, progress = 0, details }) => ({
    name: normalLocation(region),
    state: RegionState.unwrap().shape.state.safeParse(state).data ?? 'Unknown',
    progress: Math.min(100, Math.max(0, progress)),
    ...(details && { detail: oneLine(details) }),
  }));
}

function toRegion(region: ArmRegion, profile: GalleryImageVersionPublishingProfile): TargetRegion {
  return {
    name: normalLocation(region.name),
    replicas: region.regionalReplicaCount ?? profile.replicaCount ?? 1,
    storage: GalleryStorage.safeParse(region.storageAccountType ?? profile.storageAccountType).data ?? 'Standard_LRS',
  };
}

/** The complete body of an update: the service takes no parts, so everything that was there is sent back, with the change. */
export function changedVersion(
  existing: GalleryImageVersion,
  change: VersionChange & { readonly regions?: readonly TargetRegion[] },
): GalleryImageVersion {
  const { regions, excludeFromLatest, excludedRegions, tags, endOfLife, safety } = change;
  const before = existing.publishingProfile?.targetRegions ?? [];
  const targets = regions ? regions.map((region) => fromRegion(region, before)) : before;
  return {
    ...existing,
    ...(tags && { tags: { ...tags } }),
    ...(safety && { safetyProfile: { ...existing.safetyProfile, ...rules(safety) } }),
    publishingProfile: {
      ...existing.publishingProfile,
      ...(excludeFromLatest !== undefined && { excludeFromLatest }),
      ...(endOfLife !== undefined && { endOfLifeDate: new Date(endOfLife) }),
      ...((regions || excludedRegions) && {
        targetRegions: excludedRegions ? targets.map((region) => passedOver(region, excludedRegions)) : targets,
      }),
    },
  };
}

/** Those that are said: one that is not keeps its value. */
function rules(safety: NonNullable<VersionChange['safety']>): { readonly [rule: string]: boolean } {
  return Object.fromEntries(Object.entries(safety).flatMap(([rule, value]) => (value === undefined ? [] : [[rule, value]])));
}

function passedOver(region: ArmRegion, excluded: readonly string[]): ArmRegion {
  return { ...region, excludeFromLatest: excluded.includes(normalLocation(region.name)) };
}

/** A region that was there keeps what we do not set, such as its encryption. */
function fromRegion({ name, replicas, storage }: TargetRegion, before: readonly ArmRegion[]): ArmRegion {
  const known = before.find((region) => normalLocation(region.name) === name);
  return { ...known, name, regionalReplicaCount: replicas, storageAccountType: storage };
}
