import { type BuildPlan, type Definition, type GallerySettings, ownTags, RUN_TAG, stagingDefinition } from '../model/index.ts';
import type { Context } from '../ports.ts';

/** Makes sure that gallery and definitions exist before a build distributes into them. Preflight compared the immutable fields already. */
export async function prepareGallery(plan: BuildPlan, context: Context<'gallery'>): Promise<void> {
  const { gallery } = context.ports;
  await gallery.ensureGallery(refOf(plan, plan.definition), plan.location, tagsOf(plan, context), settingsOf(plan));
  await ensureDefinition(plan, plan.definition, context);
  if (plan.route === 'staging-definition') await ensureDefinition(plan, stagingDefinition(plan.definition), context);
}

async function ensureDefinition(plan: BuildPlan, definition: Definition, context: Context<'gallery'>): Promise<void> {
  const { gallery } = context.ports;
  const ref = refOf(plan, definition);
  if (!(await gallery.settleDefinition(ref))) await gallery.createDefinition(ref, definition, plan.location, tagsOf(plan, context));
}

function refOf({ subscription, resourceGroup, gallery }: BuildPlan, { name }: Definition) {
  return { subscription, resourceGroup, gallery, definition: name };
}

/** With the user's tags, which policies ask for; without a deadline: gallery and definitions stay. */
function tagsOf(plan: BuildPlan, { run }: Pick<Context, 'run'>) {
  return { ...ownTags(plan), [RUN_TAG]: run.id };
}

function settingsOf({ release }: BuildPlan): GallerySettings | undefined {
  if (release?.softDelete === undefined && release?.sharing === undefined) return undefined;
  return { softDelete: release.softDelete, ...(release.sharing && { sharing: release.sharing }) };
}
