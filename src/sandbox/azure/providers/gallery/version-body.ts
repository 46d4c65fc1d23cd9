import type { Json, JsonObject } from '../../../http.ts';
import { at } from '../../json-path.ts';
import type { Change, StorageProfile, VersionProperties } from './schema.ts';

/** `storageProfile` as a version shows it: its source, and the size of its OS disk. */
export function storageJson({ source, osDiskImage, dataDiskImages }: StorageProfile, diskGB: number): JsonObject {
  const data = dataDiskImages?.map((image): Json => json(image));
  return {
    ...(source && { source: json(source) }),
    osDiskImage: { ...json(osDiskImage ?? {}), sizeInGB: diskGB, hostCaching: osDiskImage?.hostCaching ?? 'ReadWrite' },
    ...(data && { dataDiskImages: data }),
  };
}

/** `safetyProfile` as a version shows it; what a request leaves out stays as it was before. */
export function safetyJson({ safetyProfile }: Change<VersionProperties>, before: JsonObject): JsonObject {
  return {
    allowDeletionOfReplicatedLocations:
      safetyProfile?.allowDeletionOfReplicatedLocations ?? at(before, 'allowDeletionOfReplicatedLocations') === true,
    blockDeletionBeforeEndOfLife: safetyProfile?.blockDeletionBeforeEndOfLife ?? at(before, 'blockDeletionBeforeEndOfLife') === true,
    reportedForPolicyViolation: false,
    policyViolations: [],
  };
}

/** A parsed request part as JSON, without what is absent or null. */
export function json(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value, (_, each: unknown) => each ?? undefined));
}
