import { RegildError } from '../errors.ts';
import type { BuildPlan, Issue, Preflight, Run } from '../model/index.ts';
import { hasStagingName, makerOf, otherTestLocations, SCHEMA_VERSION, stagingName } from '../model/index.ts';
import type { Context, Gallery, Subscription } from '../ports.ts';
import { definitionMatches } from './definition.ts';
import { galleryCanBeShared } from './gallery.ts';
import { identityWorks, networkOf } from './identity.ts';
import { loginReaches, subnetsFit, subnetsOf, zonesExist } from './network.ts';
import { packerIsReady } from './packer.ts';
import { permissionsSuffice } from './permissions.ts';
import { locationsExist, providersRegistered, resourceGroupExists, termsAccepted, versionIsFree } from './place.ts';
import { madeBy, policiesAllow } from './policies.ts';
import { productionCanBeWritten, productionGroup } from './production.ts';
import { PROVIDERS } from './providers.ts';
import { type Answer, type AzureState, NOTHING_READ, PREFLIGHT, type PreflightQuestion } from './questions.ts';
import { containersSuffice, quotaSuffices } from './quota.ts';
import { sizesFit } from './sizes.ts';

const QUESTIONS: readonly PreflightQuestion[] = [
  locationsExist,
  resourceGroupExists,
  zonesExist,
  subnetsFit,
  loginReaches,
  providersRegistered,
  permissionsSuffice,
  productionCanBeWritten,
  identityWorks,
  policiesAllow,
  galleryCanBeShared,
  definitionMatches,
  versionIsFree,
  sizesFit,
  quotaSuffices,
  containersSuffice,
  termsAccepted,
  packerIsReady,
];

/** Asks Azure everything that could stop a plan, reads only, and reports all trouble at once. */
export async function checkAzure(
  plan: BuildPlan,
  context: Context<'marketplace' | 'gallery' | 'subscription' | 'ssh' | 'packer'>,
): Promise<Preflight> {
  const [azure, packer] = await Promise.all([readAzure(plan, context), readPacker(plan, context)]);
  const state = { ...azure, packer };
  const answers = QUESTIONS.flatMap((question) => question(plan, state));
  return {
    kind: 'Preflight',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    checks: answers.map(({ id, title, status, detail }) => ({ id, title, status, detail })),
    issues: answers.flatMap((answer) => toIssue(plan, answer)),
  };
}

async function readAzure(
  plan: BuildPlan,
  { ports, run }: Context<'marketplace' | 'gallery' | 'subscription' | 'ssh'>,
): Promise<Omit<AzureState, 'packer'>> {
  const { subscription: id, resourceGroup, location } = plan;
  const { subscription, gallery, marketplace } = ports;
  const locations = await subscription.locations(id);
  // Without the subscription every other read fails for the same reason; one clear problem is better than nine.
  if (!locations) return NOTHING_READ;
  const known = locations.includes(location);
  const named = [...new Set(subnetsOf(plan).map(({ id }) => id))];
  const [
    group,
    subnets,
    zonal,
    states,
    sizes,
    quotas,
    elsewhere,
    ssh,
    wanted,
    staging,
    accepted,
    permissions,
    subscriptionPermissions,
    production,
    identity,
    policies,
    containerCores,
    shared,
  ] = await Promise.all([
    subscription.resourceGroup(id, resourceGroup),
    Promise.all(named.map(async (subnet) => [subnet, await subscription.subnet(subnet)] as const)),
    plan.regions.some(({ storage }) => storage === 'Standard_ZRS') ? subscription.zonalLocations(id) : undefined,
    Promise.all(PROVIDERS[plan.engine].map(async (name) => [name, await subscription.provider(id, name)] as const)),
    known ? subscription.sizes(id, location) : [],
    known ? subscription.quotas(id, location) : [],
    Promise.all(
      otherTestLocations(plan)
        .filter((place) => locations.includes(place))
        .map(async (place) => {
          const [sizes, quotas] = await Promise.all([subscription.sizes(id, place), subscription.quotas(id, place)]);
          return [place, { sizes, quotas }] as const;
        }),
    ),
    plan.test.login === 'network' ? ports.ssh.version() : undefined,
    readDefinition(plan, plan.definition.name, gallery, run),
    passesThroughStaging(plan) ? readDefinition(plan, stagingName(plan.definition.name), gallery, run) : undefined,
    plan.base.plan ? marketplace.termsAccepted(id, plan.base.plan) : undefined,
    subscription.permissions(id, resourceGroup),
    subscription.permissions(id),
    readProduction(plan, subscription),
    readIdentity(plan, subscription),
    Promise.all(
      madeBy(plan).map(async (made) => ({
        made,
        objections: await subscription.policies(id, made.inGroup ? resourceGroup : undefined, made.resource),
      })),
    ),
    known && plan.engine === 'image-builder' ? subscription.containerCores(id, location) : undefined,
    plan.sharing && gallery.settings({ subscription: id, resourceGroup: plan.sharing.resourceGroup, gallery: plan.sharing.gallery }),
  ]);
  return {
    locations,
    resourceGroup: group,
    subnets: Object.fromEntries(subnets),
    zonal,
    providers: Object.fromEntries(states),
    sizes,
    quotas,
    elsewhere: Object.fromEntries(elsewhere),
    ssh,
    ...wanted,
    staging,
    termsAccepted: accepted,
    permissions,
    subscriptionPermissions,
    production,
    identity,
    policies: group ? policies : [],
    containerCores,
    gallery: shared,
  };
}

