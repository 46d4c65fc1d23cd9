import type { JsonObject } from '../../../http.ts';
import { groupId, nameOf, normalLocation, parseId } from '../../ids.ts';
import { textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import { refused } from './problem.ts';

/** The template that a staging group is for. */
export interface Owner {
  readonly id: string;
  readonly location: string;
  /** Group that the template names; a new one is made when it names none, or one that does not exist. */
  readonly wanted: string | undefined;
  readonly tags: JsonObject;
}

/** Makes sure of the staging resource group, and gives its id. Throws BadStagingResourceGroup for one that is not empty or somewhere else. */
export function makeStagingGroup({ id, location, wanted, tags }: Owner, world: World): string {
  const { subscription, group } = parseId(id);
  const name = `IT_${group}_${nameOf(id)}_${world.nextGuid()}`.slice(0, 90);
  const stagingId = wanted ? groupId(subscription, nameOf(wanted)) : groupId(subscription, name);
  const existing = world.resources.get(stagingId);
  if (
    existing &&
    (world.resources.below(stagingId).length > 0 || normalLocation(textAt(existing.body, 'location') ?? '') !== normalLocation(location))
  ) {
    throw refused('BadStagingResourceGroup', `The staging resource group '${stagingId}' must be empty and in ${location}.`);
  }
  const own = { createdBy: 'AzureVMImageBuilder', imageTemplateName: nameOf(id), imageTemplateResourceGroupName: group };
  const body = { id: stagingId, name: nameOf(stagingId), type: 'Microsoft.Resources/resourceGroups', location, tags: { ...tags, ...own } };
  world.resources.put(stagingId, { ...body, properties: { provisioningState: 'Succeeded' } });
  return stagingId;
}

/** Takes the staging group away with all that is in it. */
export function removeStagingGroup(id: string | undefined, world: World): void {
  if (id !== undefined) world.resources.delete(id);
}
