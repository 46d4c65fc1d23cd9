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
  /** Availability zones of the location that have it and that the subscription may use, in order; none in a location without zones. */
  readonly zones: readonly string[];
  readonly acceleratedNetworking: boolean;
  /** Whether Premium SSD, Premium SSD v2 and Ultra Disk can be attached. */
  readonly premiumDisks: boolean;
  /** The most data disks that it takes. */
  readonly dataDisks: number;
  /** Where its own storage holds an OS disk, and how large; undefined where it cannot. */
  readonly ephemeralOsDisk: EphemeralOsDisk | undefined;
}

/** Storage of a VM's host that can hold its OS disk. Source: ephemeral-os-disks. */
export interface EphemeralOsDisk {
  readonly placement: 'CacheDisk' | 'ResourceDisk' | 'NvmeDisk';
  readonly sizeGiB: number;
}

/** What an image asks of a VM size in a location. */
export interface SizeNeed {
  readonly location: string;
  readonly architecture: Architecture;
  readonly generation: Generation;
  /** Any of them will do. */
  readonly controllers: readonly DiskController[];
  readonly trustedLaunch: boolean;
}

/** Everything that keeps a size from running an image there, each in a few words behind the size's name. */
export function misfits(size: VmSize, need: SizeNeed): readonly string[] {
  return [
    ...(size.restriction === undefined ? [] : [`is restricted in ${need.location}: ${size.restriction}`]),
    ...(size.architecture === need.architecture ? [] : [`is ${size.architecture} and the image ${need.architecture}`]),
    ...(size.generations.includes(need.generation) ? [] : [`does not boot generation ${need.generation}`]),
    ...(need.controllers.some((controller) => size.controllers.includes(controller))
      ? []
      : [`has no ${need.controllers.join(' or ')} disk controller`]),
    ...(need.trustedLaunch && !size.trustedLaunch ? ['has no Trusted Launch'] : []),
  ];
}

/** The size of a name, which Azure takes in any case. */
export function sizeNamed(sizes: readonly VmSize[], name: string): VmSize | undefined {
  const wanted = name.toLowerCase();
  return sizes.find((size) => size.name.length === wanted.length && size.name.toLowerCase() === wanted);
}

/** How much of one kind of vCPU a subscription uses in a location, and may use. */
export interface Quota {
  /** `cores`, or a size family such as `standardDSv5Family`. */
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}
