import { COMPUTE } from '../../api-versions.ts';
import { armError } from '../../errors.ts';
import { objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind } from '../resource-kind.ts';
import { requireBootable, requireSize } from './compatibility.ts';
import { imageOfVm } from './image-of-vm.ts';
import { requireProfile } from './machine-rules.ts';

/** Microsoft.Compute/virtualMachineScaleSets: the model is judged as that of a VM; its instances are not made. */
export const SCALE_SET_KIND: ResourceKind = {
  type: 'Microsoft.Compute/virtualMachineScaleSets',
  versions: COMPUTE,
  created: 201,
  seconds: 90,
  keep: ['plan', 'identity', 'zones', 'extendedLocation', 'sku'],
  working: 'Creating',
  conditional: true,
  complete: completeScaleSet,
};

function completeScaleSet(draft: Draft, world: World): Completed {
  const { call, location, properties } = draft;
  if (properties.virtualMachineProfile === undefined) return completeEmptySet(draft, world);
  const profile = objectAt(properties, 'virtualMachineProfile');
  const mode = textAt(properties, 'orchestrationMode');
  if (mode === 'Flexible' && textAt(profile, 'networkProfile', 'networkApiVersion') === undefined)
    throw armError(400, 'InvalidParameter', "Required parameter 'networkProfile.networkApiVersion' is missing (null).");
  const size = requireSize(textAt(call.body, 'sku', 'name') ?? '', location, world);
  const image = imageOfVm({ ...draft, properties: profile }, world);
  const controller = textAt(profile, 'storageProfile', 'diskControllerType');
  requireBootable(size, image, { controller, security: textAt(profile, 'securityProfile', 'securityType') ?? 'Standard' });
  requireProfile(size, image, profile);
  return {
    top: { sku: { tier: 'Standard', ...objectAt(call.body, 'sku') } },
    properties: {
      ...properties,
      virtualMachineProfile: shown(profile),
      uniqueId: world.nextGuid(),
      timeCreated: world.clock.now().toISOString(),
    },
  };
}

/** A flexible scale set may be without a model: VMs join it one by one, and until then there is nothing in it. */
function completeEmptySet({ properties }: Draft, world: World): Completed {
  if (textAt(properties, 'orchestrationMode') !== 'Flexible') throw missing('virtualMachineProfile');
  if (typeof properties.platformFaultDomainCount !== 'number') throw missing('platformFaultDomainCount');
  return { properties: { ...properties, uniqueId: world.nextGuid(), timeCreated: world.clock.now().toISOString() }, seconds: 5 };
}

function missing(parameter: string) {
  return armError(400, 'InvalidParameter', `Required parameter '${parameter}' is missing (null).`, parameter);
}

/** The model without the secrets of the request. */
function shown(profile: ReturnType<typeof objectAt>): ReturnType<typeof objectAt> {
  const { adminPassword: _, customData: __, ...osProfile } = objectAt(profile, 'osProfile');
  return { ...profile, osProfile };
}
