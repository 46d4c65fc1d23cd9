import type { Architecture, DiskController, Generation } from './machine.ts';

/** What a VM size can do in a location, from Microsoft.Compute/skus. */
export interface VmSize {
  readonly name: string;
  readonly family: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
  readonly architecture: Architecture;
  readonly generations: readonly Generation[];
  readonly controllers: readonly DiskController[];
  readonly trustedLaunch: boolean;
  /** Why the subscription cannot use it here; undefined when it can. */
  readonly restriction: string | undefined;
}

/** How much of one kind of vCPU a subscription uses in a location, and may use. */
export interface Quota {
  /** `cores`, or a size family such as `standardDSv5Family`. */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}
