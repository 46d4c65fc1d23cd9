import { armError } from '../errors.ts';
import { textAt } from '../json-path.ts';
import type { Call } from '../router.ts';
import type { Stored } from '../store.ts';

/**
 * What a conditional PUT asks of the resource that is there. Throws PreconditionFailed (412). Source: azure-rest-api-specs, Microsoft.Compute/ComputeRP,
 * VirtualMachineScaleSets_CreateOrUpdate: `*` lets a resource be created and prevents that one is changed, other values are not supported; If-Match
 * prevents that what others wrote meanwhile is written over.
 */
export function requirePrecondition({ request: { headers } }: Pick<Call, 'request'>, existing: Stored | undefined): void {
  const { 'if-none-match': none, 'if-match': match } = headers;
  if (none !== undefined && none !== '*')
    throw armError(400, 'InvalidParameter', `The value '${none}' of the header If-None-Match is not supported.`);
  if (none !== undefined && existing !== undefined) throw failed('If-None-Match', 'the resource exists');
  if (match === undefined || match === '*') return;
  if (existing === undefined) throw failed('If-Match', 'the resource does not exist');
  if (textAt(existing.body, 'etag') !== match) throw failed('If-Match', 'the resource was changed meanwhile');
}

function failed(header: string, why: string) {
  return armError(412, 'PreconditionFailed', `The precondition of the header ${header} is not met: ${why}.`);
}
