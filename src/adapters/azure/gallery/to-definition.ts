import type { GalleryImage } from '@azure/arm-compute';
import { comparableFeature, type Definition, type ExistingDefinition, normalLocation, type Tags } from '../../../model/index.ts';
import { toFeatures } from '../marketplace/to-image-facts.ts';

/** A definition as ARM returns it, in our words. A definition older than the fields says V1 and x64 by not saying anything. */
export function toDefinition(image: GalleryImage): ExistingDefinition {
  const { purchasePlan: plan } = image;
  return {
    id: image.id ?? '',
    name: image.name ?? '',
    location: normalLocation(image.location),
    osType: image.osType ?? 'Linux',
    osState: image.osState ?? 'Generalized',
    generation: image.hyperVGeneration === 'V2' ? 'V2' : 'V1',
    architecture: image.architecture === 'Arm64' ? 'arm64' : 'x64',
    identifier: image.identifier ?? { publisher: '', offer: '', sku: '' },
    features: toFeatures(image.features),
    purchasePlan: plan && { publisher: plan.publisher ?? '', product: plan.product ?? '', name: plan.name ?? '' },
  };
}

/** The body that creates a definition. */
export function fromDefinition(definition: Definition, location: string, tags: Tags): GalleryImage {
  return {
    location,
    tags: { ...tags },
    description: definition.description,
    osType: definition.osType,
    osState: definition.osState,
    hyperVGeneration: definition.generation,
    architecture: definition.architecture === 'arm64' ? 'Arm64' : 'x64',
    identifier: definition.identifier,
    features: definition.features.map((feature) => ({ ...feature })),
    ...(definition.purchasePlan && { purchasePlan: definition.purchasePlan }),
  };
}

/** Whether an existing definition has everything that was asked for, so that writing it again would change nothing. */
export function sameDefinition(existing: ExistingDefinition, wanted: Definition): boolean {
  return comparable(existing) === comparable(wanted);
}

function comparable({
  osType,
  osState,
  generation,
  architecture,
  identifier,
  features,
  purchasePlan: plan,
}: Omit<ExistingDefinition, 'id' | 'name' | 'location'>): string {
  const { publisher, offer, sku } = identifier;
  const spelled = features.map(({ name, value }) => `${name}=${comparableFeature(value)}`.toLowerCase()).sort();
  return JSON.stringify([
    osType,
    osState,
    generation,
    architecture,
    publisher,
    offer,
    sku,
    spelled,
    plan && [plan.publisher, plan.product, plan.name],
  ]);
}
