import type { HttpResponse, JsonObject } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import { startedResponse } from '../../long-running.ts';
import type { Call } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import { find, withState } from '../tracked-resource.ts';
import { refuseWhileRunning } from './kind.ts';
import { checkIdentity, checkOutputs } from './request-rules.ts';
import { TemplatePatch } from './schema.ts';

/** PATCH of a template: identity, tags, distribute and vmProfile. Distribution targets can be changed and added, not removed. */
export function patchTemplate(call: Call, world: World): HttpResponse {
  const { identity, properties } = readBody(call, TemplatePatch);
  const template = find(call, world);
  refuseWhileRunning(template);
  if (identity) checkIdentity(identity);
  if (properties?.distribute) checkOutputs(properties.distribute);
  if (properties?.distribute) checkNothingRemoved(template, objectAt(call.body, 'properties'));
  const { identity: newIdentity = template.body.identity, tags = template.body.tags } = objectAt(call.body);
  const merged = { ...objectAt(template.body, 'properties'), ...objectAt(call.body, 'properties') };
  const body = {
    ...template.body,
    ...(tags !== undefined && { tags }),
    ...(newIdentity !== undefined && { identity: newIdentity }),
    properties: merged,
  };
  const stored = world.resources.put(template.id, withState(body, 'Updating'));
  const operation = world.operations.start({
    namespace: 'Microsoft.VirtualMachineImages',
    location: textAt(body, 'location') ?? '',
    seconds: 20,
    effects: call.effects,
    finish: () => world.resources.put(template.id, withState(stored.body, 'Succeeded')).body,
    fail: () => void world.resources.put(template.id, withState(stored.body, 'Failed')),
  });
  return startedResponse(call, world, operation, 200, stored.body);
}

function checkNothingRemoved({ body }: Stored, change: JsonObject): void {
  const names = (value: unknown) => listAt(value, 'distribute').map((one) => textAt(one, 'runOutputName'));
  const kept = names(change);
  const removed = names(objectAt(body, 'properties')).find((name) => !kept.includes(name));
  if (removed === undefined) return;
  throw armError(
    400,
    'ValidationFailed',
    `The distribution '${removed}' cannot be removed: delete and recreate the template.`,
    'properties.distribute',
  );
}
