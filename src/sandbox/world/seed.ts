import account from './account.json' with { type: 'json' };
import locations from './locations.json' with { type: 'json' };
import marketplace from './marketplace.json' with { type: 'json' };
import providers from './providers.json' with { type: 'json' };
import sizes from './sizes.json' with { type: 'json' };
import usage from './usage.json' with { type: 'json' };

/** A policy that denies: resources without a tag, or of a type. */
export interface PolicySeed {
  readonly name: string;
  readonly requiredTag?: string | undefined;
  readonly deniedType?: string | undefined;
}

/** The tenant and subscription, who calls, and what the subscription allows. */
export type AccountSeed = Omit<typeof account, 'policies'> & { readonly policies: readonly PolicySeed[] };

/** An Azure region. */
export interface LocationSeed {
  readonly name: string;
  readonly displayName: string;
  readonly geographyGroup: string;
  readonly physicalLocation: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly zones: boolean;
  /** Absent for regions that have no pair. */
  readonly pairedRegion?: string | undefined;
}

/** A VM size, in the terms of Microsoft.Compute/skus. */
export interface SizeSeed {
  readonly name: string;
  readonly family: string;
  readonly vcpus: number;
  readonly memoryGB: number;
  readonly architecture: string;
  readonly generations: string;
  readonly controllers?: string;
  readonly trustedLaunch: boolean;
  readonly confidential?: string;
  readonly premiumStorage: boolean;
  readonly temporaryDiskMB: number;
  readonly dataDisks: number;
  readonly acceleratedNetworking: boolean;
  readonly restrictedIn?: readonly string[];
  readonly absentFrom?: readonly string[];
}

/** No room for VMs of a size, in one zone or everywhere: what Azure answers to who asks for one. */
export interface ShortageSeed {
  readonly vmSize: string;
  readonly zone?: string | undefined;
  readonly code: string;
  readonly message: string;
}

/** One quota of Microsoft.Compute in a location. */
export interface UsageSeed {
  readonly name: string;
  readonly label: string;
  readonly used: number;
  readonly limit: number;
}

/** A SKU of the Marketplace with its versions, oldest first. */
export interface MarketplaceSeed {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly osType: string;
  readonly architecture: string;
  readonly generation: string;
  readonly features: readonly { readonly name: string; readonly value: string }[];
  readonly diskGB: number;
  readonly versions: readonly string[];
  readonly plan?: { readonly name: string; readonly product: string; readonly publisher: string };
  readonly deprecation?: {
    readonly state: string;
    readonly time: string;
    readonly alternative: { readonly type: string; readonly value: string };
  };
}

/** A resource provider and what it offers. */
export interface ProviderSeed {
  readonly namespace: string;
  readonly registrationState: string;
  readonly resourceTypes: readonly string[];
}

/** What the Azure side of the sandbox knows before anyone asks it for anything. */
export interface Seed {
  readonly account: AccountSeed;
  readonly locations: readonly LocationSeed[];
  readonly sizes: readonly SizeSeed[];
  readonly usage: readonly UsageSeed[];
  readonly shortages: readonly ShortageSeed[];
  readonly marketplace: readonly MarketplaceSeed[];
  readonly providers: readonly ProviderSeed[];
}

const featureSets: Readonly<Record<string, Readonly<Record<string, string>>>> = marketplace.featureSets;

/** The world that ships with regild. */
export const seed: Seed = {
  account,
  locations: locations.locations,
  sizes: sizes.sizes,
  usage: usage.usage,
  shortages: [],
  marketplace: marketplace.images.map((image) => ({ ...image, features: featureList(image.features) })),
  providers: providers.providers,
};

function featureList(set: string): MarketplaceSeed['features'] {
  return Object.entries(featureSets[set] ?? {}).map(([name, value]) => ({ name, value }));
}
