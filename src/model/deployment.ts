import * as z from 'zod';
import { Issue } from './issue.ts';
import { DiskController, PurchasePlan } from './machine.ts';
import { artifact, list, record } from './schema.ts';

/** A value of a deployment and why it is this one; null where the deployment does without, which has its reason too. */
function reasoned<Value extends z.ZodType>(value: Value) {
  return record({ value: value.nullable(), reason: z.string() });
}

/** A value of a deployment with its reason. */
export interface Reasoned<Value> {
  readonly value: Value | null;
  readonly reason: string;
}

/** What is deployed: one VM, or a scale set of flexible orchestration. */
export const DeploymentTarget = z.enum(['vm', 'vmss']);
export type DeploymentTarget = z.infer<typeof DeploymentTarget>;

/** Languages that a deployment is written in: a script of the Azure CLI, an ARM template, Bicep, Terraform (AzAPI). */
export const DeploymentLanguage = z.enum(['az', 'arm', 'bicep', 'terraform']);
export type DeploymentLanguage = z.infer<typeof DeploymentLanguage>;

export const HostCaching = z.enum(['None', 'ReadOnly', 'ReadWrite']);
export type HostCaching = z.infer<typeof HostCaching>;

/** An empty data disk that stands in for a volume of the AMI. */
export const DeployedDisk = record({
  lun: z.number().int(),
  /** Of the AMI, for example /dev/sdb. */
  device: z.string(),
  sizeGiB: z.number().int(),
  /** For example PremiumV2_LRS. */
  sku: z.string(),
  /** Set only where the type has them beside its size; throughput in MB/s. */
  iops: z.number().int().optional(),
  throughput: z.number().int().optional(),
  caching: HostCaching,
  reason: z.string(),
});
export type DeployedDisk = z.infer<typeof DeployedDisk>;

/** What deploys a VM or a scale set from a published version, as the rest of the machine was mapped: every value with its reason. */
export const Deployment = artifact('Deployment', {
  image: z.string(),
  target: DeploymentTarget,
  osFamily: z.enum(['linux', 'windows']),
  /** ARM id of the version. */
  version: reasoned(z.string()),
  location: reasoned(z.string()),
  size: reasoned(z.string()),
  zones: reasoned(list(z.string())),
  security: reasoned(z.enum(['Standard', 'TrustedLaunch'])),
  controller: reasoned(DiskController),
  licenseType: reasoned(z.string()),
  purchasePlan: reasoned(PurchasePlan),
  osDisk: reasoned(z.string()),
  osDiskCaching: reasoned(HostCaching),
  ephemeralOsDisk: reasoned(z.enum(['CacheDisk', 'ResourceDisk', 'NvmeDisk'])),
  dataDisks: list(DeployedDisk),
  diskEncryptionSet: reasoned(z.string()),
  acceleratedNetworking: reasoned(z.boolean()),
  issues: list(Issue),
});
export type Deployment = z.infer<typeof Deployment>;

/** A deployment as it is printed for a program: with its text in the language that was asked for. */
export const WrittenDeployment = artifact('WrittenDeployment', {
  language: DeploymentLanguage,
  text: z.string(),
  deployment: Deployment,
});
export type WrittenDeployment = z.infer<typeof WrittenDeployment>;
