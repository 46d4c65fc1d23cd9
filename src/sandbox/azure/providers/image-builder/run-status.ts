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

/** The words with which the service tells that a build failed, with the place of the log that says why (image-builder-troubleshoot.md). */
export function failureMessage(reason: string, runId: string): string {
  const log = `https://stagingstorage.blob.core.windows.net/packerlogs/${runId}/customization.log`;
  return `Failed while waiting for packerizer: Error when executing packerizer: Packer build command has failed: exit status 1. ${reason} Image Build log location: ${log}. OperationId: ${runId}. Use this operationId to search packer logs.`;
}
