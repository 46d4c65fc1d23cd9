import type { JsonObject } from '../../../http.ts';
import { nameOf } from '../../ids.ts';
import { at, objectAt, textAt } from '../../json-path.ts';
import type { Call } from '../../router.ts';
import type { World } from '../../world.ts';
import type { Step } from './deploy.ts';
import { stepState } from './deploy.ts';
import { shownParameters, type TemplateResource } from './template.ts';

/** A deployment as a GET answers it. */
export function deploymentBody(call: Call, state: string, properties: JsonObject, world: World): JsonObject {
  const request = objectAt(call.body, 'properties');
  const shown = {
    mode: textAt(request, 'mode') ?? 'Incremental',
    provisioningState: state,
    timestamp: world.clock.now().toISOString(),
    duration: 'PT0S',
    correlationId: world.nextGuid(),
    parameters: shownParameters(request.template, request.parameters),
    providers: [],
    dependencies: [],
  };
  return { id: call.id, name: nameOf(call.id), type: 'Microsoft.Resources/deployments', properties: { ...shown, ...properties } };
}

/** References to resources, for `outputResources` and `validatedResources`. */
export function references(resources: readonly TemplateResource[]): readonly JsonObject[] {
  return resources.map(({ id }) => ({ id }));
}

/** One entry of the list of a deployment's operations. */
export function operationBody(deployment: string, step: Step, index: number, world: World): JsonObject {
  const { id, type, name } = step.resource;
  const operationId = (index + 1).toString(16).toUpperCase().padStart(16, '0');
  const { state, error } = stepState(step, world);
  return {
    id: `${deployment}/operations/${operationId}`,
    operationId,
    properties: {
      provisioningOperation: 'Create',
      provisioningState: state,
      timestamp: world.clock.now().toISOString(),
      duration: 'PT1S',
      statusCode: state === 'Failed' ? 'Conflict' : state === 'Succeeded' ? 'OK' : 'Created',
      ...(error && { statusMessage: { status: 'Failed', error } }),
      targetResource: { id, resourceType: type, resourceName: name },
    },
  };
}

/** What the store keeps of a step. */
export function stepJson({ resource: { id, type, name }, error }: Step): JsonObject {
  return { id, type, name, ...(error && { error: { code: error.code, message: error.message } }) };
}

/** A step as the store kept it. */
export function readStep(value: unknown): Step {
  const text = (key: string) => textAt(value, key) ?? '';
  const error =
    at(value, 'error') === undefined
      ? undefined
      : { code: textAt(value, 'error', 'code') ?? '', message: textAt(value, 'error', 'message') ?? '' };
  return { resource: { id: text('id'), type: text('type'), name: text('name'), body: {}, dependsOn: [] }, error };
}
