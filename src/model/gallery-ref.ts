import type { BuildPlan } from './build-plan.ts';
import type { TargetRegion } from './machine.ts';
import { stagingName } from './staging-definition.ts';

/** Where a gallery lies. */
export interface GalleryRef {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly gallery: string;
}

/** Where an image definition lies. */
export interface DefinitionRef extends GalleryRef {
  readonly definition: string;
}

/** Where an image version lies. */
export interface VersionRef extends DefinitionRef {
  readonly version: string;
}

type Destination = Pick<BuildPlan, 'subscription' | 'resourceGroup' | 'gallery' | 'definition' | 'version'>;

/** Where the plan's version goes. */
export function versionRef(plan: Destination): VersionRef {
  const { subscription, resourceGroup, gallery, definition, version } = plan;
  return { subscription, resourceGroup, gallery, definition: definition.name, version };
}

/** The version that an engine captures from its VM: the plan's own, or the one in the staging definition that is copied to it. */
export function capturedVersion(plan: Destination & Pick<BuildPlan, 'route'>): VersionRef {
  const ref = versionRef(plan);
  return plan.route === 'staging-definition' ? { ...ref, definition: stagingName(ref.definition) } : ref;
}

/** Storage type of the staged version, which lies in the build location only; it can never be changed later. */
export function stagedStorage({ regions, location }: Pick<BuildPlan, 'regions' | 'location'>): TargetRegion['storage'] {
  return regions.find(({ name }) => name === location)?.storage ?? 'Standard_LRS';
}

/** ARM resource id of a gallery version. */
export function versionId({ subscription, resourceGroup, gallery, definition, version }: VersionRef): string {
  return (
    `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute` +
    `/galleries/${gallery}/images/${definition}/versions/${version}`
  );
}
