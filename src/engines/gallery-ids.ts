import type { BuildPlan } from '../model/index.ts';
import type { VersionRef } from '../ports.ts';

type Destination = Pick<BuildPlan, 'subscription' | 'resourceGroup' | 'gallery' | 'definition' | 'version'>;

/** Where the plan's version goes. */
export function versionRef(plan: Destination): VersionRef {
  const { subscription, resourceGroup, gallery, definition, version } = plan;
  return { subscription, resourceGroup, gallery, definition: definition.name, version };
}

/** ARM resource id of the plan's gallery version. */
export function versionId(plan: Destination): string {
  return (
    `/subscriptions/${plan.subscription}/resourceGroups/${plan.resourceGroup}/providers/Microsoft.Compute` +
    `/galleries/${plan.gallery}/images/${plan.definition.name}/versions/${plan.version}`
  );
}
