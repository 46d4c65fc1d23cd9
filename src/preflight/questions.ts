import type { BuildPlan, ExistingDefinition, ExistingGallery, IssueCode, Quota, VmSize } from '../model/index.ts';
import type { ExistingIdentity, ExistingSubnet, PlannedResource, PolicyObjection } from '../ports.ts';

/** What a build makes, as policies are asked about it; `inGroup` = in the resource group of the gallery, else in a temporary one. */
export interface Made {
  readonly what: string;
  readonly inGroup: boolean;
  /** Whose hand makes it, where that is not regild's: its type, place and tags are known, and the rest is not. */
  readonly by?: 'Image Builder' | 'Packer';
  readonly resource: PlannedResource;
}

/** What a location has for VMs. */
export type Room = Pick<AzureState, 'sizes' | 'quotas'>;

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
  /** The same of the other locations in which test VMs are to stand, as far as they exist. */
  readonly elsewhere: Readonly<Record<string, Room>>;
  /** The SSH client here; undefined when there is none, or nobody logs in over the network. */
  readonly ssh: string | undefined;
  /** Cores of isolated builds; undefined when that may not be asked, or the engine has none. */
  readonly containerCores: Quota | undefined;
  /** The build identity; undefined when it does not exist or none is named. */
  readonly identity: ExistingIdentity | 'unreadable' | undefined;
  /** What policies say of each resource that is to be made. */
  readonly policies: readonly { readonly made: Made; readonly objections: readonly PolicyObjection[] | undefined }[];
  readonly definition: ExistingDefinition | undefined;
  readonly versionExists: boolean;
  /** The gallery that is to be shared; undefined when it does not exist yet, or is not shared beside roles. */
  readonly gallery?: ExistingGallery | undefined;
  /** The same about the staging definition; undefined for a plan that needs none. */
  readonly staging: Pick<AzureState, 'definition' | 'versionExists'> | undefined;
  readonly termsAccepted: boolean | undefined;
  /** On the resource group of the gallery. */
  readonly permissions: readonly { readonly actions: readonly string[]; readonly notActions: readonly string[] }[] | undefined;
  /** The resource group of the production gallery; undefined for a plan without one, or with one in the same group. */
  readonly production: { readonly exists: boolean; readonly permissions: AzureState['permissions'] } | undefined;
  /** HashiCorp Packer on this machine; undefined where the engine is another, or no program runs. */
  readonly packer: PackerState | undefined;
  /** On the subscription, in which temporary groups are made. */
  readonly subscriptionPermissions: AzureState['permissions'];
}

/** What is known of Packer: its version and that of its azure plugin, or why it cannot build. */
export type PackerState =
  | { readonly version: string; readonly plugin: string | undefined }
  | { readonly missing: string; readonly hint: string | undefined };

/** The state where Azure gave nothing to read. */
export const NOTHING_READ: AzureState = {
  locations: undefined,
  resourceGroup: undefined,
  subnets: {},
  zonal: undefined,
  providers: {},
  sizes: [],
  quotas: [],
  elsewhere: {},
  ssh: undefined,
  definition: undefined,
  versionExists: false,
  staging: undefined,
  termsAccepted: undefined,
  permissions: undefined,
  subscriptionPermissions: undefined,
  production: undefined,
  packer: undefined,
  identity: undefined,
  policies: [],
  containerCores: undefined,
};

/** What preflight asks about, and the code of the issue when the answer is not a plain yes. */
export const PREFLIGHT = {
  subscription: 'PREFLIGHT_SUBSCRIPTION',
  region: 'PREFLIGHT_REGION',
  'resource-group': 'PREFLIGHT_RESOURCE_GROUP',
  zones: 'PREFLIGHT_ZONES',
  subnet: 'PREFLIGHT_SUBNET',
  login: 'PREFLIGHT_LOGIN',
  provider: 'PREFLIGHT_PROVIDER',
  definition: 'PREFLIGHT_DEFINITION',
  version: 'PREFLIGHT_VERSION',
  terms: 'PREFLIGHT_TERMS',
  size: 'PREFLIGHT_SIZE',
  quota: 'PREFLIGHT_QUOTA',
  permission: 'PREFLIGHT_PERMISSION',
  identity: 'PREFLIGHT_IDENTITY',
  policy: 'PREFLIGHT_POLICY',
  packer: 'PREFLIGHT_PACKER',
  gallery: 'PREFLIGHT_GALLERY',
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
