import type { JsonObject } from '../../../http.ts';
import { objectAt } from '../../json-path.ts';
import type { World } from '../../world.ts';

/** Changes `lastRunStatus` of a template that is still there; a status of undefined takes the field away. */
export function setRunStatus(id: string, change: JsonObject, world: World): void {
  const template = world.resources.get(id);
  if (!template) return;
  const properties = objectAt(template.body, 'properties');
  const merged = Object.entries({ ...objectAt(properties, 'lastRunStatus'), ...change }).filter(([, value]) => value !== undefined);
  world.resources.put(id, { ...template.body, properties: { ...properties, lastRunStatus: Object.fromEntries(merged) } });
}

/** The words with which the service tells that a build failed, with the place of the log that says why (Azure/azure-powershell#24244). */
export function failureMessage(reason: string, place: string, runId: string): string {
  return `Failed while waiting for packerizer: Packer build command has failed: exit status 1. ${reason} During the image build a failure has occurred. Packer build logs are at location ${place}. OperationId: ${runId}. Use this operationId to search packer logs.`;
}
