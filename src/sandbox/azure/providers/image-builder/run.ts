import type { Effects, HttpResponse } from '../../../http.ts';
import { ArmError, type ArmErrorBody, armError } from '../../errors.ts';
import { nameOf } from '../../ids.ts';
import { textAt } from '../../json-path.ts';
import { acceptedResponse } from '../../long-running.ts';
import type { Operation } from '../../operations.ts';
import type { Call } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { find } from '../tracked-resource.ts';
import { shortageOf } from '../virtual-machines/allocation.ts';
import { buildLogText, keepBuildLog, type RunEnd } from './build-log.ts';
import { keepBuildVm } from './build-vm.ts';
import { builtDiskGB, type Delivery, distribute, stagingOf } from './distribute.ts';
import { type Phase, phasesOf } from './phases.ts';
import { keepOutputs } from './run-outputs.ts';
import { failureMessage, setRunStatus } from './run-status.ts';
import { TemplateProperties } from './schema.ts';
import { sourceOf } from './source.ts';

/** POST run: starts a build. Throws Conflict while one is running or the template is not ready. */
export function run(call: Call, world: World): HttpResponse {
  const template = find(call, world);
  const state = textAt(template.body, 'properties', 'provisioningState');
  if (state !== 'Succeeded')
    throw armError(409, 'Conflict', `The template '${nameOf(template.id)}' is in provisioning state '${state}' and cannot be run.`);
  return acceptedResponse(call, world, startRun(template, call.effects, world));
}

/** POST cancel: stops the build that is running. Throws Conflict when there is none. */
export function cancel(call: Call, world: World): HttpResponse {
  const template = find(call, world);
  const running = textAt(template.hidden, 'run');
  if (running === undefined) throw armError(409, 'Conflict', `The template '${nameOf(template.id)}' is not running.`);
  setRunStatus(template.id, { runState: 'Canceling' }, world);
  const operation = world.operations.start({
    ...operationOf(template, call.effects),
    seconds: 60,
    finish: () => {
      world.operations.cancel(running, { code: 'Canceled', message: 'The image build was canceled.' });
      return undefined;
    },
    fail: () => undefined,
  });
  return acceptedResponse(call, world, operation);
}

/** Throws Conflict while a build of the template is running. */
export function refuseWhileRunning(template: Stored): void {
  if (!isRunning(template)) return;
  throw armError(409, 'Conflict', `The template '${nameOf(template.id)}' is running: cancel the run or wait for its end.`);
}

/** Whether a build of the template is running. */
export function isRunning({ hidden }: Stored): boolean {
  return hidden.run !== undefined;
}

/** Starts a build of a template that is ready. Throws Conflict while one is running. */
export function startRun(template: Stored, effects: Effects, world: World): Operation {
  if (isRunning(template)) throw armError(409, 'Conflict', `The template '${nameOf(template.id)}' is already running.`);
  const properties = TemplateProperties.parse(template.body.properties);
  const shortage = shortageOf(properties.vmProfile?.vmSize ?? '', undefined, world);
  const all = phasesOf(properties, world);
  const phases = shortage ? all.slice(0, 2) : effects.stuck || effects.failOperation ? untilCustomized(all) : all;
  const deliveries: Delivery[] = [];
  const { failRegion, ...asked } = effects;
  const own = shortage ? { ...asked, failOperation: shortage } : asked;
  const operation = world.operations.start({
    ...operationOf(template, own),
    seconds: phases.reduce((sum, { seconds }) => sum + seconds, 0),
    finish: () => finish(template.id, deliveries, world),
    fail: (error) => fail(template.id, operation.id, { error, began: shortage === undefined, distributing: deliveries.length > 0 }, world),
  });
  world.resources.put(template.id, template.body, { ...template.hidden, run: operation.id });
  const startTime = world.clock.now().toISOString();
  setRunStatus(template.id, { startTime, endTime: undefined, runState: 'Running', runSubState: 'Queued', message: '' }, world);
  const deliver = () => deliveries.push(...startDeliveries(template.id, failRegion ? { failRegion } : {}, world));
  for (const [index, { subState }] of phases.entries()) {
    const offset = phases.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0);
    world.clock.after(offset, () => enter(template.id, operation.id, subState, deliver, world));
  }
  return operation;
}

