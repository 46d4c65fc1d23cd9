import type { Definition } from './build-plan.ts';

const SUFFIX = '-staging';
/** Limits of Azure Compute Gallery (shared-image-galleries.md, troubleshooting-shared-images.md). */
const LONGEST = { name: 80, sku: 64 } as const;

/** Name of the definition that versions pass through on the route `staging-definition`. */
export function stagingName(definition: string): string {
  return `${definition}${SUFFIX}`;
}

/** True when the staging definition of that name would be one that Azure takes. */
export function hasStagingName(definition: string): boolean {
  return stagingName(definition).length <= LONGEST.name;
}

/**
 * The definition that takes a VM as source where the wanted one does not: the same but for `SecurityType`, which is Standard, and for the SKU, since
 * publisher, offer and SKU are unique as a triple. The SKU keeps its end, which is what tells definitions apart.
 */
export function stagingDefinition(definition: Definition): Definition {
  const { identifier, features, name, description } = definition;
  return {
    ...definition,
    name: stagingName(name),
    identifier: { ...identifier, sku: `staging-${identifier.sku.slice(-(LONGEST.sku - SUFFIX.length))}` },
    features: [{ name: 'SecurityType', value: 'Standard' }, ...features.filter((feature) => feature.name !== 'SecurityType')],
    description: `${description}, before it is copied to ${name}`,
  };
}
