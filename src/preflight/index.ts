import type { BuildPlan, Issue, Preflight } from '../model/index.ts';
import { SCHEMA_VERSION } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { definitionMatches } from './definition.ts';
import { permissionsSuffice } from './permissions.ts';
import { locationsExist, providersRegistered, resourceGroupExists, termsAccepted, versionIsFree } from './place.ts';
import { PROVIDERS } from './providers.ts';
import { type Answer, type AzureState, definitionRef, type PreflightQuestion } from './questions.ts';
import { quotaSuffices, sizesFit } from './sizes.ts';

const QUESTIONS: readonly PreflightQuestion[] = [
  locationsExist,
  resourceGroupExists,
  providersRegistered,
  permissionsSuffice,
  definitionMatches,
  versionIsFree,
  sizesFit,
  quotaSuffices,
  termsAccepted,
];

/** Asks Azure everything that could stop a plan, reads only, and reports all trouble at once. */
export async function checkAzure(plan: BuildPlan, context: Context): Promise<Preflight> {
  const state = await readAzure(plan, context);
  const answers = QUESTIONS.flatMap((question) => question(plan, state));
  return {
    kind: 'Preflight',
    schemaVersion: SCHEMA_VERSION,
    image: plan.image,
    checks: answers.map(({ id, title, status, detail }) => ({ id, title, status, detail })),
    issues: answers.flatMap((answer) => toIssue(plan, answer)),
  };
}

async function readAzure(plan: BuildPlan, { ports }: Context): Promise<AzureState> {
  const { subscription: id, resourceGroup, location } = plan;
  const { subscription, gallery, marketplace } = ports;
  const locations = await subscription.locations(id);
  // Without the subscription every other read fails for the same reason; one clear problem is better than nine.
  if (!locations) return NOTHING;
  const known = locations.includes(location);
  const ref = definitionRef(plan);
  const [group, states, sizes, quotas, definition, version, accepted, permissions] = await Promise.all([
    subscription.resourceGroup(id, resourceGroup),
    Promise.all(PROVIDERS[plan.engine].map(async (name) => [name, await subscription.provider(id, name)] as const)),
    known ? subscription.sizes(id, location) : [],
    known ? subscription.quotas(id, location) : [],
    gallery.definition(ref),
    gallery.version({ ...ref, version: plan.version }),
    plan.base.plan ? marketplace.termsAccepted(id, plan.base.plan) : undefined,
    subscription.permissions(id, resourceGroup),
  ]);
  return {
    locations,
    resourceGroup: group,
    providers: Object.fromEntries(states),
    sizes,
    quotas,
    definition,
    versionExists: version !== undefined,
    termsAccepted: accepted,
    permissions,
  };
}

const NOTHING: AzureState = {
  locations: undefined,
  resourceGroup: undefined,
  providers: {},
  sizes: [],
  quotas: [],
  definition: undefined,
  versionExists: false,
  termsAccepted: undefined,
  permissions: undefined,
};

function toIssue(plan: BuildPlan, { id, status, detail, hint }: Answer): readonly Issue[] {
  if (status === 'pass') return [];
  const severity = status === 'fail' ? 'error' : status === 'warn' ? 'warning' : 'info';
  return [{ severity, code: `PREFLIGHT_${id.toUpperCase().replaceAll('-', '_')}`, message: detail, hint, image: plan.image }];
}
