import type { Published } from '../published.ts';

const DAY = 86_400_000;

/** As Azure writes the regions of the example. */
const DISPLAY_NAMES: Readonly<Record<string, string>> = {
  northeurope: 'North Europe',
  westeurope: 'West Europe',
  swedencentral: 'Sweden Central',
};

/** The definition as the REST API has it, by what was planned. */
export function definitionOf({ plan, version }: Published): unknown {
  const { name, generation, osType, osState, architecture, identifier, features, description } = plan.definition;
  const own = Object.entries(version.tags).filter(([tag]) => tag === 'regild-run' || !tag.startsWith('regild-'));
  return {
    id: version.versionId.replace(/\/versions\/.*/, ''),
    name,
    type: 'Microsoft.Compute/galleries/images',
    location: plan.location,
    tags: Object.fromEntries(own),
    properties: {
      ...{ description, osType, osState, architecture, identifier, features },
      hyperVGeneration: generation,
      provisioningState: 'Succeeded',
    },
  };
}

/** The version as the REST API has it, by what was planned and published. The time of its making and the image it was made of are as they are read. */
export function versionOf({ plan, version }: Published, read: Read): unknown {
  const published = new Date(version.tags['regild-published'] ?? '').getTime();
  return {
    id: version.versionId,
    name: version.version,
    type: 'Microsoft.Compute/galleries/images/versions',
    location: plan.location,
    tags: version.tags,
    properties: {
      publishingProfile: {
        targetRegions: plan.regions.map(({ name, replicas, storage }) => ({
          name: DISPLAY_NAMES[name],
          regionalReplicaCount: replicas,
          storageAccountType: storage,
          excludeFromLatest: false,
        })),
        replicaCount: 1,
        excludeFromLatest: !version.promoted,
        storageAccountType: 'Standard_LRS',
        replicationMode: 'Full',
        endOfLifeDate: new Date(published + 180 * DAY).toISOString(),
        publishedDate: read.properties.publishingProfile.publishedDate,
      },
      storageProfile: {
        source: read.properties.storageProfile.source,
        osDiskImage: { sizeInGB: plan.build.osDiskSizeGB, hostCaching: 'ReadWrite' },
      },
      safetyProfile: {
        allowDeletionOfReplicatedLocations: false,
        blockDeletionBeforeEndOfLife: true,
        reportedForPolicyViolation: false,
        policyViolations: [],
      },
      provisioningState: 'Succeeded',
      replicationStatus: {
        aggregatedState: 'Completed',
        summary: version.regions.map(({ name, state, progress }) => ({ region: DISPLAY_NAMES[name], state, details: '', progress })),
      },
    },
  };
}

/** The parts of a version that nothing of regild's says. */
interface Read {
  readonly properties: {
    readonly publishingProfile: { readonly publishedDate: string };
    readonly storageProfile: { readonly source: unknown };
  };
}

/** A Marketplace image as the REST API has it, in the plan's words. */
export function baseOf({ id, properties }: ReadImage): unknown {
  const [, publisher, offer, sku, version] = /publishers\/([^/]+)\/.*offers\/([^/]+)\/skus\/([^/]+)\/versions\/([^/]+)/.exec(id) ?? [];
  const { hyperVGeneration, architecture, features } = properties;
  return { urn: { publisher, offer, sku, version }, generation: hyperVGeneration, architecture, features };
}

interface ReadImage {
  readonly id: string;
  readonly properties: { readonly hyperVGeneration: string; readonly architecture: string; readonly features: unknown };
}
