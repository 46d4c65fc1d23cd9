import type { Architecture } from '../model/index.ts';

/** From how many machines on Azure Migrate beats builds by hand. */
export const MIGRATE_FROM = {
  /** The same operating system, similar sizes, simple dependencies. */
  similar: 5,
  /** Different systems or sizes, several disks, or complex dependencies. */
  complex: 3,
  source: 'MicrosoftDocs/azure-compute-docs: migrate Amazon EC2 to Azure Virtual Machines, "Use Azure Migrate"',
  verified: '2026-11-21',
} as const;

/** A system whose EC2 machines Site Recovery can replicate. */
export interface Recoverable {
  readonly distro: string;
  readonly version: string;
  readonly architecture: Architecture;
  readonly condition: string;
}

/** What Site Recovery takes from EC2: 64-bit only, and nothing but these. */
export const SITE_RECOVERY: { readonly systems: readonly Recoverable[]; readonly source: string; readonly verified: string } = {
  systems: [
    {
      distro: 'windows-server',
      version: '2008 R2',
      architecture: 'x64',
      condition: 'with service pack 1, and Citrix or AWS PV drivers, not Red Hat PV drivers',
    },
    { distro: 'windows-server', version: '2012', architecture: 'x64', condition: 'whichever AWS drivers it has' },
    { distro: 'windows-server', version: '2012 R2', architecture: 'x64', condition: 'whichever AWS drivers it has' },
    { distro: 'rhel', version: '6.7', architecture: 'x64', condition: 'on HVM virtualization only' },
  ],
  source: 'MicrosoftDocs/azure-docs: Migrate VMs in AWS to Azure with Azure Site Recovery (2017)',
  verified: '2026-11-21',
};
