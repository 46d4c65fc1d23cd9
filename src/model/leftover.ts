import type { VersionRef } from './gallery-ref.ts';
import type { Tags, TargetRegion } from './machine.ts';

interface Tagged {
  /** ARM resource id. */
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  /** True while the cloud deletes it already. */
  readonly deleting: boolean;
}

/** Something in Azure that carries the tag of a run. */
export type Leftover =
  | ({
      readonly kind: 'resource-group';
      /** Types of the resources in it, one for each, for example Microsoft.Compute/virtualMachines. */
      readonly holds: readonly string[];
    } & Tagged)
  | ({ readonly kind: 'image-template' } & Tagged)
  /** Says which run builds a version. */
  | ({ readonly kind: 'build-claim' } & Tagged)
  | ({
      readonly kind: 'gallery-version';
      readonly ref: VersionRef;
      readonly excludeFromLatest: boolean;
      readonly regions: readonly TargetRegion[];
    } & Tagged);
