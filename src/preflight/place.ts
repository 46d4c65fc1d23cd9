import { type BuildPlan, stagingName } from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

/** The subscription is visible, and every region of the plan exists in it. */
export function locationsExist(plan: BuildPlan, { locations }: AzureState): readonly Answer[] {
  const title = 'subscription and regions';
  if (!locations) {
    return [
      {
        id: 'subscription',
        title,
        status: 'fail',
        detail: `the subscription ${plan.subscription} does not exist or is not visible to this identity`,
        hint: 'check `target.subscription`, and which tenant and account `az account show` names',
      },
    ];
  }
  const wanted = [...new Set([plan.location, ...plan.regions.map(({ name }) => name)])];
  const unknown = wanted.filter((name) => !locations.includes(name));
  if (unknown.length === 0) return [{ id: 'region', title, status: 'pass', detail: `${wanted.length} regions exist` }];
  return unknown.map((name) => ({
    id: 'region',
    title,
    status: 'fail',
    detail: `the region ${name} does not exist in the subscription`,
    hint: `did you mean ${nearest(name, locations)}? \`az account list-locations\` lists them`,
  }));
}

/** The location that shares the longest start with a name: region names differ mostly in their ends. */
function nearest(name: string, locations: readonly string[]): string {
  const shared = (other: string) => [...other].findIndex((letter, index) => letter !== name[index]);
  const score = (other: string) => (shared(other) < 0 ? other.length : shared(other));
  return locations.toSorted((a, b) => score(b) - score(a) || (a < b ? -1 : 1))[0] ?? 'another region';
}

/** The resource group of the gallery exists: regild does not choose where a company keeps its images. */
export function resourceGroupExists(plan: BuildPlan, { locations, resourceGroup }: AzureState): readonly Answer[] {
  if (!locations) return [];
  const title = 'resource group';
  if (resourceGroup)
    return [{ id: 'resource-group', title, status: 'pass', detail: `${plan.resourceGroup} exists in ${resourceGroup.location}` }];
  return [
    {
      id: 'resource-group',
      title,
      status: 'fail',
      detail: `the resource group ${plan.resourceGroup} does not exist in subscription ${plan.subscription}`,
      hint: `create it: az group create --name ${plan.resourceGroup} --location ${plan.location}`,
    },
  ];
}

/** Every resource provider that the engine uses is registered. */
export function providersRegistered(_plan: BuildPlan, { providers }: AzureState): readonly Answer[] {
  const missing = Object.entries(providers).filter(([, state]) => state !== 'Registered');
  const title = 'resource providers';
  if (missing.length === 0) {
    return Object.keys(providers).length
      ? [{ id: 'provider', title, status: 'pass', detail: `${Object.keys(providers).join(', ')} are registered` }]
      : [];
  }
  return missing.map(([name, state]) => ({
    id: 'provider',
    title,
    status: 'fail',
    detail: `the resource provider ${name} is ${state}`,
    hint: `register it: az provider register --namespace ${name}`,
  }));
}

/** The version name that was planned has not been taken meanwhile, also not in the staging definition. */
export function versionIsFree(plan: BuildPlan, { locations, versionExists, staging }: AzureState): readonly Answer[] {
  if (!locations) return [];
  const title = 'version name';
  if (!versionExists && !staging?.versionExists) return [{ id: 'version', title, status: 'pass', detail: `${plan.version} is free` }];
  return [
    {
      id: 'version',
      title,
      status: 'fail',
      detail: `version ${plan.version} of ${versionExists ? plan.definition.name : stagingName(plan.definition.name)} exists already`,
      hint: 'another run is building this image; plan again to get the next number',
    },
  ];
}

/** Terms of a purchase plan are accepted once per subscription and plan, before the first VM. */
export function termsAccepted(plan: BuildPlan, state: AzureState): readonly Answer[] {
  if (!plan.base.plan || !state.locations) return [];
  const { publisher, offer, sku, version } = plan.base.urn;
  const title = 'Marketplace terms';
  const hint = `accept them: az vm image terms accept --urn ${publisher}:${offer}:${sku}:${version}`;
  if (state.termsAccepted) return [{ id: 'terms', title, status: 'pass', detail: `terms of ${plan.base.plan.name} are accepted` }];
  if (state.termsAccepted === undefined) {
    return [
      { id: 'terms', title, status: 'unknown', detail: `cannot see whether the terms of plan ${plan.base.plan.name} are accepted`, hint },
    ];
  }
  return [
    { id: 'terms', title, status: 'fail', detail: `the terms of plan ${plan.base.plan.name} are not accepted in this subscription`, hint },
  ];
}
