import type { Json, JsonObject } from '../../../http.ts';
import { listAt, objectAt, textAt } from '../../json-path.ts';
import type { World } from '../../world.ts';
import type { Completed, Draft } from '../resource-kind.ts';

/** A network security group; each rule gets an id below it. */
export function completeSecurityGroup({ id, properties, before }: Draft, world: World): Completed {
  return {
    top: { etag: `W/"${world.nextGuid()}"` },
    properties: {
      ...properties,
      securityRules: listAt(properties, 'securityRules').map((given) => rule(id, given, world)),
      defaultSecurityRules: [],
      resourceGuid: textAt(before?.body, 'properties', 'resourceGuid') ?? world.nextGuid(),
    },
  };
}

function rule(group: string, given: Json, world: World): JsonObject {
  const name = textAt(given, 'name') ?? 'rule';
  return {
    ...{
      name,
      id: `${group}/securityRules/${name}`,
      etag: `W/"${world.nextGuid()}"`,
      type: 'Microsoft.Network/networkSecurityGroups/securityRules',
    },
    properties: { ...objectAt(given, 'properties'), provisioningState: 'Succeeded' },
  };
}
