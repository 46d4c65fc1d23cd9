import type { HttpResponse } from '../../../http.ts';
import { RESOURCES } from '../../api-versions.ts';
import { ArmError, errorJson } from '../../errors.ts';
import { listAt, textAt } from '../../json-path.ts';
import { acceptedResponse, startedResponse } from '../../long-running.ts';
import type { Call, Route } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { find, withState } from '../tracked-resource.ts';
import { deployInSteps, deploymentEnded, deploymentError, STEP, type Step } from './deploy.ts';
import { deploymentBody, operationBody, readStep, references, stepJson } from './deployment-body.ts';
import { resourcesOf } from './resources-of.ts';

/** Microsoft.Resources deployments in a group, after the description of 2022-09-01; `routes` are those that make a template's resources. */
export function deploymentRoutes(routes: readonly Route[]): readonly Route[] {
  const group = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}';
  const all = `${group}/providers/Microsoft.Resources/deployments`;
  const one = { path: `${all}/{deploymentName}`, versions: RESOURCES };
  return [
    { ...one, method: 'PUT', handle: (call, world) => put(routes, call, world) },
    { ...one, method: 'GET', handle: (call, world) => ({ status: 200, body: find(call, world).body }) },
    { ...one, method: 'HEAD', handle: (call, world) => ({ status: world.resources.get(call.id) ? 204 : 404 }) },
    { ...one, method: 'DELETE', handle: remove },
    {
      method: 'GET',
      path: all,
      versions: RESOURCES,
      handle: (call, world) => ({ status: 200, body: { value: world.resources.in(call.id).map(({ body }) => body) } }),
    },
    { method: 'POST', path: `${one.path}/validate`, versions: RESOURCES, handle: validate },
    { method: 'GET', path: `${group}/deployments/{deploymentName}/operations`, versions: RESOURCES, handle: operations },
  ];
}

function validate(call: Call, world: World): HttpResponse {
  try {
    const validatedResources = references(resourcesOf(call, world));
    const { properties } = deploymentBody(call, 'Succeeded', { validatedResources }, world);
    return { status: 200, body: { properties } };
  } catch (thrown) {
    if (thrown instanceof ArmError) return { status: 400, body: { error: errorJson(thrown.error) } };
    throw thrown;
  }
}

function put(routes: readonly Route[], call: Call, world: World): HttpResponse {
  const resources = resourcesOf(call, world);
  const before = world.resources.get(call.id);
  const stored = world.resources.put(call.id, deploymentBody(call, 'Accepted', {}, world), { steps: [] });
  const steps: Step[] = [];
  const operation = world.operations.start({
    namespace: 'Microsoft.Resources',
    location: 'global',
    seconds: STEP,
    goesOn: () => !deploymentEnded(steps, resources.length, world),
    effects: call.effects,
    finish: () => {
      const error = deploymentError(steps, resources.length, world);
      if (error) throw new ArmError(409, error);
      return world.resources.put(stored.id, withState(stored.body, 'Succeeded', { outputResources: references(resources) })).body;
    },
    fail: (error) => void world.resources.put(stored.id, withState(stored.body, 'Failed', { error: errorJson(error) })),
  });
  deployInSteps(resources, routes, call, world, (step) => {
    steps.push(step);
    remember(stored, steps, world);
    return world.operations.get(operation.id)?.status === 'InProgress';
  });
  return startedResponse(call, world, operation, before ? 200 : 201, world.resources.get(stored.id)?.body ?? stored.body);
}

function remember({ id }: Stored, steps: readonly Step[], world: World): void {
  const current = world.resources.get(id);
  if (!current) return;
  const state = textAt(current.body, 'properties', 'provisioningState');
  const body = state === 'Accepted' ? withState(current.body, 'Running') : current.body;
  world.resources.put(id, body, { steps: steps.map(stepJson) });
}

function remove(call: Call, world: World): HttpResponse {
  const stored = world.resources.get(call.id);
  if (!stored) return { status: 204 };
  const operation = world.operations.start({
    namespace: 'Microsoft.Resources',
    location: 'global',
    seconds: 5,
    effects: call.effects,
    finish: () => void world.resources.delete(stored.id),
    fail: () => undefined,
  });
  return acceptedResponse(call, world, operation);
}

function operations(call: Call, world: World): HttpResponse {
  const id = call.id.replace(/\/operations$/, '').replace('/deployments/', '/providers/Microsoft.Resources/deployments/');
  const stored = find({ ...call, id }, world);
  const steps = listAt(stored.hidden, 'steps').map(readStep);
  return { status: 200, body: { value: steps.map((step, index) => operationBody(stored.id, step, index, world)) } };
}
