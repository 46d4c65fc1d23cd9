import * as z from 'zod';

/**
 * What the SDKs read of answers without a look, and regild then takes from them: an SDK gives on what came, whatever it is. Fields that a service may leave
 * out are optional, and null where it writes that for none. Source: azure-rest-api-specs, Microsoft.Compute and Microsoft.VirtualMachineImages.
 */
const Text = z.string();
const Texts = z.array(Text);
const Flag = z.boolean();
const Moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
const Tags = z.record(z.string(), z.string()).nullish();
const Feature = z.object({ name: Text.nullish(), value: Text.nullish() });
const Resource = z.object({ id: Text, name: Text, location: Text, tags: Tags });

const Region = z.object({
  name: Text,
  regionalReplicaCount: z.number().nullish(),
  storageAccountType: Text.nullish(),
  excludeFromLatest: Flag.nullish(),
});
const PublishingProfile = z.object({
  excludeFromLatest: Flag.nullish(),
  publishedDate: Moment.nullish(),
  endOfLifeDate: Moment.nullish(),
  replicaCount: z.number().nullish(),
  storageAccountType: Text.nullish(),
  targetRegions: z.array(Region).nullish(),
});
const RegionStatus = z.object({ region: Text, state: Text.nullish(), progress: z.number().nullish(), details: Text.nullish() });
const Version = Resource.extend({
  properties: z.object({
    provisioningState: Text,
    publishingProfile: PublishingProfile.nullish(),
    storageProfile: z
      .object({
        source: z.object({ id: Text.nullish() }).nullish(),
        osDiskImage: z.object({ sizeInGB: z.number().nullish() }).nullish(),
      })
      .nullish(),
    replicationStatus: z.object({ summary: z.array(RegionStatus).nullish() }).nullish(),
    safetyProfile: z.object({ blockDeletionBeforeEndOfLife: Flag.nullish(), allowDeletionOfReplicatedLocations: Flag.nullish() }).nullish(),
  }),
});

const Plan = z.object({ name: Text.nullish(), publisher: Text.nullish(), product: Text.nullish() });
const Definition = Resource.extend({
  properties: z.object({
    osType: Text,
    osState: Text,
    hyperVGeneration: Text.nullish(),
    architecture: Text.nullish(),
    identifier: z.object({ publisher: Text, offer: Text, sku: Text }),
    features: z.array(Feature).nullish(),
    purchasePlan: Plan.nullish(),
    provisioningState: Text.nullish(),
  }),
});
const Gallery = Resource.extend({
  properties: z.object({
    softDeletePolicy: z.object({ isSoftDeleteEnabled: Flag.nullish() }).nullish(),
    sharingProfile: z
      .object({
        permissions: Text.nullish(),
        groups: z.array(z.object({ type: Text.nullish(), ids: Texts.nullish() })).nullish(),
        communityGalleryInfo: z.object({ publicNames: Texts.nullish() }).nullish(),
      })
      .nullish(),
  }),
});

const MarketplaceImage = z.object({
  name: Text,
  properties: z.object({
    plan: Plan.required().nullish(),
    osDiskImage: z.object({ operatingSystem: Text }).nullish(),
    architecture: Text.nullish(),
    hyperVGeneration: Text.nullish(),
    features: z.array(Feature).nullish(),
    imageDeprecationStatus: z
      .object({
        imageState: Text.nullish(),
        scheduledDeprecationTime: Moment.nullish(),
        alternativeOption: z.object({ type: Text.nullish(), value: Text.nullish() }).nullish(),
      })
      .nullish(),
  }),
});

const Sku = z.object({
  resourceType: Text,
  name: Text,
  family: Text.nullish(),
  capabilities: z.array(z.object({ name: Text, value: Text.nullish() })).nullish(),
  locationInfo: z.array(z.object({ zones: Texts.nullish() })).nullish(),
  restrictions: z
    .array(z.object({ type: Text.nullish(), reasonCode: Text.nullish(), restrictionInfo: z.object({ zones: Texts.nullish() }).nullish() }))
    .nullish(),
});
const Usage = z.object({ name: z.object({ value: Text.nullish() }), currentValue: z.number(), limit: z.number() });

