import { RegildError } from '../../errors.ts';
import { keptIssue, staysAfter, withKept } from '../../kept.ts';
import {
  type BuildPlan,
  type Issue,
  imageTemplateName,
  type OnError,
  onErrorOf,
  type RenderedTemplate,
  runTags,
  stagingOwner,
  type Tags,
  versionRef,
} from '../../model/index.ts';
import type { Context, TemplateRef } from '../../ports.ts';
import { isNoRoom } from '../../room.ts';
import { isTimeUp } from '../../time-limit.ts';
import { buildWhereThereIsRoom, replacedBuildSize } from '../build-room.ts';
import type { Built } from '../engine.ts';
import { unlessStaged } from '../staged.ts';
import { explainFailedBuild, isLogLeft } from './failed-build.ts';

/** The fields of the rendered template that a run fills in. */
interface TemplateBody {
  readonly tags: Tags;
  readonly properties: {
    readonly vmProfile?: object;
    readonly errorHandling: Readonly<Record<'onCustomizerError' | 'onValidationError', 'cleanup' | 'abort'>>;
    readonly managedResourceTags: Tags;
    readonly distribute: readonly { readonly artifactTags: Tags }[];
  };
}

/**
 * Creates the template, runs it and deletes it in the end; its name follows from image and run, so that a resumed run finds it. A build that only
 * took longer than the deadline keeps its template, for it is still running and can be waited for again; so does one that failed and whose log could
 * not be read, for the log lies in its staging group. Where Azure has no room for the build VM, a template with the next of the plan's sizes takes the
 * place of the first.
 */
export async function buildWithImageBuilder(
  plan: BuildPlan,
  template: RenderedTemplate,
  context: Context<'subscription' | 'gallery' | 'imageBuilder' | 'leftovers' | 'artifacts' | 'clock' | 'progress' | 'operator'>,
): Promise<Built> {
  const ref = templateRef(plan, context.run.id);
  try {
    const made = await buildWhereThereIsRoom(plan, context, (vmSize) =>
      unlessStaged(versionRef(plan), plan, context, () => runTemplate(plan, template, vmSize, context)),
    );
    const issues = [...replacedBuildSize(plan, made), ...(await remove(plan, ref, context))];
    return { versionId: made.result, issues, tried: made.tried };
  } catch (error) {
    if (isTimeUp(context.run.signal)) throw error;
    if (!isNoRoom(error) && (await staysAfter({ stage: 'build', what: 'the build failed' }, plan, context))) {
      throw await withGroup(error, plan, ref, context);
    }
    if (!isLogLeft(error)) await giveUp(plan, ref, context);
    throw error;
  }
}

/** The failure with the staging group that stands. One that cannot be looked up is told as the failure was. */
async function withGroup(error: unknown, plan: BuildPlan, { name }: TemplateRef, { ports, run }: Context<'leftovers'>): Promise<unknown> {
  const groups = await ports.leftovers.ofRun(plan.subscription, run.id).catch(() => []);
  const group = groups.find((one) => stagingOwner(one) === name);
  return group === undefined ? error : withKept(error, keptIssue({ group, template: name }, plan, run.id));
}

/** Runs the template with a build VM of this size; a failure says which step it was, and its log is saved before another template takes its place. */
async function runTemplate(
  plan: BuildPlan,
  template: RenderedTemplate,
  vmSize: string,
  context: Context<'imageBuilder' | 'artifacts' | 'progress'>,
): Promise<string> {
  const { ports, run } = context;
  const ref = templateRef(plan, run.id);
  const onUpdate = (text: string) => ports.progress.emit({ kind: 'stage-note', image: plan.image, stage: 'build', text });
  try {
    return await ports.imageBuilder.build(
      ref,
      templateBody(template, { vmSize, tags: runTags(run, plan), onError: onErrorOf(plan, run) }),
      { signal: run.signal, onUpdate },
    );
  } catch (error) {
    throw run.signal.aborted ? error : await explainFailedBuild(error, template, ref, context);
  }
}

function templateRef({ subscription, resourceGroup, image }: BuildPlan, runId: string): TemplateRef {
  return { subscription, resourceGroup, name: imageTemplateName(image, runId) };
}

/** What the service does with the build VM after an error: `abort` leaves it in the staging group (API 2025-10-01, errorHandling). */
function errorHandling(onError: OnError): TemplateBody['properties']['errorHandling'] {
  const policy = onError === 'cleanup' ? 'cleanup' : 'abort';
  return { onCustomizerError: policy, onValidationError: policy };
}

/** What a run fills in: the size of the build VM, its tags on everything that is made, and what happens after an error. */
interface OfTheRun {
  readonly vmSize: string;
  readonly tags: Tags;
  readonly onError: OnError;
}

/** The rendered template as the request's body. */
function templateBody({ image, files }: RenderedTemplate, { vmSize, tags, onError }: OfTheRun): TemplateBody {
  const file = files.find(({ path }) => path === 'template.json');
  if (!file)
    throw new RegildError('ARTIFACT_INVALID', `the rendered template of ${image} holds no template.json`, { hint: 'render it again' });
  const body: TemplateBody = JSON.parse(file.content);
  return {
    ...body,
    tags: { ...body.tags, ...tags },
    properties: {
      ...body.properties,
      vmProfile: { ...body.properties.vmProfile, vmSize },
      errorHandling: errorHandling(onError),
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