/** Packer on this machine, where it is to build. Throws what is no answer, such as an abort. */
async function readPacker({ engine }: BuildPlan, { ports: { packer } }: Context<'packer'>): Promise<AzureState['packer']> {
  if (engine !== 'packer' || packer.kind !== 'program') return undefined;
  try {
    return { version: await packer.version(), plugin: await packer.plugin() };
  } catch (error) {
    if (!(error instanceof RegildError) || error.code !== 'PACKER_MISSING') throw error;
    return { missing: error.message, hint: error.hint };
  }
}

/** The identity that Image Builder works as, with its rights where the versions are written and where the build VM is to stand. */
async function readIdentity({ engine, build, subscription: id, resourceGroup }: BuildPlan, subscription: Subscription) {
  if (engine !== 'image-builder' || build.identity === undefined) return undefined;
  return subscription.identity(build.identity, `/subscriptions/${id}/resourceGroups/${resourceGroup}`, networkOf(build));
}

/** The resource group that tested versions are copied into, and what may be done there. */
async function readProduction(plan: BuildPlan, subscription: Subscription): Promise<AzureState['production']> {
  const group = productionGroup(plan);
  if (group === undefined) return undefined;
  const [found, permissions] = await Promise.all([
    subscription.resourceGroup(plan.subscription, group),
    subscription.permissions(plan.subscription, group),
  ]);
  return { exists: found !== undefined, permissions };
}

/** A name that Azure does not take is a loss of the engine, and is not asked for. */
function passesThroughStaging({ route, definition }: BuildPlan): boolean {
  return route === 'staging-definition' && hasStagingName(definition.name);
}

/** A definition, and whether somebody else has made the planned version already: what this run staged before its folder was lost is gone on with. */
async function readDefinition(
  plan: BuildPlan,
  name: string,
  gallery: Gallery,
  run: Run,
): Promise<Pick<AzureState, 'definition' | 'versionExists'>> {
  const { subscription, resourceGroup, gallery: galleryName, version } = plan;
  const ref = { subscription, resourceGroup, gallery: galleryName, definition: name };
  const [definition, existing] = await Promise.all([gallery.definition(ref), gallery.version({ ...ref, version })]);
  return { definition, versionExists: existing !== undefined && makerOf(existing.tags, run, plan) !== 'this plan' };
}

function toIssue(plan: BuildPlan, { id, status, detail, hint }: Answer): readonly Issue[] {
  if (status === 'pass') return [];
  const severity = status === 'fail' ? 'error' : status === 'warn' ? 'warning' : 'info';
  return [{ severity, code: PREFLIGHT[id], message: detail, hint, image: plan.image }];
}
