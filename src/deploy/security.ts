import {
  type DiskController,
  type ExistingDefinition,
  featureOf,
  type Reasoned,
  statesNvme,
  statesTrustedLaunch,
  type VmSize,
} from '../model/index.ts';

/** The disk controllers that VMs of a definition boot from; one that states nothing is SCSI. */
export function controllersOf(definition: Pick<ExistingDefinition, 'features'>): readonly DiskController[] {
  if (!statesNvme(definition)) return ['SCSI'];
  return /SCSI/i.test(featureOf(definition, 'DiskControllerTypes') ?? '') ? ['SCSI', 'NVMe'] : ['NVMe'];
}

/** Trusted Launch where both the definition and the size have it: what was tested is what is deployed. */
export function securityOf(definition: ExistingDefinition, size: VmSize): Reasoned<'Standard' | 'TrustedLaunch'> {
  const stated = featureOf(definition, 'SecurityType') ?? 'nothing';
  if (!statesTrustedLaunch(definition)) return { value: 'Standard', reason: `the definition states ${stated} as its security type` };
  if (size.trustedLaunch)
    return { value: 'TrustedLaunch', reason: `the definition states ${stated}: Secure Boot and vTPM, as it was tested` };
  return { value: 'Standard', reason: `${size.name} has no Trusted Launch, and ${stated} also makes ordinary VMs` };
}

/** The disk controller is said only where there is a choice: a Gen1 VM, or a size with SCSI alone, takes no such setting. */
export function controllerOf(definition: ExistingDefinition, size: VmSize): Reasoned<DiskController> {
  const both = controllersOf(definition).filter((controller) => size.controllers.includes(controller));
  const [only] = both;
  if (definition.generation === 'V1') return { value: null, reason: 'generation V1 has no choice of disk controller' };
  if (!size.controllers.includes('NVMe')) return { value: null, reason: `${size.name} has SCSI alone, which takes no setting` };
  if (both.includes('NVMe'))
    return { value: 'NVMe', reason: `the definition states NVMe, it was tested, and ${size.name} is faster with it` };
  return { value: only ?? null, reason: 'the definition does not state NVMe' };
}
