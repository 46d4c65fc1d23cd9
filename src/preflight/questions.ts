import type { BuildPlan, ExistingDefinition, IssueCode, Quota, VmSize } from '../model/index.ts';
import type { ExistingSubnet } from '../ports.ts';

/** What was read from Azure for one plan; undefined or empty where it could not be read. */
export interface AzureState {
  readonly locations: readonly string[] | undefined;
  readonly resourceGroup: { readonly location: string } | undefined;
  /** Of the subnets that the plan names, those that exist, by id. */
  readonly subnets: Readonly<Record<string, ExistingSubnet | 'unreadable' | undefined>>;
  /** Locations with availability zones; undefined when that may not be asked, or nothing depends on it. */
  readonly zonal: readonly string[] | undefined;
  readonly providers: Readonly<Record<string, string>>;
  readonly sizes: readonly VmSize[];
  readonly quotas: readonly Quota[];
  readonly definition: ExistingDefinition | undefined;
  readonly versionExists: boolean;
  /** The same about the staging definition; undefined for a plan that needs none. */
  readonly staging: Pick<AzureState, 'definition' | 'versionExists'> | undefined;
  readonly termsAccepted: boolean | undefined;
  /** On the resource group of the gallery. */
  readonly permissions: readonly { readonly actions: readonly string[]; readonly notActions: readonly string[] }[] | undefined;
  /** On the subscription, in which temporary groups are made. */
  readonly subscriptionPermissions: AzureState['permissions'];
}

/** What preflight asks about, and the code of the issue when the answer is not a plain yes. */
export const PREFLIGHT = {
  subscription: 'PREFLIGHT_SUBSCRIPTION',
  region: 'PREFLIGHT_REGION',
  'resource-group': 'PREFLIGHT_RESOURCE_GROUP',
  zones: 'PREFLIGHT_ZONES',
  subnet: 'PREFLIGHT_SUBNET',
  provider: 'PREFLIGHT_PROVIDER',
  definition: 'PREFLIGHT_DEFINITION',
  version: 'PREFLIGHT_VERSION',
  terms: 'PREFLIGHT_TERMS',
  size: 'PREFLIGHT_SIZE',
  quota: 'PREFLIGHT_QUOTA',
  permission: 'PREFLIGHT_PERMISSION',
} as const satisfies Record<string, IssueCode>;
export type PreflightId = keyof typeof PREFLIGHT;

/** One question of preflight with its answer. */
export interface Answer {
  readonly id: PreflightId;
  readonly title: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly detail: string;
  /** Needed for anything but a pass. */
  readonly hint?: string;
}

/** A question that decides purely from the plan and what was read. */
export type PreflightQuestion = (plan: BuildPlan, state: AzureState) => readonly Answer[];
