import { seed } from '../world/seed.ts';
import { groupId } from './ids.ts';
import { Operations } from './operations.ts';
import { ResourceStore } from './store.ts';
import type { World } from './world.ts';

/** Of the seeded identity. */
const PRINCIPAL = 'b1d00000-0000-4000-8000-000000000002';

export interface WorldOptions extends Pick<World, 'clock' | 'signingKey' | 'machine' | 'versions'> {
  /** The one subscription there is; that of `world/account.json` when absent. */
  readonly subscription?: string | undefined;
}

/** The world as it is at the start: the seeded subscription with its resource groups and registered providers, and nothing else in it. */
export function createWorld({ subscription = seed.account.subscription, ...from }: WorldOptions): World {
  const nextGuid = guidRow();
  const { tenant, clientId, clientSecret } = seed.account;
  const resources = new ResourceStore();
  for (const { name, location, tags } of seed.account.resourceGroups) {
    const id = groupId(subscription, name);
    resources.put(id, {
      id,
      name,
      type: 'Microsoft.Resources/resourceGroups',
      location,
      tags,
      properties: { provisioningState: 'Succeeded' },
    });
  }
  for (const { name, resourceGroup, location } of seed.account.identities) {
    const id = `${groupId(subscription, resourceGroup)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const properties = { tenantId: tenant, principalId: PRINCIPAL, clientId: PRINCIPAL, provisioningState: 'Succeeded' };
    resources.put(id, { id, name, type: 'Microsoft.ManagedIdentity/userAssignedIdentities', location, properties });
  }
  for (const provider of seed.providers) {
    const id = `/subscriptions/${subscription}/providers/${provider.namespace}`;
    resources.put(id, { id, ...provider });
  }
  let current = seed;
  return {
    ...from,
    resources,
    operations: new Operations(from.clock, nextGuid),
    get seed() {
      return current;
    },
    changeSeed: (change) => {
      current = change(current);
    },
    tenant,
    subscription,
    clientId,
    clientSecret,
    nextGuid,
  };
}

function guidRow(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${last.toString(16).padStart(12, '0')}`;
  };
}
