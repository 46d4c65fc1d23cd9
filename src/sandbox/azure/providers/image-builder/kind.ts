import type { JsonObject } from '../../../http.ts';
import { readBody } from '../../body.ts';
import { type ArmErrorBody, armError } from '../../errors.ts';
import { at, objectAt, textAt } from '../../json-path.ts';
import type { Call } from '../../router.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft, ResourceKind } from '../resource-kind.ts';
import { checkBuildVm } from './build-vm.ts';
import { checkDestination } from './destination.ts';
import { changeTemplate } from './patch.ts';
import { provisioningCode } from './problem.ts';
import { checkRequest } from './request-rules.ts';
import { refuseWhileRunning, startRun } from './run.ts';
import { TemplateBody, TemplateProperties } from './schema.ts';
import { sourceOf } from './source.ts';
import { makeStagingGroup, removeStagingGroup } from './staging.ts';
import { checkSteps } from './steps.ts';

/** The described versions, and those that the az CLI sends for the same shapes. */
export const TEMPLATE_VERSIONS: readonly string[] = ['2022-07-01', '2023-07-01', '2024-02-01', '2025-10-01'];

/** Microsoft.VirtualMachineImages/imageTemplates, after the descriptions of 2024-02-01 and 2025-10-01. */
export const TEMPLATE_KIND: ResourceKind = {
  type: 'Microsoft.VirtualMachineImages/imageTemplates',
  versions: TEMPLATE_VERSIONS,
  created: 201,
  seconds: 20,
  keep: [],
  working: 'Creating',
  complete: completeTemplate,
  change: changeTemplate,
  settle: accept,
  failed: tellWhy,
  mayDelete: refuseWhileRunning,
  deleted: ({ body }, world) => removeStagingGroup(textAt(body, 'properties', 'exactStagingResourceGroup'), world),
  show: ({ body }, call) => shown(body, call),
};

function completeTemplate({ call, properties, before }: Draft, world: World): Completed {
  const body = readBody(call, TemplateBody);
  checkRequest(body.identity, body.properties, call.apiVersion);
  if (before) checkUnchanged(before, properties);
  const { provisioningState: _, provisioningError: __, lastRunStatus: ___, ...own } = properties;
  const kept = objectAt(before?.body, 'properties');
  const { exactStagingResourceGroup, lastRunStatus } = kept;
  return {
    top: { identity: identityJson(objectAt(call.body, 'identity'), world) },
    properties: {
      ...own,
      ...(exactStagingResourceGroup !== undefined && { exactStagingResourceGroup }),
      ...(lastRunStatus !== undefined && { lastRunStatus }),
    },
  };
}

/** An image template cannot be changed by PUT once it was created: it has to be deleted first (image-builder-json.md). */
function checkUnchanged(before: Stored, properties: JsonObject): void {
  refuseWhileRunning(before);
  if (textAt(before.body, 'properties', 'provisioningState') === 'Failed') return;
  const old = objectAt(before.body, 'properties');
  const changed = Object.keys(properties).find((name) => JSON.stringify(properties[name]) !== JSON.stringify(old[name]));
  if (changed === undefined) return;
  throw armError(
    409,
    'Conflict',
    `Update/Upgrade of image templates is currently not supported: 'properties.${changed}' differs.`,
    `properties.${changed}`,
  );
}

/** Checks what only shows when the template is created; its staging group comes with it. */
function accept(template: Stored, world: World): void {
  const properties = TemplateProperties.parse(template.body.properties);
  const location = textAt(template.body, 'location') ?? '';
  const source = sourceOf(properties.source, location, world);
  checkSteps(properties, source);
  checkBuildVm(properties, source, location, world);
  for (const distributor of properties.distribute) checkDestination(distributor, source, world);
  const owner = {
    id: template.id,
    location,
    wanted: properties.stagingResourceGroup,
    tags: objectAt(template.body, 'properties', 'managedResourceTags'),
  };
  const staging = textAt(template.body, 'properties', 'exactStagingResourceGroup') ?? makeStagingGroup(owner, world);
  const { provisioningError: _, ...own } = objectAt(template.body, 'properties');
  const ready = world.resources.put(template.id, { ...template.body, properties: { ...own, exactStagingResourceGroup: staging } });
  if (properties.autoRun?.state === 'Enabled') startRun(ready, {}, world);
}

function tellWhy(template: Stored, { code, message }: ArmErrorBody, world: World): void {
  const provisioningError = { provisioningErrorCode: provisioningCode(code), message };
  world.resources.put(template.id, { ...template.body, properties: { ...objectAt(template.body, 'properties'), provisioningError } });
}

function identityJson(identity: JsonObject, world: World): JsonObject {
  const ids = Object.keys(objectAt(identity, 'userAssignedIdentities'));
  const known = ids.map((id) => [id, { principalId: world.nextGuid(), clientId: world.nextGuid() }]);
  return { type: textAt(identity, 'type') ?? 'None', userAssignedIdentities: Object.fromEntries(known) };
}

/** The template as an api-version shows it. */
function shown(body: JsonObject, { apiVersion }: Call): JsonObject {
  if (apiVersion >= '2025-10-01' || at(body, 'properties', 'additionalDataDisks') === undefined) return body;
  const { additionalDataDisks: _, ...properties } = objectAt(body, 'properties');
  return { ...body, properties };
}
