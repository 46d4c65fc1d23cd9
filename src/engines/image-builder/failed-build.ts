import { RegildError } from '../../errors.ts';
import { buildCause } from '../../failures/packer/cause.ts';
import { readCustomizationLog } from '../../failures/packer/customization-log.ts';
import type { RenderedTemplate } from '../../model/index.ts';
import type { Context, TemplateRef } from '../../ports.ts';

/** Name of the log in the image's run folder: the service's own. */
const LOG = 'customization.log';

/** Whether a failed build left its log where it lies, since it could not be read: the template holds it until somebody has. */
export function isLogLeft(error: unknown): boolean {
  return error instanceof RegildError && error.details.logLeft === true;
}

/** The customizers that Packer announces when they begin; a file is uploaded and a Windows update runs without a word that is counted. */
const ANNOUNCED: readonly string[] = ['Shell', 'PowerShell', 'WindowsRestart'];

/** Puts the log of a failed run into the run folder, before anything is deleted; gives the error with the step that failed, and why. */
export async function explainFailedBuild(
  error: unknown,
  template: RenderedTemplate,
  ref: TemplateRef,
  context: Context<'imageBuilder' | 'artifacts'>,
): Promise<unknown> {
  if (!(error instanceof RegildError) || error.code !== 'BUILD_FAILED') return error;
  const { artifacts, imageBuilder } = context.ports;
  try {
    const log = await imageBuilder.buildLog(ref);
    if (log === undefined) return error;
    await artifacts.log(template.image, LOG, log);
    return withCause(error, log, template);
  } catch (unread) {
    return withoutLog(error, unread, ref, context);
  }
}

function withCause(error: RegildError, log: string, template: RenderedTemplate): RegildError {
  const cause = buildCause(readCustomizationLog(log), customizerNames(template));
  const saved = `the whole log is ${LOG} in the run folder`;
  if (!cause) return new RegildError('BUILD_FAILED', error.message, { hint: error.hint ?? saved, details: error.details, cause: error });
  return new RegildError('BUILD_FAILED', `the image builder run failed: ${cause.text}`, {
    hint: cause.hint === undefined ? saved : `${cause.hint}; ${saved}`,
    details: { ...error.details, step: cause.step, log: LOG },
    cause: error,
  });
}

function withoutLog(error: RegildError, unread: unknown, { name, resourceGroup }: TemplateRef, { run }: Pick<Context, 'run'>): RegildError {
  const reason = unread instanceof Error ? unread.message : String(unread);
  const kept = `the template ${name} in ${resourceGroup} is kept until ${run.deadline.toISOString()} with its staging group, where the log lies`;
  return new RegildError('BUILD_FAILED', `${error.message}; its log could not be read: ${reason}`, {
    hint: `give regild's identity \`Storage Blob Data Reader\` on the staging group; ${kept}, and \`regild sweep\` deletes both afterwards`,
    details: { ...error.details, logLeft: true },
    cause: error,
  });
}

interface Customizers {
  readonly properties: { readonly customize?: readonly { readonly type: string; readonly name?: string }[] };
}

/** Names of the template's steps in the order in which the service begins them. */
function customizerNames({ files }: RenderedTemplate): readonly string[] {
  const text = files.find(({ path }) => path === 'template.json')?.content ?? '{"properties":{}}';
  const { properties }: Customizers = JSON.parse(text);
  return (properties.customize ?? []).filter(({ type }) => ANNOUNCED.includes(type)).map(({ type, name }) => name ?? type);
}
