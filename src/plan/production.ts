import type { ImageSpec, Issue, SecurityType } from '../model/index.ts';

/** Sources of a Trusted Launch version are VMs, disks and snapshots, no gallery version; nor may it be shared (shared-image-galleries, features of definitions). */
export function productionIssues({ name, place, production }: ImageSpec, security: SecurityType): readonly Issue[] {
  if (production === undefined || security !== 'TrustedLaunch') return [];
  return [
    {
      severity: 'error',
      code: 'PRODUCTION_SECURITY',
      message: `versions of ${name} are to be copied into ${production.target.gallery}, and Azure makes no TrustedLaunch version from a gallery version`,
      hint: 'set `security: TrustedLaunchSupported`, which starts with Trusted Launch too, or leave `production` out',
      image: name,
      place,
    },
  ];
}
