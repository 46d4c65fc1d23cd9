import { type ArmError, armError } from '../../errors.ts';
import { normalLocation } from '../../ids.ts';
import { findLocation } from '../../locations.ts';
import type { World } from '../../world.ts';
import { changeNotAllowed } from './rules.ts';
import type { PublishingProfile, StorageProfile, TargetRegion } from './schema.ts';

const PROFILE = 'galleryImageVersion.properties.publishingProfile';
const LARGEST_REPLICA_COUNT = 100;

/** A publishing profile with what the service fills in: the version's own location as target, and in every region the global count and storage. */
export function completeProfile(
  profile: PublishingProfile,
  location: string,
  world: World,
): PublishingProfile & { readonly targetRegions: TargetRegion[] } {
  const replicaCount = profile.replicaCount ?? 1;
  const storageAccountType = profile.storageAccountType ?? 'Standard_LRS';
  const targetRegions = (profile.targetRegions?.length ? profile.targetRegions : [{ name: location }]).map((region) => ({
    ...region,
    name: findLocation(world, region.name)?.displayName ?? region.name,
    regionalReplicaCount: region.regionalReplicaCount ?? replicaCount,
    storageAccountType: region.storageAccountType ?? storageAccountType,
    excludeFromLatest: region.excludeFromLatest ?? false,
  }));
  const { endOfLifeDate, ...rest } = profile;
  return {
    ...rest,
    ...(endOfLifeDate && { endOfLifeDate: new Date(endOfLifeDate).toISOString() }),
    ...{
      targetRegions,
      replicaCount,
      storageAccountType,
      excludeFromLatest: profile.excludeFromLatest ?? false,
      replicationMode: profile.replicationMode ?? 'Full',
    },
  };
}

/** Checks a complete set of target regions for a version in `location`. Throws InvalidParameter. */
export function checkTargets(targets: readonly TargetRegion[], location: string, world: World): void {
  const names = targets.map(({ name }) => normalLocation(name));
  if (new Set(names).size < names.length) throw invalid('Duplicate regions are not allowed in target publishing regions.', 'targetRegions');
  if (!names.includes(normalLocation(location))) {
    const text = `Gallery image version publishing profile regions '${names.join(', ')}' must contain the location of image version '${location}'.`;
    throw invalid(text, 'targetRegions');
  }
  for (const target of targets) checkTarget(target, world);
}

function checkTarget({ name, regionalReplicaCount, storageAccountType }: TargetRegion, world: World): void {
  const region = findLocation(world, name);
  const known = world.seed.locations.map((location) => location.name).join(',');
  if (!region)
    throw invalid(
      `The provided location '${name}' is not available for resource type 'Microsoft.Compute/galleries'. List of available regions for the resource type is '${known}'.`,
      'targetRegions',
    );
  const count = regionalReplicaCount ?? 1;
  if (count < 1 || count > LARGEST_REPLICA_COUNT) {
    const text = `The value '${count}' of parameter 'regionalReplicaCount' is out of range. The value must be between '1' and '${LARGEST_REPLICA_COUNT}', inclusive.`;
    throw invalid(text, 'targetRegions.regionalReplicaCount');
  }
  if (storageAccountType === 'Standard_ZRS' && !region.zones) {
    throw invalid(`ZRS storage account type is not supported in this region '${region.name}'.`, 'targetRegions.storageAccountType');
  }
}

/** Checks that an update leaves alone what is fixed once a version exists: its source, storage account type and replication mode. Throws a 409. */
export function checkVersionChange(
  before: { readonly profile: PublishingProfile; readonly storage: StorageProfile },
  profile: PublishingProfile | undefined,
  storage: StorageProfile | undefined,
): void {
  if (storage && sourceText(storage) && sourceText(storage) !== sourceText(before.storage))
    throw changeNotAllowed('galleryImageVersion.properties.storageProfile.source.id');
  if (profile?.replicationMode && profile.replicationMode !== before.profile.replicationMode)
    throw changeNotAllowed(`${PROFILE}.replicationMode`);
  for (const target of profile?.targetRegions ?? []) {
    const old = before.profile.targetRegions?.find(({ name }) => normalLocation(name) === normalLocation(target.name));
    if (!old || !target.storageAccountType || target.storageAccountType === old.storageAccountType) continue;
    throw armError(
      409,
      'PropertyChangeNotAllowed',
      `Changing property '${PROFILE}.targetRegions.storageAccountType' is not allowed.`,
      `${PROFILE}.targetRegions`,
    );
  }
  if (profile?.storageAccountType && profile.storageAccountType !== before.profile.storageAccountType) {
    const text = 'Global storage account type does not match the storage account type in the existing TargetRegion.';
    throw armError(409, 'PropertyChangeNotAllowed', text, `${PROFILE}.storageAccountType`);
  }
}

function sourceText({ source, osDiskImage, dataDiskImages }: StorageProfile): string {
  const disks = [osDiskImage, ...(dataDiskImages ?? [])].map((disk) => disk?.source?.id ?? disk?.source?.uri);
  const ids = [source?.id ?? source?.virtualMachineId ?? source?.communityGalleryImageId, ...disks.filter((id) => id)];
  return ids.join(' ').toLowerCase();
}

function invalid(message: string, property: string): ArmError {
  return armError(400, 'InvalidParameter', message, `${PROFILE}.${property}`);
}
