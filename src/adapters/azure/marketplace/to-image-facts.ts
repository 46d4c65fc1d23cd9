import type { VirtualMachineImage } from '@azure/arm-compute';
import type { Feature, ImageFacts, Urn } from '../../../model/index.ts';

/** What ARM says about a Marketplace image, in our words. Old images name no architecture or generation; they are x64 and V1. */
export function toImageFacts(image: VirtualMachineImage, urn: Urn): ImageFacts {
  const { plan, imageDeprecationStatus: status } = image;
  return {
    urn,
    osType: image.osDiskImage?.operatingSystem === 'Windows' ? 'Windows' : 'Linux',
    architecture: image.architecture === 'Arm64' ? 'arm64' : 'x64',
    generation: image.hyperVGeneration === 'V2' ? 'V2' : 'V1',
    features: toFeatures(image.features),
    plan: plan && { publisher: plan.publisher, product: plan.product, name: plan.name },
    deprecation: {
      state: deprecationState(status?.imageState),
      scheduled: status?.scheduledDeprecationTime?.toISOString(),
      alternative: alternative(status?.alternativeOption?.type, status?.alternativeOption?.value),
    },
  };
}

/** Features as Azure spells them; one without a name or a value says nothing. An SDK gives null on where a service writes it for none. */
export function toFeatures(features?: readonly { readonly name?: string; readonly value?: string }[] | null): readonly Feature[] {
  return (features ?? []).flatMap(({ name, value }) => (typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : []));
}

function deprecationState(state: string | undefined): ImageFacts['deprecation']['state'] {
  return state === 'ScheduledForDeprecation' || state === 'Deprecated' ? state : 'Active';
}

function alternative(type: string | undefined, value: string | undefined): string | undefined {
  return type === undefined || type === 'None' || !value ? undefined : `${type} ${value}`;
}
