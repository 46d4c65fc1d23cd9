import type { ImageTemplate } from '@azure/arm-imagebuilder';
import { RegildError } from '../../../errors.ts';
import { explain } from '../../../failures/explain.ts';
import type { ImageBuilder, TemplateRef, Wait } from '../../../ports.ts';
import { oneLine } from '../../one-line.ts';
import { plainText } from '../../plain-text.ts';
import { askTwice } from '../connection/ask-twice.ts';
import { cancellable } from '../connection/cancellable.ts';
import { type AzureConnection, IMAGE_BUILDER_API } from '../connection/index.ts';
import { asAzure, isConflict, isOutage, unlessMissing } from '../errors/index.ts';
import { attempt, pause } from './attempt.ts';
import { logPlace, readBuildLog } from './build-log.ts';
import { type BuildTemplate, nextStep, runEnded, runProgress, toBuildTemplate } from './template.ts';

/** VM Image Builder through `@azure/arm-imagebuilder`. */
export function createImageBuilder(connection: AzureConnection): ImageBuilder {
  return {
    api: IMAGE_BUILDER_API,
    build: async (ref, body, wait) => build(connection, ref, toBuildTemplate(body), wait),
    cancel: (ref) => unlessMissing(attempt('cancel', ref), () => cancel(connection, ref)),
    buildLog: (ref) => buildLog(connection, ref),
    remove: (ref) => removeWhenIdle(connection, ref),
  };
}

async function build(connection: AzureConnection, ref: TemplateRef, wanted: BuildTemplate, wait: Wait<string>): Promise<string> {
  const state = await prepare(connection, ref, wanted, wait);
  if (state === 'run') {
    await run(connection, ref, wait.signal);
  }
  if (state !== 'finished') await follow(connection, ref, wait);
  return artifact(connection, ref, wanted.output, wait.signal);
}

/** Brings the template to where it can be run, or finds the run that is already there. */
async function prepare(
  connection: AzureConnection,
  ref: TemplateRef,
  wanted: BuildTemplate,
  wait: Wait<string>,
): Promise<'run' | 'attach' | 'finished'> {
  let refused = false;
  for (;;) {
    const existing = await look(connection, ref, wait.signal);
    const step = nextStep(existing, wanted);
    switch (step) {
      case 'create':
        wait.onUpdate?.('Creating');
        try {
          await create(connection, ref, wanted, wait.signal);
          return 'run';
        } catch (error) {
          // A template cannot be written twice: where the first answer was lost, what stands there is what was asked for.
          if (refused || !isConflict(error)) throw error;
          refused = true;
        }
        break;
      case 'cancel':
        wait.onUpdate?.('stopping the build of an earlier recipe');
        await unlessMissing(attempt('cancel', ref), () => cancel(connection, ref));
        await pause(connection, ref, wait.signal);
        break;
      case 'remove':
        await unlessMissing(attempt('delete', ref), () => startRemoval(connection, ref));
        await pause(connection, ref, wait.signal);
        break;
      case 'wait':
        wait.onUpdate?.(existing?.provisioningState ?? 'Creating');
        await pause(connection, ref, wait.signal);
        break;
      default:
        return step;
    }
  }
}

async function create(
  connection: AzureConnection,
  ref: TemplateRef,
  { template }: BuildTemplate,
  signal: AbortSignal | undefined,
): Promise<void> {
  await asAzure(attempt('write', ref), async () => {
    const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
    const options = { updateIntervalInMs: connection.pollMilliseconds, ...cancellable(signal) };
    await templates.createOrUpdate(ref.resourceGroup, ref.name, template, options).pollUntilDone(cancellable(signal));
  });
}

/** How often a build is begun whose beginning nobody answers for, and which does not run. */
const MOST_BEGINNINGS = 5;

/**
 * Resolves when the service has taken the request; the template itself tells how the run fares. Where the answer was lost, or the service says that it is
 * at work already, the template tells whether the build runs: it is begun again only where it does not.
 */
