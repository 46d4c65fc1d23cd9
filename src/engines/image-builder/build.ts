import { RegildError } from '../../errors.ts';
import { type BuildPlan, type Issue, imageTemplateName, type RenderedTemplate, runTags, type Tags, versionRef } from '../../model/index.ts';
import type { Context, TemplateRef } from '../../ports.ts';
import { isTimeUp } from '../../time-limit.ts';
import type { Built } from '../engine.ts';
import { unlessStaged } from '../staged.ts';
import { explainFailedBuild } from './failed-build.ts';

/** The fields of the rendered template that carry tags. */
interface TemplateBody {
  readonly tags: Tags;
  readonly properties: {
    readonly managedResourceTags: Tags;
    readonly distribute: readonly { readonly artifactTags: Tags }[];
  };
}

/**
 * Creates the template, runs it and deletes it in the end; its name follows from image and run, so that a resumed run finds it. A build that only
 * took longer than the deadline keeps its template, for it is still running and can be waited for again; so does one that failed and whose log could
 * not be read, for the log lies in its staging group.
 */
export async function buildWithImageBuilder(
  plan: BuildPlan,
  template: RenderedTemplate,
  context: Context<'gallery' | 'imageBuilder' | 'artifacts' | 'clock' | 'progress'>,
): Promise<Built> {
  const { ports, run } = context;
  const ref = templateRef(plan, run.id);
  const onUpdate = (text: string) => ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  try {
    const versionId = await unlessStaged(versionRef(plan), plan, context, () =>
      ports.imageBuilder.build(ref, templateBody(template, runTags(run, plan)), { signal: run.signal, onUpdate }),
    );
    return { versionId, issues: await remove(plan, ref, context) };
  } catch (error) {
    if (isTimeUp(run.signal)) throw error;
    const failed = run.signal.aborted ? { error, evidenceSaved: true } : await explainFailedBuild(error, template, ref, context);
    if (failed.evidenceSaved) await giveUp(plan, ref, context);
    throw failed.error;
  }
}

function templateRef({ subscription, resourceGroup, image }: BuildPlan, runId: string): TemplateRef {
  return { subscription, resourceGroup, name: imageTemplateName(image, runId) };
}

/** The rendered template as the request's body, with the run's tags on everything that it makes. */
function templateBody({ image, files }: RenderedTemplate, tags: Tags): TemplateBody {
  const file = files.find(({ path }) => path === 'template.json');
  if (!file)
    throw new RegildError('ARTIFACT_INVALID', `the rendered template of ${image} holds no template.json`, { hint: 'render it again' });
  const body: TemplateBody = JSON.parse(file.content);
  return {
    ...body,
    tags: { ...body.tags, ...tags },
    properties: {
      ...body.properties,
      managedResourceTags: { ...body.properties.managedResourceTags, ...tags },
      distribute: body.properties.distribute.map((one) => ({ ...one, artifactTags: { ...one.artifactTags, ...tags } })),
    },
  };
}

/** After an abort the service may still be building, and what runs cannot be deleted. The first error is the one to report, so no other leaves here. */
async function giveUp(plan: BuildPlan, ref: TemplateRef, context: Context<'imageBuilder' | 'progress'>): Promise<void> {
  if (context.run.signal.aborted) await context.ports.imageBuilder.cancel(ref).catch(() => undefined);
  await remove(plan, ref, context);
}

async function remove(plan: BuildPlan, ref: TemplateRef, { ports }: Context<'imageBuilder' | 'progress'>): Promise<readonly Issue[]> {
  try {
    await ports.imageBuilder.remove(ref);
    return [];
  } catch (error) {
    const message = `the image template ${ref.name} in ${ref.resourceGroup} could not be deleted: ${error instanceof Error ? error.message : String(error)}`;
    ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text: message });
    return [
      {
        severity: 'warning',
        code: 'TEMPLATE_LEFT',
        message,
        hint: 'regild sweep deletes it when its deadline has passed',
        image: plan.image,
      },
    ];
  }
}
