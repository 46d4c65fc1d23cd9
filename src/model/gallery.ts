import type { Definition } from './build-plan.ts';
import type { RegionState } from './gallery-version.ts';
import type { Safety } from './image-spec.ts';
import type { Tags, TargetRegion } from './machine.ts';
import type { GallerySharing, Sharing } from './sharing.ts';

/** What of a gallery the manifest may set, and how it is made. */
export interface GallerySettings {
  /** Whether a version that is deleted can be restored for a time. */
  readonly softDelete?: boolean | undefined;
  /** The kind of sharing that it is made for, which cannot be chosen later. */
  readonly sharing?: Sharing | undefined;
}

/** A gallery as it exists. */
export interface ExistingGallery {
  readonly location: string;
  readonly softDelete: boolean;
  readonly sharing: GallerySharing;
}

/** A gallery definition as it exists. */
export interface ExistingDefinition extends Omit<Definition, 'osState' | 'description'> {
  readonly id: string;
  readonly location: string;
  readonly osState: 'Generalized' | 'Specialized';
}

/** A gallery version as it exists. */
export interface ExistingVersion {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly excludeFromLatest: boolean;
  readonly provisioningState: string;
  readonly published: string | undefined;
  readonly targetRegions: readonly TargetRegion[];
  readonly replication: readonly RegionState[];
  readonly tags: Tags;
  /** Regions that hold it and in which `latest` passes it over, whatever holds for the others. */
  readonly excludedRegions: readonly string[];
  /** ISO 8601. */
  readonly endOfLife?: string | undefined;
  readonly safety: Safety;
  /** ARM id of what it was made from; absent for versions of disks and VHDs. */
  readonly source?: string | undefined;
  /** Size of its OS disk. */
  readonly sizeGiB?: number | undefined;
}

/** What of a version is to change; what is absent stays. */
export interface VersionChange {
  readonly excludeFromLatest?: boolean | undefined;
  readonly excludedRegions?: readonly string[] | undefined;
  readonly tags?: Tags | undefined;
  /** ISO 8601, in the future. */
  readonly endOfLife?: string | undefined;
  readonly safety?: { readonly [Rule in keyof Safety]?: boolean | undefined } | undefined;
}

/** A virtual machine or scale set that was made from a version of a definition. */
export interface VersionUse {
  readonly kind: 'virtual-machine' | 'scale-set';
  readonly id: string;
  readonly name: string;
  /** Normalised. */
  readonly location: string;
  /** ARM id of the definition. */
  readonly definition: string;
  /** Undefined where only the definition is known: a scale set that takes `latest`. */
  readonly version?: string | undefined;
}

/** What a version that is copied or captured is to be like. */
export interface VersionCopy {
  /** The one region that holds it; replication adds others. */
  readonly location: string;
  readonly storage: TargetRegion['storage'];
  readonly excludeFromLatest: boolean;
  readonly tags: Tags;
}
