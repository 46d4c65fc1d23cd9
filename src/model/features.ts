import type { Feature } from './machine.ts';

interface Featured {
  readonly features: readonly Feature[];
}

/** Value of one feature of a Marketplace image or a definition, for example DiskControllerTypes; undefined when it is not stated. */
export function featureOf({ features }: Featured, name: string): string | undefined {
  return features.find((feature) => feature.name === name)?.value;
}

/** True when the publisher vouches for Trusted Launch, alone or beside confidential VMs. */
export function statesTrustedLaunch(base: Featured): boolean {
  return /TrustedLaunch/i.test(featureOf(base, 'SecurityType') ?? '');
}

/** True when the image is tagged for NVMe disks; one that states nothing is SCSI. */
export function statesNvme(base: Featured): boolean {
  return /NVMe/i.test(featureOf(base, 'DiskControllerTypes') ?? '');
}

/** A feature's value as Azure compares it: it returns `SCSI, NVMe` and `SCSI,NVMe` in either order. */
export function comparableFeature(value: string): string {
  return value
    .split(',')
    .map((word) => word.trim())
    .toSorted()
    .join(', ');
}
