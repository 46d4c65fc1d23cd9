import type { JsonObject } from '../../../http.ts';
import { ArmError, type ArmErrorBody, errorJson } from '../../errors.ts';
import { objectAt, textAt } from '../../json-path.ts';
import type { Call, Route } from '../../router.ts';
import { putResource } from '../../send.ts';
import type { World } from '../../world.ts';
import type { TemplateResource } from './template.ts';

/** Virtual seconds between one resource and the next, and between two looks whether the last has ended. */
export const STEP = 10;

/** Resource Manager's terminal states; a resource in any other is still being worked on. */
const TERMINAL: readonly string[] = ['Succeeded', 'Failed', 'Canceled'];

/** How a resource of a deployment fared. */
export interface Step {
  readonly resource: TemplateResource;
  readonly error?: ArmErrorBody | undefined;
}

/** Whether nothing is left to do: one of the `expected` resources was refused or all were put, and none that was put is still being worked on. */
export function deploymentEnded(steps: readonly Step[], expected: number, world: World): boolean {
  const allSaid = steps.length === expected || steps.some(({ error }) => error);
  return allSaid && steps.every((step) => stepEnded(step, world));
}

/**
 * PUTs the resources one after the other on the virtual clock, and tells of each as it is put. Stops at the first that is refused, and when the answer
 * to `tell` is that the deployment has ended.
 */
export function deployInSteps(
  resources: readonly TemplateResource[],
  routes: readonly Route[],
  call: Call,
  world: World,
  tell: (step: Step) => boolean,
): void {
  const [resource, ...rest] = resources;
  if (!resource) return;
  const error = tryPut(resource, routes, call, world);
  const goesOn = tell({ resource, error });
  if (goesOn && error === undefined) world.clock.after(STEP, () => deployInSteps(rest, routes, call, world, tell));
}

/** The error that a deployment ends with; undefined when every resource succeeded. */
export function deploymentError(steps: readonly Step[], expected: number, world: World): ArmErrorBody | undefined {
  const details = steps.flatMap(({ resource, error }) => error ?? stateError(resource, world) ?? []);
  if (details.length === 0 && steps.length === expected) return undefined;
  const message =
    'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.';
  return { code: 'DeploymentFailed', message, details };
}

/** What became of a resource, for the list of operations. */
export function stepState({ resource, error }: Step, world: World): { readonly state: string; readonly error?: JsonObject } {
  if (!stepEnded({ resource, error }, world)) return { state: 'Running' };
  const failure = error ?? stateError(resource, world);
  return failure ? { state: 'Failed', error: errorJson(failure) } : { state: 'Succeeded' };
}

/** A resource that is no more has ended as well. */
function stepEnded({ resource, error }: Step, world: World): boolean {
  const stored = world.resources.get(resource.id);
  return error !== undefined || stored === undefined || TERMINAL.includes(provisioningState(resource, world));
}

function tryPut({ id, body }: TemplateResource, routes: readonly Route[], call: Call, world: World): ArmErrorBody | undefined {
  try {
    putResource(routes, id, body, call, world);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ArmError) return thrown.error;
    throw thrown;
  }
}

function stateError(resource: TemplateResource, world: World): ArmErrorBody | undefined {
  const state = provisioningState(resource, world);
  if (state === 'Succeeded') return undefined;
  const message = `The resource write operation failed to complete successfully, because it reached terminal provisioning state '${state}'.`;
  return { code: 'ResourceDeploymentFailure', message, target: resource.id };
}

function provisioningState({ id }: TemplateResource, world: World): string {
  return textAt(objectAt(world.resources.get(id)?.body, 'properties'), 'provisioningState') ?? 'Unknown';
}