async function run(connection: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<void> {
  for (let begun = 1; ; begun += 1) {
    try {
      return await begin(connection, ref, signal);
    } catch (error) {
      if (signal?.aborted || !(isOutage(error) || isConflict(error)) || begun >= MOST_BEGINNINGS) throw error;
    }
    await pause(connection, ref, signal);
    if ((await look(connection, ref, signal))?.lastRunStatus?.runState !== undefined) return;
  }
}

async function begin(connection: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<void> {
  await asAzure(attempt('run', ref), async () => {
    const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
    await templates.run(ref.resourceGroup, ref.name, cancellable(signal)).submitted();
  });
}

async function follow(connection: AzureConnection, ref: TemplateRef, wait: Wait<string>): Promise<void> {
  for (let last: string | undefined; ; ) {
    const template = await askTwice(connection, wait.signal, () => look(connection, ref, wait.signal));
    if (!template || runEnded(template.lastRunStatus)) return requireSuccess(ref, template, last);
    const progress = runProgress(template.lastRunStatus);
    if (progress !== undefined && progress !== last) wait.onUpdate?.(progress);
    last = progress;
    await pause(connection, ref, wait.signal);
  }
}

/** A failed run no longer says in which phase it was; `phase` is what was seen last. */
function requireSuccess(ref: TemplateRef, template: ImageTemplate | undefined, phase: string | undefined): void {
  const { runState = 'gone', runSubState = phase, message = 'the template was deleted while it ran' } = template?.lastRunStatus ?? {};
  if (runState === 'Succeeded') return;
  const group = template?.exactStagingResourceGroup ?? template?.stagingResourceGroup;
  const where = runSubState ? ` while ${runSubState}` : '';
  throw new RegildError('BUILD_FAILED', `image builder run of ${ref.name} ended ${runState}${where}: ${oneLine(message)}`, {
    hint: explain(message),
    details: { runState, runSubState, stagingResourceGroup: group, template: ref.name },
  });
}

async function artifact(connection: AzureConnection, ref: TemplateRef, output: string, signal: AbortSignal | undefined): Promise<string> {
  const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
  const made = await asAzure(attempt('read', ref), () =>
    connection.outlast(signal, () => templates.getRunOutput(ref.resourceGroup, ref.name, output, cancellable(signal))),
  );
  if (made.artifactId) return made.artifactId;
  throw new RegildError('BUILD_FAILED', `image builder names no gallery version for the output ${output} of ${ref.name}`, {
    details: { template: ref.name },
  });
}

/** The log lies in the staging group, which goes with the template: it must be read before. */
async function buildLog(connection: AzureConnection, ref: TemplateRef): Promise<string | undefined> {
  const template = await read(connection, ref, undefined);
  const place = logPlace(template?.lastRunStatus?.message ?? '');
  const log = place && (await readBuildLog(connection, place));
  return log === undefined ? undefined : plainText(log);
}

async function cancel(connection: AzureConnection, ref: TemplateRef): Promise<void> {
  const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
  const template = await templates.get(ref.resourceGroup, ref.name);
  if (template.lastRunStatus?.runState === 'Running') await templates.cancel(ref.resourceGroup, ref.name).submitted();
}

/** Deletes the template, as soon as a run that was cancelled a moment ago lets go of it. */
async function removeWhenIdle(connection: AzureConnection, ref: TemplateRef): Promise<void> {
  const remove = () => unlessMissing(attempt('delete', ref), () => startRemoval(connection, ref));
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof RegildError) || error.details.status !== 409) throw error;
    await runStopped(connection, ref);
    await remove();
  }
}

/** A CI runner gives about ten seconds after a cancellation. */
const PATIENCE_MILLISECONDS = 8_000;

/** Resolves when no run of the template is going on, or when there is no more time to wait for that. */
async function runStopped(connection: AzureConnection, ref: TemplateRef): Promise<void> {
  const { clock, pollMilliseconds } = connection;
  const deadline = clock.now().getTime() + PATIENCE_MILLISECONDS;
  for (;;) {
    const template = await read(connection, ref, undefined);
    if (!template || runEnded(template.lastRunStatus) || clock.now().getTime() >= deadline) return;
    await clock.sleep(Math.min(pollMilliseconds, 1_000));
  }
}

/** Resolves when the service has taken the request; the staging group goes with the template. */
async function startRemoval(connection: AzureConnection, ref: TemplateRef): Promise<void> {
  const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
  await templates.delete(ref.resourceGroup, ref.name).submitted();
}

/** A look at a template in the hours of its build: an outage does not end them. */
function look(connection: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<ImageTemplate | undefined> {
  return connection.outlast(signal, () => read(connection, ref, signal));
}

function read(connection: AzureConnection, ref: TemplateRef, signal: AbortSignal | undefined): Promise<ImageTemplate | undefined> {
  return unlessMissing(attempt('read', ref), async () => {
    const { virtualMachineImageTemplates: templates } = await connection.imageBuilder(ref.subscription);
    return templates.get(ref.resourceGroup, ref.name, cancellable(signal));
  });
}
