import {
  type Candidate,
  comparableFeature,
  DiskController,
  type ExistingDefinition,
  featureOf,
  type ImageSpec,
  type Issue,
  SecurityType,
  statesNvme,
  statesTrustedLaunch,
} from '../model/index.ts';

/** The wishes as an existing definition leaves them, and what they give up for it. */
export interface Bound {
  readonly spec: ImageSpec;
  readonly issues: readonly Issue[];
}

/**
 * A definition cannot be changed, so where the user leaves a choice open the one that exists makes it, as far as the base can keep it. What it does
 * not state is what Azure takes then: SCSI and Standard (source: shared-image-galleries).
 */
export function bindToDefinition(spec: ImageSpec, base: Candidate, existing: ExistingDefinition | undefined): Bound {
  if (existing === undefined || base.generation === 'V1') return { spec, issues: [] };
  const security = spec.security === 'auto' ? securityOf(existing, base) : undefined;
  const controllers = spec.controllers === 'auto' ? controllersOf(existing, base) : undefined;
  return {
    spec: { ...spec, security: security ?? spec.security, controllers: controllers ?? spec.controllers },
    issues: [
      ...(security === 'Standard' && statesTrustedLaunch(base) ? [followed(spec, 'SecurityType Standard', 'Trusted Launch')] : []),
      ...(controllers !== undefined && !controllers.includes('NVMe') && statesNvme(base)
        ? [followed(spec, 'DiskControllerTypes SCSI', 'NVMe')]
        : []),
    ],
  };
}

function securityOf(existing: ExistingDefinition, base: Candidate): SecurityType | undefined {
  const stated = SecurityType.safeParse(featureOf(existing, 'SecurityType') ?? 'Standard');
  if (!stated.success) return undefined;
  return stated.data === 'Standard' || statesTrustedLaunch(base) ? stated.data : undefined;
}

function controllersOf(existing: ExistingDefinition, base: Candidate): readonly DiskController[] | undefined {
  const stated = comparableFeature(featureOf(existing, 'DiskControllerTypes') ?? 'SCSI');
  const controllers = DiskController.options.filter((controller) => stated.toLowerCase().includes(controller.toLowerCase()));
  return controllers.length > 0 && (!controllers.includes('NVMe') || statesNvme(base)) ? controllers : undefined;
}

function followed(spec: ImageSpec, what: string, lost: string): Issue {
  const { gallery, definition } = spec.target;
  return {
    severity: 'info',
    code: 'DEFINITION_FOLLOWED',
    message: `the definition ${gallery}/${definition} exists with ${what}, which cannot change: the image goes without ${lost}, which the base could`,
    hint: `for ${lost} set \`target.definition: ${definition}-v2\`: VMs and scale sets that name ${definition} have to be pointed at it`,
  };
}
