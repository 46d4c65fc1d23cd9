import type { Definition } from './build-plan.ts';
import type { RegionState } from './gallery-version.ts';
import type { Tags, TargetRegion } from './machine.ts';

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
}

/** What a version that is copied or captured is to be like. */
export interface VersionCopy {
  /** The one region that holds it; replication adds others. */
  readonly location: string;
  readonly storage: TargetRegion['storage'];
  readonly excludeFromLatest: boolean;
  readonly tags: Tags;
}
