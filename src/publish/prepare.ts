import type { BuildPlan } from '../model/index.ts';
import type { Context, DefinitionRef } from '../ports.ts';

/** Makes sure that gallery and definition exist before a build distributes into them. Preflight compared the immutable fields already. */
export async function prepareGallery(plan: BuildPlan, { ports, run }: Context): Promise<void> {
  const ref: DefinitionRef = {
    subscription: plan.subscription,
    resourceGroup: plan.resourceGroup,
    gallery: plan.gallery,
    definition: plan.definition.name,
  };
  const tags = { 'regild-run': run.id };
  await ports.gallery.ensureGallery(ref, plan.location, tags);
  if (!(await ports.gallery.definition(ref))) await ports.gallery.createDefinition(ref, plan.definition, plan.location, tags);
}
