import * as z from 'zod';
import { anyCase } from '../../any-case.ts';

/** Request bodies of galleries, image definitions and image versions, as the descriptions 2023-07-03 to 2025-12-03 write them; read-only parts may be sent back. */
const Tags = z.record(z.string(), z.string()).optional();
const Sent = { id: z.string().optional(), name: z.string().optional(), type: z.string().optional(), systemData: z.unknown().optional() };
const StorageAccountType = anyCase(['Standard_LRS', 'Standard_ZRS', 'Premium_LRS', 'PremiumV2_LRS']);
/** An ISO 8601 date; the empty text that Packer sends stands for none. */
const EndOfLife = z.union([z.iso.datetime({ offset: true }), z.iso.date(), z.literal('')]).nullish();

export const SharingProfile = z.strictObject({
  permissions: anyCase(['Private', 'Groups', 'Community']).optional(),
  groups: z.unknown().optional(),
  communityGalleryInfo: z
    .strictObject({
      publisherUri: z.string().optional(),
      publisherContact: z.string().optional(),
      eula: z.string().optional(),
      publicNamePrefix: z.string().optional(),
      communityGalleryEnabled: z.boolean().optional(),
      publicNames: z.array(z.string()).optional(),
    })
    .optional(),
});
export type SharingProfile = z.infer<typeof SharingProfile>;

export const GalleryBody = z.strictObject({
  ...Sent,
  location: z.string(),
  tags: Tags,
  identity: z.unknown().optional(),
  properties: z
    .strictObject({
      description: z.string().nullish(),
      identifier: z.unknown().optional(),
      provisioningState: z.unknown().optional(),
      sharingStatus: z.unknown().optional(),
      sharingProfile: SharingProfile.nullish(),
      softDeletePolicy: z.strictObject({ isSoftDeleteEnabled: z.boolean().optional() }).nullish(),
    })
    .optional(),
});

const Range = z.strictObject({ min: z.number().int().optional(), max: z.number().int().optional() });

export const DefinitionProperties = z.strictObject({
  provisioningState: z.unknown().optional(),
  description: z.string().nullish(),
  eula: z.string().nullish(),
  privacyStatementUri: z.string().nullish(),
  releaseNoteUri: z.string().nullish(),
  osType: anyCase(['Windows', 'Linux']),
  osState: anyCase(['Generalized', 'Specialized']),
  hyperVGeneration: anyCase(['V1', 'V2']).nullish(),
  architecture: anyCase(['x64', 'Arm64']).nullish(),
  endOfLifeDate: EndOfLife,
  identifier: z.strictObject({ publisher: z.string(), offer: z.string(), sku: z.string() }),
  recommended: z.strictObject({ vCPUs: Range.optional(), memory: Range.optional() }).nullish(),
  disallowed: z.strictObject({ diskTypes: z.array(z.string()).optional() }).nullish(),
  purchasePlan: z.strictObject({ name: z.string().optional(), publisher: z.string().optional(), product: z.string().optional() }).nullish(),
  features: z.array(z.strictObject({ name: z.string(), value: z.string(), startsAtVersion: z.string().optional() })).nullish(),
  allowUpdateImage: z.boolean().nullish(),
});
export type DefinitionProperties = z.infer<typeof DefinitionProperties>;

export const DefinitionBody = z.strictObject({ ...Sent, location: z.string(), tags: Tags, properties: DefinitionProperties });
export const DefinitionPatch = z.strictObject({
  ...Sent,
  location: z.string().optional(),
  tags: Tags,
  properties: DefinitionProperties.partial().optional(),
});

export const TargetRegion = z.strictObject({
  name: z.string(),
  regionalReplicaCount: z.number().int().nullish(),
  storageAccountType: StorageAccountType.nullish(),
  excludeFromLatest: z.boolean().nullish(),
  encryption: z.json().optional(),
  additionalReplicaSets: z
    .array(z.strictObject({ storageAccountType: StorageAccountType.optional(), regionalReplicaCount: z.number().int().optional() }))
    .nullish(),
});
export type TargetRegion = z.infer<typeof TargetRegion>;

export const PublishingProfile = z.strictObject({
  targetRegions: z.array(TargetRegion).nullish(),
  replicaCount: z.number().int().nullish(),
  excludeFromLatest: z.boolean().nullish(),
  publishedDate: z.unknown().optional(),
  endOfLifeDate: EndOfLife,
  storageAccountType: StorageAccountType.nullish(),
  replicationMode: anyCase(['Full', 'Shallow']).nullish(),
  storageAccountStrategy: anyCase(['PreferStandard_ZRS', 'DefaultStandard_LRS']).nullish(),
});
export type PublishingProfile = z.infer<typeof PublishingProfile>;

const DiskSource = z.strictObject({ id: z.string().nullish(), uri: z.string().nullish(), storageAccountId: z.string().nullish() });
const HostCaching = anyCase(['None', 'ReadOnly', 'ReadWrite']);
const DiskImage = { sizeInGB: z.number().optional(), hostCaching: HostCaching.optional(), source: DiskSource.nullish() };

export const StorageProfile = z.strictObject({
  source: z
    .strictObject({ id: z.string().nullish(), virtualMachineId: z.string().nullish(), communityGalleryImageId: z.string().nullish() })
    .nullish(),
  osDiskImage: z.strictObject(DiskImage).nullish(),
  dataDiskImages: z.array(z.strictObject({ lun: z.number().int(), ...DiskImage })).nullish(),
});
export type StorageProfile = z.infer<typeof StorageProfile>;

export const VersionProperties = z.strictObject({
  provisioningState: z.unknown().optional(),
  replicationStatus: z.unknown().optional(),
  validationsProfile: z.unknown().optional(),
  publishingProfile: PublishingProfile.nullish(),
  storageProfile: StorageProfile,
  safetyProfile: z
    .strictObject({
      allowDeletionOfReplicatedLocations: z.boolean().optional(),
      blockDeletionBeforeEndOfLife: z.boolean().optional(),
      reportedForPolicyViolation: z.unknown().optional(),
      policyViolations: z.unknown().optional(),
    })
    .nullish(),
  securityProfile: z.json().optional(),
});
export type VersionProperties = z.infer<typeof VersionProperties>;

export const VersionBody = z.strictObject({ ...Sent, location: z.string(), tags: Tags, properties: VersionProperties });
export type VersionBody = z.infer<typeof VersionBody>;
export const VersionPatch = z.strictObject({
  ...Sent,
  location: z.string().optional(),
  tags: Tags,
  properties: VersionProperties.partial().optional(),
});

/** What an update names of a body; the rest stays as it is. */
export type Change<Body> = { readonly [Key in keyof Body]?: Body[Key] | undefined };
