import * as z from 'zod';
import { RegildError } from '../../errors.ts';
import { normalLocation, type Quota } from '../../model/index.ts';
import type { ExistingSubnet, PlannedResource, Subscription } from '../../ports.ts';
import { memoise } from '../memoise.ts';
import { armPath } from './connection/arm-path.ts';
import type { AzureConnection } from './connection/index.ts';
import { asAzure, ifAnswered, understood, unlessMissing } from './errors/index.ts';
import { grantsAt, readIdentity } from './identities.ts';
import { groupId } from './ids.ts';
import { readPolicies } from './policies.ts';
import { RESOURCES } from './resource-group.ts';
import { readSizes } from './sizes.ts';

const Group = z.object({ location: z.string() });
const ZoneMapping = z.object({ location: z.string(), zones: z.array(z.string()).default([]) });
const Provider = z.object({
  registrationState: z.string(),
  resourceTypes: z
    .array(
      z.object({ resourceType: z.string(), locations: z.array(z.string()).default([]), zoneMappings: z.array(ZoneMapping).optional() }),
    )
    .default([]),
});
type Provider = z.infer<typeof Provider>;
const Permissions = z.object({
  value: z.array(z.object({ actions: z.array(z.string()).default([]), notActions: z.array(z.string()).default([]) })),
});

/** Reads about a subscription. Answers are remembered for one run. */
export function createSubscription(connection: AzureConnection): Subscription {
  const provider = memoise((subscription: string, namespace: string) => readProvider(connection, subscription, namespace));
  // Images of a fleet make resources that differ in tags that no policy tells apart: equal questions are asked once.
  const policies = memoise((question: string) => {
    const [subscription, group, resource] = JSON.parse(question) as [string, string | null, PlannedResource];
    return readPolicies(connection, subscription, group ?? undefined, resource);
  });
  return {
    locations: (subscription) => locations(provider, subscription),
    resourceGroup: memoise((subscription: string, name: string) => readGroup(connection, subscription, name)),
    provider: async (subscription, namespace) => (await provider(subscription, namespace))?.registrationState ?? 'NotRegistered',
    zonalLocations: (subscription) => zonalLocations(provider, subscription),
    subnet: memoise((id: string) => readSubnet(connection, id)),
    identity: memoise((id: string, group: string, network?: string) => readIdentity(connection, id, group, network)),
    policies: (subscription, resourceGroup, resource) => policies(JSON.stringify([subscription, resourceGroup, resource])),
    containerCores: memoise((subscription: string, location: string) => readContainerCores(connection, subscription, location)),
    sizes: memoise((subscription: string, location: string) => readSizes(connection, subscription, location)),
    quotas: memoise((subscription: string, location: string) => readQuotas(connection, subscription, location)),
    permissions: memoise((subscription: string, resourceGroup?: string) => readPermissions(connection, subscription, resourceGroup)),
  };
}

type ReadProvider = (subscription: string, namespace: string) => Promise<Provider | undefined>;

/** Where the subscription can have VMs, read from Microsoft.Compute itself: `/locations` also lists places that compute does not serve. */
async function locations(provider: ReadProvider, subscription: string): Promise<readonly string[] | undefined> {
  try {
    const compute = await provider(subscription, 'Microsoft.Compute');
    const machines = compute?.resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === 'virtualmachines');
    return (machines?.locations ?? []).map(normalLocation);
  } catch (error) {
    if (error instanceof RegildError && ['SubscriptionNotFound', 'InvalidSubscriptionId'].includes(String(error.details.armCode)))
      return undefined;
    throw error;
  }
}

/** Where VMs can stand in zones, by the same answer. */
async function zonalLocations(provider: ReadProvider, subscription: string): Promise<readonly string[] | undefined> {
  const compute = await provider(subscription, 'Microsoft.Compute');
  const machines = compute?.resourceTypes.find(({ resourceType }) => resourceType.toLowerCase() === 'virtualmachines');
  return machines?.zoneMappings?.filter(({ zones }) => zones.length > 0).map(({ location }) => normalLocation(location));
}

async function readProvider(connection: AzureConnection, subscription: string, namespace: string): Promise<Provider | undefined> {
  const scope = `/subscriptions/${subscription}`;
  const attempt = {
    doing: `read the resource provider ${namespace} of the subscription ${subscription}`,
    action: `${namespace}/*/read`,
    scope,
  };
  const path = armPath`/subscriptions/${subscription}/providers/${namespace}`;
  const answer = await unlessMissing(attempt, async () => (await connection.arm()).get(path, RESOURCES));
  return answer === undefined ? undefined : understood(Provider, answer, attempt);
}

