import type { Candidate } from '../model/index.ts';

type Featured = Pick<Candidate, 'features'>;

/** Value of one feature of a Marketplace image, for example DiskControllerTypes; undefined when the image does not state it. */
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
