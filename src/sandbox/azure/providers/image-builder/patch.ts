import type { JsonObject } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { armError } from '../../errors.ts';
import { at, isObject, listAt, objectAt, textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { Completed, Draft } from '../resource-kind.ts';
import { checkIdentity, checkOutputs } from './request-rules.ts';
import { refuseWhileRunning } from './run.ts';
import { TemplatePatch } from './schema.ts';

/** PATCH of a template: identity, tags, distribute and vmProfile. Distribution targets can be changed and added, not removed. */
export function changeTemplate({ call, before, properties: changed }: Draft & { readonly before: Stored }): Completed {
  const { identity, properties } = readBody(call, TemplatePatch);
  refuseWhileRunning(before);
  if (identity) checkIdentity(identity);
  if (properties?.distribute) checkOutputs(properties.distribute);
  if (properties?.distribute) checkNothingRemoved(before, changed);
  const given = at(call.body, 'identity');
  return {
    top: isObject(given) ? { identity: given } : {},
    properties: { ...objectAt(before.body, 'properties'), ...changed },
  };
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