async function readGroup(
  connection: AzureConnection,
  subscription: string,
  name: string,
): Promise<{ readonly location: string } | undefined> {
  const action = 'Microsoft.Resources/subscriptions/resourceGroups/read';
  const attempt = { doing: `read the resource group ${name}`, action, scope: groupId(subscription, name) };
  const path = armPath`/subscriptions/${subscription}/resourcegroups/${name}`;
  const answer = await unlessMissing(attempt, async () => (await connection.arm()).get(path, RESOURCES));
  return answer === undefined ? undefined : { location: normalLocation(understood(Group, answer, attempt).location) };
}

/** API version of Microsoft.Network. */
const NETWORKS = '2023-09-01';
const Delegation = z.object({ properties: z.object({ serviceName: z.string().optional() }).default({}) });
const Subnet = z.object({
  id: z.string(),
  properties: z.object({
    privateLinkServiceNetworkPolicies: z.string().default('Enabled'),
    delegations: z.array(Delegation).default([]),
  }),
});
const Network = z.object({ location: z.string(), properties: z.object({ subnets: z.array(Subnet).default([]) }) });

async function readSubnet(connection: AzureConnection, id: string): Promise<ExistingSubnet | 'unreadable' | undefined> {
  const [, , subscription = '', , group = '', , , , network = ''] = id.split('/');
  const path = armPath`/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/${network}`;
  const attempt = { doing: `read the subnet ${id}`, action: 'Microsoft.Network/virtualNetworks/read', scope: path };
  const answer = await unlessMissing(attempt, async () => (await connection.arm()).get(path, NETWORKS)).catch(unlessDenied);
  if (answer === 'unreadable') return answer;
  if (answer === undefined) return undefined;
  const { location, properties } = understood(Network, answer, attempt);
  const found = properties.subnets.find((subnet) => subnet.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) return undefined;
  const { privateLinkServiceNetworkPolicies: policies, delegations } = found.properties;
  return {
    location: normalLocation(location),
    privateLinkServicePolicies: policies?.toLowerCase() !== 'disabled',
    delegatedTo: delegations.flatMap(({ properties: { serviceName } }) => serviceName ?? []),
    toCaller: await grantsAt(connection, id),
  };
}

/** Who may join a subnet may not always read it: the build shows then. */
function unlessDenied(error: unknown): 'unreadable' {
  if (error instanceof RegildError && error.code === 'CLOUD_DENIED') return 'unreadable';
  throw error;
}

async function readQuotas(connection: AzureConnection, subscription: string, location: string): Promise<readonly Quota[]> {
  const scope = `/subscriptions/${subscription}`;
  return asAzure({ doing: `read the quota of ${location}`, action: 'Microsoft.Compute/locations/usages/read', scope }, async () => {
    const { usage } = await connection.compute(subscription);
    const listed = await Array.fromAsync(usage.list(location));
    return listed.map(({ name, currentValue, limit }) => ({ name: name.value ?? '', used: currentValue, limit }));
  });
}

const ContainerUsage = z.object({
  value: z.array(z.object({ name: z.object({ value: z.string() }), currentValue: z.number(), limit: z.number() })),
});

async function readContainerCores(connection: AzureConnection, subscription: string, location: string): Promise<Quota | undefined> {
  const scope = `/subscriptions/${subscription}`;
  const attempt = { doing: `read the container quota of ${location}`, action: 'Microsoft.ContainerInstance/locations/usages/read', scope };
  const path = armPath`/subscriptions/${subscription}/providers/Microsoft.ContainerInstance/locations/${location}/usages`;
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).get(path, '2023-05-01'));
  const cores =
    answer === undefined ? undefined : understood(ContainerUsage, answer, attempt).value.find(({ name }) => name.value === 'StandardCores');
  return cores && { name: cores.name.value, used: cores.currentValue, limit: cores.limit };
}

async function readPermissions(connection: AzureConnection, subscription: string, resourceGroup: string | undefined) {
  const [scope, root, name] =
    resourceGroup === undefined
      ? [`/subscriptions/${subscription}`, armPath`/subscriptions/${subscription}`, 'the subscription']
      : [groupId(subscription, resourceGroup), armPath`/subscriptions/${subscription}/resourceGroups/${resourceGroup}`, resourceGroup];
  const attempt = { doing: `read the permissions on ${name}`, action: 'Microsoft.Authorization/permissions/read', scope };
  const path = `${root}/providers/Microsoft.Authorization/permissions`;
  const answer = await ifAnswered(attempt, async () => (await connection.arm()).get(path, '2022-04-01'));
  return answer === undefined ? undefined : understood(Permissions, answer, attempt).value;
}
