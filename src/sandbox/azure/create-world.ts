import { seed } from '../world/seed.ts';
import { groupId } from './ids.ts';
import { type Operation, Operations } from './operations.ts';
import { ResourceStore, type Stored } from './store.ts';
import type { World } from './world.ts';

/** Of the seeded identity. */
const PRINCIPAL = 'b1d00000-0000-4000-8000-000000000002';

export interface WorldOptions extends Pick<World, 'clock' | 'signingKey' | 'machine' | 'versions'> {
  /** The one subscription there is; that of `world/account.json` when absent. */
  readonly subscription?: string | undefined;
  /** What was there before, in place of what a subscription starts with. */
  readonly rest?: WorldRest | undefined;
}

/** What is left of a world in which nothing is under way. */
export interface WorldRest {
  readonly resources: readonly Stored[];
  readonly operations: readonly Operation[];
  readonly blobs: readonly (readonly [name: string, text: string])[];
  readonly guidsTaken: number;
}

/** The world as it is at the start: the seeded subscription with its resource groups and registered providers, and nothing else in it; or as `rest` says. */
export function createWorld({ subscription = seed.account.subscription, rest, ...from }: WorldOptions): World {
  const guids = guidRow(rest?.guidsTaken ?? 0);
  const { tenant, clientId, clientSecret } = seed.account;
  const resources = new ResourceStore();
  for (const { id, body, hidden } of rest?.resources ?? seededResources(subscription)) resources.put(id, body, hidden);
  let current = seed;
  return {
    ...from,
    resources,
    operations: new Operations(from.clock, guids.next, rest?.operations),
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
    nextGuid: guids.next,
    guidsTaken: guids.taken,
    nextRequestId: guidRow(0).next,
    blobs: new Map(rest?.blobs),
  };
}

function seededResources(subscription: string): readonly Stored[] {
  const { tenant, resourceGroups, identities } = seed.account;
  const groups = resourceGroups.map(({ name, location, tags }) => {
    const id = groupId(subscription, name);
    const type = 'Microsoft.Resources/resourceGroups';
    return { id, body: { id, name, type, location, tags, properties: { provisioningState: 'Succeeded' } } };
  });
  const people = identities.map(({ name, resourceGroup, location }) => {
    const id = `${groupId(subscription, resourceGroup)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
    const properties = { tenantId: tenant, principalId: PRINCIPAL, clientId: PRINCIPAL, provisioningState: 'Succeeded' };
    return { id, body: { id, name, type: 'Microsoft.ManagedIdentity/userAssignedIdentities', location, properties } };
  });
  const providers = seed.providers.map((provider) => {
    const id = `/subscriptions/${subscription}/providers/${provider.namespace}`;
    return { id, body: { id, ...provider } };
  });
  return [...groups, ...people, ...providers].map((resource) => ({ ...resource, hidden: {} }));
}

function guidRow(start: number): { readonly next: () => string; readonly taken: () => number } {
  let last = start;
  return {
    next: () => {
      last += 1;
      return `00000000-0000-4000-8000-${last.toString(16).padStart(12, '0')}`;
    },
    taken: () => last,
  };
}
