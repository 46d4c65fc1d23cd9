import {
  type Candidate,
  type DiskController,
  featureOf,
  formatUrn,
  type Issue,
  type SecurityType,
  statesNvme,
  statesTrustedLaunch,
} from '../model/index.ts';

const DOCS = 'https://learn.microsoft.com/azure/virtual-machines';

/** A rule that may be broken, with the document that states it. */
interface Rule extends Omit<Issue, 'image' | 'place' | 'hint'> {
  readonly broken: boolean;
  readonly hint: string;
}

interface Wanted {
  readonly security: SecurityType;
  readonly controllers: readonly DiskController[];
}

/** What no engine can make of a base, as refusals, and what its publisher does not vouch for, as warnings. What one engine cannot make is its own to say. */
export function forbiddenMachine(base: Candidate, wanted: Wanted): readonly Issue[] {
  const rules = [...generationRules(base, wanted), ...securityRules(base, wanted), ...controllerRules(base, wanted)];
  return rules.flatMap(({ broken, ...issue }) => (broken ? [issue] : []));
}

function generationRules({ generation, architecture }: Candidate, { security, controllers }: Wanted): readonly Rule[] {
  const first = generation === 'V1';
  return [
    {
      broken: first && security !== 'Standard',
      severity: 'error',
      code: 'SECURITY_NEEDS_GEN2',
      message: `security ${security} is impossible on a generation V1 base`,
      hint: 'set `generation: V2`, or `security: Standard`',
      source: `${DOCS}/trusted-launch`,
    },
    {
      broken: first && controllers.includes('NVMe'),
      severity: 'error',
      code: 'NVME_NEEDS_GEN2',
      message: 'disk controller NVMe is impossible on a generation V1 base',
      hint: 'set `generation: V2`, or `controllers: [SCSI]`',
      source: `${DOCS}/nvme-overview`,
    },
    {
      broken: first && architecture === 'arm64',
      severity: 'error',
      code: 'ARM64_NEEDS_GEN2',
      message: 'generation V1 is impossible on arm64',
      hint: 'set `generation: V2`',
      source: `${DOCS}/shared-image-galleries`,
    },
  ];
}

function securityRules(base: Candidate, { security }: Wanted): readonly Rule[] {
  const stated = featureOf(base, 'SecurityType');
  const unvouched = base.generation === 'V2' && !statesTrustedLaunch(base);
  return [
    {
      broken: /^ConfidentialVM$/i.test(stated ?? ''),
      severity: 'error',
      code: 'BASE_CONFIDENTIAL',
      message: `${formatUrn(base.urn)} makes confidential VMs only, and regild builds no confidential images`,
      hint: 'choose a base that also makes ordinary VMs',
      source: `${DOCS}/shared-image-galleries`,
    },
    {
      broken: unvouched && security === 'TrustedLaunch',
      severity: 'error',
      code: 'SECURITY_NEEDS_BASE',
      message: `security TrustedLaunch needs a Trusted Launch build VM, and ${formatUrn(base.urn)} does not state that it makes one`,
      hint: 'choose a base whose SecurityType is TrustedLaunchSupported, or `security: Standard`',
      source: `${DOCS}/trusted-launch-portal`,
    },
    {
      broken: unvouched && security === 'TrustedLaunchSupported',
      severity: 'warning',
      code: 'SECURITY_NOT_STATED',
      message: `security TrustedLaunchSupported promises what ${formatUrn(base.urn)} does not state`,
      hint: 'the test VM boots with Trusted Launch and decides',
      source: `${DOCS}/trusted-launch-portal`,
    },
  ];
}

function controllerRules(base: Candidate, { controllers }: Wanted): readonly Rule[] {
  return [
    {
      broken: controllers.length === 0,
      severity: 'error',
      code: 'NO_CONTROLLER',
      message: 'the list of disk controllers is empty',
      hint: 'set `controllers: [SCSI]`',
    },
    {
      broken: controllers.length > 0 && !controllers.includes('SCSI'),
      severity: 'error',
      code: 'NVME_ALONE',
      message: `a definition states SCSI, or SCSI and NVMe, but never ${controllers.join(', ')} alone`,
      hint: 'set `controllers: [SCSI, NVMe]`',
      source: `${DOCS}/enable-nvme-remote-faqs`,
    },
    {
      broken: base.generation === 'V2' && controllers.includes('NVMe') && !statesNvme(base),
      severity: 'warning',
      code: 'NVME_NOT_STATED',
      message: `disk controller NVMe is more than ${formatUrn(base.urn)} states`,
      hint: 'the test VM boots from NVMe and decides',
      source: `${DOCS}/enable-nvme-interface`,
    },
  ];
}
