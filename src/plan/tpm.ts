import { type Candidate, formatUrn, type ImageSpec, type Issue, type SecurityType } from '../model/index.ts';

const SOURCE = 'https://learn.microsoft.com/azure/virtual-machines/trusted-launch';

/** What becomes of the TPM that an AMI asks for (`TpmSupport: v2.0`): Azure gives one to Trusted Launch VMs only. */
export function tpmIssues(spec: ImageSpec, base: Candidate, security: SecurityType, tpm: string | undefined): readonly Issue[] {
  if (tpm !== 'v2.0') return [];
  switch (security) {
    case 'TrustedLaunch':
      return [];
    case 'TrustedLaunchSupported':
      return [
        {
          severity: 'info',
          code: 'TPM_AT_DEPLOYMENT',
          message: 'the AMI asks for a TPM 2.0, which only Trusted Launch VMs have',
          hint: 'create the VMs from this image with `securityType: TrustedLaunch`',
          source: SOURCE,
        },
      ];
    case 'Standard':
      return [
        {
          severity: 'warning',
          code: 'TPM_NOT_CARRIED',
          message: `the AMI asks for a TPM 2.0, which VMs of a Standard definition on ${formatUrn(base.urn)} do not have`,
          hint:
            spec.security === 'Standard'
              ? 'leave `security` out'
              : 'choose a base of generation V2 whose SecurityType is TrustedLaunchSupported',
          source: SOURCE,
        },
      ];
  }
}