/** The phases of a run that gets no further than its customizers. */
function untilCustomized(phases: readonly Phase[]): readonly Phase[] {
  const customizing = phases.findIndex(({ subState }) => subState === 'Customizing');
  return phases.slice(0, customizing < 0 ? 2 : customizing + 1);
}

function enter(id: string, runId: string, subState: Phase['subState'], deliver: () => void, world: World): void {
  if (textAt(world.resources.get(id)?.hidden, 'run') !== runId) return;
  setRunStatus(id, { runSubState: subState }, world);
  if (subState === 'Distributing') deliver();
}

function startDeliveries(id: string, effects: Effects, world: World): readonly Delivery[] {
  const { body } = world.resources.get(id) ?? {};
  if (!body) return [];
  const { source: wanted, distribute: distributors } = TemplateProperties.parse(body.properties);
  try {
    const source = sourceOf(wanted, textAt(body, 'location') ?? '', world);
    const build = { template: id, staging: stagingOf(body), source, diskGB: builtDiskGB(body, source) };
    return distributors.map((distributor) => distribute(distributor, build, effects, world));
  } catch (thrown) {
    if (thrown instanceof ArmError) return distributors.map(({ runOutputName }) => ({ output: runOutputName, error: thrown.error }));
    throw thrown;
  }
}

function finish(id: string, deliveries: readonly Delivery[], world: World): undefined {
  const failures = deliveries.flatMap((delivery) => errorOf(delivery, world) ?? []);
  if (failures.length === deliveries.length && failures[0]) throw new ArmError(500, failures[0]);
  keepOutputs(
    id,
    deliveries.filter((delivery) => errorOf(delivery, world) === undefined),
    world,
  );
  const message = failures.map((failure) => failure.message).join(' ');
  close(id, { runState: failures.length > 0 ? 'PartiallySucceeded' : 'Succeeded', message }, world);
  return undefined;
}

interface RunFailure {
  readonly error: ArmErrorBody;
  /** Whether there was a build VM. */
  readonly began: boolean;
  readonly distributing: boolean;
}

function fail(id: string, runId: string, { error: { code, message }, began, distributing }: RunFailure, world: World): void {
  const template = world.resources.get(id);
  close(id, { runState: code === 'Canceled' ? 'Canceled' : 'Failed', message }, world);
  if (!template || code === 'Canceled') return;
  const end: RunEnd = !began
    ? { kind: 'deployment', code, said: message }
    : distributing
      ? { kind: 'later' }
      : { kind: 'customizer', said: message };
  if (end.kind === 'customizer') keepBuildVm(template, world);
  const place = keepBuildLog(template, runId, buildLogText(template, runId, end), world);
  setRunStatus(id, { message: failureMessage(began ? message : '', place, runId) }, world);
}

/** Ends the run and empties the staging group. */
function close(id: string, status: { readonly runState: string; readonly message: string }, world: World): void {
  setRunStatus(id, { ...status, runSubState: undefined, endTime: world.clock.now().toISOString() }, world);
  const template = world.resources.get(id);
  if (!template) return;
  const { run: _, ...hidden } = template.hidden;
  world.resources.put(id, template.body, hidden);
  for (const staged of world.resources.below(stagingOf(template.body))) world.resources.delete(staged.id);
}

function errorOf({ error, operation }: Delivery, world: World): ArmErrorBody | undefined {
  return error ?? (operation === undefined ? undefined : world.operations.get(operation)?.error);
}

function operationOf({ body }: Stored, effects: Effects) {
  return { namespace: 'Microsoft.VirtualMachineImages', location: textAt(body, 'location') ?? '', effects };
}
