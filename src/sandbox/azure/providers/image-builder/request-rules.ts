import { armError } from '../../errors.ts';
import type { Distributor, Identity, TemplateProperties } from './schema.ts';

/** Fields that came with 2025-10-01, by the path that leads to them. */
const SINCE_2025 = ['additionalDataDisks', 'optimize.workload', 'distribute.*.replicationMode'];

/** Checks what the service refuses before it starts to create anything. Throws 400. */
export function checkRequest(identity: Identity | undefined, properties: TemplateProperties, apiVersion: string): void {
  checkIdentity(identity);
  checkApiVersion(properties, apiVersion);
  checkTimeout(properties.buildTimeoutInMinutes ?? 0);
  checkOutputs(properties.distribute);
  for (const distributor of properties.distribute) checkRegions(distributor);
}

/** A template works as exactly one user-assigned identity. */
export function checkIdentity(identity: Identity | undefined): void {
  const count = Object.keys(identity?.userAssignedIdentities ?? {}).length;
  if (identity?.type === 'UserAssigned' && count === 1) return;
  const message = `The template must have exactly one user assigned identity, but has ${identity?.type === 'UserAssigned' ? count : 'none'}.`;
  throw armError(400, 'InvalidIdentity', message, 'identity');
}

/** Each artifact needs a run output name of its own. */
export function checkOutputs(distribute: readonly Distributor[]): void {
  const names = distribute.map(({ runOutputName }) => runOutputName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw armError(400, 'ValidationFailed', `The runOutputName '${twice}' is used more than once.`, 'properties.distribute');
}

function checkApiVersion(properties: TemplateProperties, apiVersion: string): void {
  if (apiVersion >= '2025-10-01') return;
  const early = SINCE_2025.find((path) => reaches(properties, path.split('.')));
  if (early === undefined) return;
  const member = early.slice(early.lastIndexOf('.') + 1);
  throw armError(
    400,
    'InvalidRequestContent',
    `Could not find member '${member}' on object. Path 'properties.${early}'.`,
    `properties.${early}`,
  );
}

function reaches(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return value !== undefined;
  if (key === '*') return Array.isArray(value) && value.some((one) => reaches(one, rest));
  return typeof value === 'object' && value !== null && reaches(Object.entries(value).find(([name]) => name === key)?.[1], rest);
}

function checkTimeout(minutes: number): void {
  // 0 stands for the default of 240 minutes; from 1 to 5 the service refuses (image-builder-json.md).
  if (minutes === 0 || minutes >= 6) return;
  throw armError(
    400,
    'ValidationFailed',
    `buildTimeoutInMinutes must be 0 or between 6 and 960, but is ${minutes}.`,
    'properties.buildTimeoutInMinutes',
  );
}

function checkRegions(distributor: Distributor): void {
  if (distributor.type !== 'SharedImage' || !distributor.targetRegions || !distributor.replicationRegions) return;
  throw armError(400, 'ValidationFailed', 'replicationRegions and targetRegions cannot both be specified.', 'properties.distribute');
}
