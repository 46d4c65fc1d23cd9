import * as z from 'zod';
import { list, record } from './schema.ts';

export const OsFamily = z.enum(['linux', 'windows', 'bsd', 'macos']);
export type OsFamily = z.infer<typeof OsFamily>;

/** The systems that regild's guest scripts tell apart: one package manager and one way of booting each; `none` = no script changes it from inside. */
export const GuestFamily = z.enum(['debian', 'redhat', 'suse', 'transactional', 'azurelinux', 'windows', 'none']);
export type GuestFamily = z.infer<typeof GuestFamily>;

/** Processor architecture in Azure's words (AWS says x86_64 and arm64). */
export const Architecture = z.enum(['x64', 'arm64']);
export type Architecture = z.infer<typeof Architecture>;

/** Hyper-V generation: V1 boots BIOS from IDE, V2 boots UEFI from SCSI or NVMe. */
export const Generation = z.enum(['V1', 'V2']);
export type Generation = z.infer<typeof Generation>;

/** EC2 boot mode, in the words of DescribeImages. */
export const BootMode = z.enum(['legacy-bios', 'uefi', 'uefi-preferred']);
export type BootMode = z.infer<typeof BootMode>;

/** Who pays whom for the operating system. */
export const Licence = z.enum(['free', 'payg', 'byos', 'vendor']);
export type Licence = z.infer<typeof Licence>;

/** Security type of a gallery definition, the subset regild can build. */
export const SecurityType = z.enum(['Standard', 'TrustedLaunchSupported', 'TrustedLaunch']);
export type SecurityType = z.infer<typeof SecurityType>;

export const DiskController = z.enum(['SCSI', 'NVMe']);
export type DiskController = z.infer<typeof DiskController>;

/** Storage type of a gallery replica. */
export const GalleryStorage = z.enum(['Standard_LRS', 'Standard_ZRS', 'Premium_LRS']);
export type GalleryStorage = z.infer<typeof GalleryStorage>;

/** A Marketplace image as publisher:offer:sku:version; `version` is exact everywhere right of match, `latest` only in what a user writes. */
export const Urn = record({ publisher: z.string(), offer: z.string(), sku: z.string(), version: z.string() });
export type Urn = z.infer<typeof Urn>;

/** The purchase plan that some Marketplace images require on every VM and on the gallery definition. */
export const PurchasePlan = record({ publisher: z.string(), product: z.string(), name: z.string() });
export type PurchasePlan = z.infer<typeof PurchasePlan>;

/** One feature of a Marketplace image or a gallery definition, as Azure spells it, for example DiskControllerTypes = "SCSI, NVMe". */
export const Feature = record({ name: z.string(), value: z.string() });
export type Feature = z.infer<typeof Feature>;

export const TargetRegion = record({
  /** Azure location, normalised: lower case without spaces. */
  name: z.string(),
  replicas: z.number().int().min(1).max(100),
  storage: GalleryStorage,
});
export type TargetRegion = z.infer<typeof TargetRegion>;

export const Tags = z.record(z.string(), z.string()).readonly();
export type Tags = z.infer<typeof Tags>;

export const Regions = list(TargetRegion);

/** publisher:offer:sku:version, the form that Azure's own tools print. */
export function formatUrn(urn: Urn): string {
  return `${urn.publisher}:${urn.offer}:${urn.sku}:${urn.version}`;
}
