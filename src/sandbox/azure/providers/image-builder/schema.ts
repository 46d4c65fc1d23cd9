import * as z from 'zod';
import { anyCase } from '../../any-case.ts';

// Bodies of Microsoft.VirtualMachineImages after the description of 2025-10-01. Field names mind case, and unknown ones are refused.
const Tags = z.record(z.string(), z.string());
const script = { scriptUri: z.string().optional(), sha256Checksum: z.string().optional(), inline: z.array(z.string()).optional() };
const powershell = {
  ...script,
  runElevated: z.boolean().optional(),
  runAsSystem: z.boolean().optional(),
  validExitCodes: z.array(z.number().int()).optional(),
};
const file = { sourceUri: z.string().optional(), sha256Checksum: z.string().optional(), destination: z.string().optional() };
const name = { name: z.string().optional() };
const Storage = anyCase(['Standard_LRS', 'Standard_ZRS', 'Premium_LRS']);

const Source = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('PlatformImage'),
    publisher: z.string().optional(),
    offer: z.string().optional(),
    sku: z.string().optional(),
    version: z.string().optional(),
    exactVersion: z.unknown().optional(),
    planInfo: z.strictObject({ planName: z.string(), planProduct: z.string(), planPublisher: z.string() }).optional(),
  }),
  z.strictObject({ type: z.literal('ManagedImage'), imageId: z.string() }),
  z.strictObject({ type: z.literal('SharedImageVersion'), imageVersionId: z.string(), exactVersion: z.unknown().optional() }),
]);
export type Source = z.infer<typeof Source>;

const Customizer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Shell'), ...name, ...script }),
  z.strictObject({ type: z.literal('PowerShell'), ...name, ...powershell }),
  z.strictObject({ type: z.literal('File'), ...name, ...file }),
  z.strictObject({
    type: z.literal('WindowsRestart'),
    ...name,
    restartCommand: z.string().optional(),
    restartCheckCommand: z.string().optional(),
    restartTimeout: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('WindowsUpdate'),
    ...name,
    searchCriteria: z.string().optional(),
    filters: z.array(z.string()).optional(),
    updateLimit: z.number().int().min(0).optional(),
  }),
]);
export type Customizer = z.infer<typeof Customizer>;

const Validator = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Shell'), ...name, ...script }),
  z.strictObject({ type: z.literal('PowerShell'), ...name, ...powershell }),
  z.strictObject({ type: z.literal('File'), ...name, ...file }),
]);
export type Validator = z.infer<typeof Validator>;

const output = { runOutputName: z.string().regex(/^[A-Za-z0-9-_.]{1,64}$/), artifactTags: Tags.optional() };

const Versioning = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('Latest'), major: z.number().int().min(-1).optional() }),
  z.strictObject({ scheme: z.literal('Source') }),
]);
export type Versioning = z.infer<typeof Versioning>;

const SharedImage = z.strictObject({
  type: z.literal('SharedImage'),
  ...output,
  galleryImageId: z.string(),
  replicationRegions: z.array(z.string()).optional(),
  excludeFromLatest: z.boolean().optional(),
  storageAccountType: Storage.optional(),
  targetRegions: z
    .array(z.strictObject({ name: z.string(), replicaCount: z.number().int().min(1).optional(), storageAccountType: Storage.optional() }))
    .optional(),
  versioning: Versioning.optional(),
  replicationMode: anyCase(['Full', 'Shallow']).optional(),
});
export type SharedImage = z.infer<typeof SharedImage>;

const Distributor = z.discriminatedUnion('type', [
  SharedImage,
  z.strictObject({ type: z.literal('ManagedImage'), ...output, imageId: z.string(), location: z.string() }),
  z.strictObject({ type: z.literal('VHD'), ...output, uri: z.string().optional() }),
]);
export type Distributor = z.infer<typeof Distributor>;

const OnError = anyCase(['cleanup', 'abort']);
const Switch = anyCase(['Enabled', 'Disabled']);

const VmProfile = z.strictObject({
  vmSize: z.string().optional(),
  osDiskSizeGB: z.number().int().min(0).optional(),
  userAssignedIdentities: z.array(z.string()).optional(),
  vnetConfig: z
    .strictObject({ subnetId: z.string().optional(), containerInstanceSubnetId: z.string().optional(), proxyVmSize: z.string().optional() })
    .optional(),
});

/** `properties` of an image template; what the service itself writes may be sent back. */
export const TemplateProperties = z.strictObject({
  source: Source,
  customize: z.array(Customizer).optional(),
  optimize: z
    .strictObject({
      vmBoot: z.strictObject({ state: Switch.optional() }).optional(),
      workload: z
        .strictObject({ state: Switch.optional(), scriptUri: z.string().optional(), sha256Checksum: z.string().optional() })
        .optional(),
    })
    .optional(),
  validate: z
    .strictObject({
      continueDistributeOnFailure: z.boolean().optional(),
      sourceValidationOnly: z.boolean().optional(),
      inVMValidations: z.array(Validator).optional(),
    })
    .optional(),
  distribute: z.array(Distributor).min(1),
  errorHandling: z.strictObject({ onCustomizerError: OnError.optional(), onValidationError: OnError.optional() }).optional(),
  provisioningState: z.unknown().optional(),
  provisioningError: z.unknown().optional(),
  lastRunStatus: z.unknown().optional(),
  exactStagingResourceGroup: z.unknown().optional(),
  buildTimeoutInMinutes: z.number().int().min(0).max(960).optional(),
  vmProfile: VmProfile.optional(),
  stagingResourceGroup: z.string().optional(),
  autoRun: z.strictObject({ state: Switch.optional() }).optional(),
  managedResourceTags: Tags.optional(),
  additionalDataDisks: z.array(z.strictObject({ sizeGB: z.number().int().min(0).optional() })).optional(),
});
export type TemplateProperties = z.infer<typeof TemplateProperties>;

const Identity = z.strictObject({
  type: anyCase(['UserAssigned', 'None']).optional(),
  userAssignedIdentities: z.record(z.string(), z.unknown()).optional(),
});
export type Identity = z.infer<typeof Identity>;

/** Body of a PUT. */
export const TemplateBody = z.strictObject({
  ...{ id: z.string().optional(), name: z.string().optional(), type: z.string().optional(), systemData: z.unknown().optional() },
  location: z.string(),
  tags: Tags.optional(),
  identity: Identity,
  properties: TemplateProperties,
});

/** Body of a PATCH: all that can be changed. */
export const TemplatePatch = z.strictObject({
  identity: Identity.optional(),
  tags: Tags.optional(),
  properties: z.strictObject({ distribute: z.array(Distributor).min(1).optional(), vmProfile: VmProfile.optional() }).optional(),
});