const ScaleSet = Resource.extend({
  etag: Text.nullish(),
  properties: z.object({ provisioningState: Text.nullish(), virtualMachineProfile: z.looseObject({}).nullish() }).nullish(),
});

const Template = Resource.extend({
  properties: z.object({
    provisioningState: Text.nullish(),
    distribute: z.array(z.object({ galleryImageId: Text.nullish() })).nullish(),
    exactStagingResourceGroup: Text.nullish(),
    stagingResourceGroup: Text.nullish(),
    lastRunStatus: z.object({ runState: Text.nullish(), runSubState: Text.nullish(), message: Text.nullish() }).nullish(),
  }),
});
const RunOutput = z.object({ properties: z.object({ artifactId: Text.nullish(), provisioningState: Text.nullish() }) });

const Status = z.object({ code: Text.nullish(), level: Text.nullish(), displayStatus: Text.nullish(), message: Text.nullish() });
const InstanceView = z.object({
  statuses: z.array(Status).nullish(),
  vmAgent: z.object({ statuses: z.array(Status).nullish() }).nullish(),
});
/** Of an operation that is looked at (ARM's asynchronous operations). */
const Operation = z.object({ status: Text });

const VERSIONED = String.raw`/providers/microsoft\.compute/galleries/[^/]+/images`;
const SOLD = String.raw`/providers/microsoft\.compute/locations/[^/]+/publishers/.+/skus/[^/]+/versions`;

/** By the end of a path. */
const FORMS: readonly (readonly [pattern: RegExp, form: z.ZodType])[] = [
  [below(`${VERSIONED}/[^/]+/versions/[^/]+`), Version],
  [below(`${VERSIONED}/[^/]+/versions`), listOf(Version)],
  [below(`${VERSIONED}/[^/]+`), Definition],
  [below(VERSIONED), listOf(Definition)],
  [below(String.raw`/providers/microsoft\.compute/galleries/[^/]+`), Gallery],
  [below(`${SOLD}/[^/]+`), MarketplaceImage],
  [below(SOLD), z.array(z.object({ name: Text }))],
  [below(String.raw`/providers/microsoft\.compute/skus`), listOf(Sku)],
  [below(String.raw`/providers/microsoft\.compute/locations/[^/]+/usages`), listOf(Usage)],
  [below(String.raw`/providers/microsoft\.compute/virtualmachinescalesets/[^/]+`), ScaleSet],
  [below(String.raw`/providers/microsoft\.compute/virtualmachines/[^/]+/instanceview`), InstanceView],
  [below(String.raw`/providers/microsoft\.compute/virtualmachines/[^/]+`), Resource],
  [below(String.raw`/providers/microsoft\.virtualmachineimages/imagetemplates/[^/]+`), Template],
  [below(String.raw`/providers/microsoft\.virtualmachineimages/imagetemplates/[^/]+/runoutputs/[^/]+`), RunOutput],
  [below(String.raw`/providers/microsoft\.(?:compute|virtualmachineimages)/locations/[^/]+/operations/[^/]+`), Operation],
];

function below(path: string): RegExp {
  return new RegExp(`${path}$`, 'i');
}

function listOf(item: z.ZodType): z.ZodType {
  return z.object({ value: z.array(item), nextLink: Text.nullish() });
}

/** What an answer to this path must be; undefined where whoever asked looks at it. The result of an operation is whatever it makes (`monitor`). */
export function formOf({ pathname, searchParams }: URL): z.ZodType | undefined {
  if (searchParams.has('monitor')) return undefined;
  return FORMS.find(([pattern]) => pattern.test(pathname))?.[1];
}
