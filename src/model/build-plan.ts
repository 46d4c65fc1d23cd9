import * as z from 'zod';
import { Provisioner } from '../guest/steps/index.ts';
import { PlannedCheck } from './check.ts';
import { Forecast } from './forecast.ts';
import { Engine, ParityAnswer, ParityPolicy, Safety } from './image-spec.ts';
import { Issue } from './issue.ts';
import {
  Architecture,
  DiskController,
  Feature,
  Generation,
  GuestFamily,
  PurchasePlan,
  Regions,
  SecurityType,
  Tags,
  Urn,
} from './machine.ts';
import { PlannedMeasurement } from './measurement.ts';
import { OnError } from './on-error.ts';
import { Proposal, ProposedStep } from './proposal.ts';
import { artifact, list, record } from './schema.ts';
import { Sharing, SharingKind } from './sharing.ts';
import { TextFile } from './text-file.ts';
import { Timeouts } from './timeouts.ts';

/** What happens to one AWS component, and why. */
export const ComponentDecision = record({
  id: z.string(),
  title: z.string(),
  action: z.enum(['remove', 'keep', 'report']),
  reason: z.string(),
  azureEquivalent: z.string().optional(),
  /** Present where the AMIs of this family are known to carry it; absent = nothing is known before the guest is looked at. */
  expected: z.literal(true).optional(),
  /** Where it was found on the AMI's disk; absent where it is not there, or nobody looked. */
  found: list(z.string()).optional(),
});
export type ComponentDecision = z.infer<typeof ComponentDecision>;

/** The gallery definition; all fields but the description are immutable in Azure once created. */
export const Definition = record({
  name: z.string(),
  osType: z.enum(['Linux', 'Windows']),
  osState: z.literal('Generalized'),
  generation: Generation,
  architecture: Architecture,
  /** Unique as a triple within a gallery. */
  identifier: record({ publisher: z.string(), offer: z.string(), sku: z.string() }),
  features: list(Feature),
  purchasePlan: PurchasePlan.optional(),
  description: z.string(),
});
export type Definition = z.infer<typeof Definition>;

/** How the build's result becomes a gallery version: straight from the VM, through a managed image, or through a staging definition. */
export const PublishRoute = z.enum(['direct', 'managed-image', 'staging-definition']);
export type PublishRoute = z.infer<typeof PublishRoute>;

/** One way to boot the image for validation. */
export const TestShape = record({
  vmSize: z.string(),
  controller: DiskController,
  /** An image that supports Trusted Launch, booted without it: it makes such machines too. */
  ordinary: z.literal(true).optional(),
  /** Where it stands, if that is not where the version is built: the version is replicated there first. */
  location: z.string().optional(),
  /** Of such a location; absent = a network is made for it. What the plan names for all others lies where the version is built. */
  subnet: z.string().optional(),
  /** What this VM proves that no other does, in words. */
  reason: z.string().optional(),
  /** Sizes that are taken in this order where Azure has no room for it; absent = none. */
  fallbackSizes: list(z.string()).optional(),
});
export type TestShape = z.infer<typeof TestShape>;

/** What a data volume of the AMI becomes on Azure. `type` in words, for example `Premium SSD v2, 3,000 IOPS, 132 MB/s`. */
export const DataDisk = record({ device: z.string(), sizeGiB: z.number().optional(), type: z.string(), reason: z.string() });
export type DataDisk = z.infer<typeof DataDisk>;

/** The steps that carry the AMI's own content over, and the parts of them that `customize` does not hold. */
export const CarryOver = record({ proposal: Proposal, open: list(ProposedStep) });
export type CarryOver = z.infer<typeof CarryOver>;

/** Everything that will happen, as one value. Left of it people speak AWS, right of it only Azure. */
export const BuildPlan = artifact('BuildPlan', {
  image: z.string(),
  /** Where it came from, kept as provenance for tags and reports only. */
  provenance: record({ amiId: z.string(), amiName: z.string().optional(), amiRegion: z.string(), amiCreated: z.string().optional() }),
  engine: Engine,
  /** Why this one, where the manifest leaves it open. It shapes nothing. */
  engineReason: z.string().optional(),
  os: record({
    family: z.enum(['linux', 'windows']),
    distro: z.string(),
    version: z.string(),
    /** Whose guest scripts run; it travels into the guest as REGILD_FAMILY. */
    guest: GuestFamily,
  }),
  base: record({ urn: Urn, plan: PurchasePlan.optional(), generation: Generation, architecture: Architecture, features: list(Feature) }),
  security: SecurityType,
  controllers: list(DiskController),
  /** Licence type to set on VMs made from the image (never on the image itself), for example RHEL_BYOS. */
  deploymentLicenseType: z.string().optional(),
  subscription: z.string(),
  resourceGroup: z.string(),
  gallery: z.string(),
  location: z.string(),
  definition: Definition,
  /** Major.Minor.Patch, each within 32 bits: year, month and day, number of the day. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  route: PublishRoute,
  build: record({
    vmSize: z.string(),
    /** Sizes that are taken in this order where Azure has no room for it; absent = none. */
    fallbackSizes: list(z.string()).optional(),
    osDiskSizeGB: z.number().int(),
    identity: z.string().optional(),
    subnet: z.string().optional(),
    timeoutMinutes: z.number().int(),
  }),
  test: record({
    /** The VMs to boot from the staged version. */
    shapes: list(TestShape),
    /** Availability zones that are tried in this order; absent = Azure chooses. */
    zones: list(z.string()).optional(),
    subnet: z.string().optional(),
    /** The administrator logs in from where regild runs too, to VMs in a subnet that the user names; absent = only on the VM itself. */
    login: z.literal('network').optional(),
    timeoutMinutes: z.number().int(),
    /** What is measured there, and by which script of the installation; absent where the user asks for nothing. */
    measure: record({ script: record({ path: z.string(), sha256: z.string() }), metrics: list(PlannedMeasurement) }).optional(),
  }),
  /** When a stage or an operation is given up; it shapes nothing. */
  timeouts: Timeouts,
  /** What becomes of a machine in which a build or a test failed; absent = it is deleted. It shapes nothing. */
  onError: OnError.optional(),
  /** What to attach to VMs made from the image for each data volume of the AMI: advice, nothing is built from it. */
  dataDisks: list(DataDisk),
  provisioners: list(Provisioner),
  /** regild's own scripts that must lie in the guest's folder: those that the provisioners run and what they share. Paths below the installation. */
  guestScripts: list(record({ path: z.string(), sha256: z.string() })),
  /** Data files that the guest scripts read, beside the scripts themselves. */
  guestFiles: list(TextFile),
  components: list(ComponentDecision),
  /** Absent where the AMI's disk was not read. It shapes nothing: what is built stands in `provisioners`. */
  carryOver: CarryOver.optional(),
  /** What losses mean that nobody can say a reason for, and what is answered for. */
  parity: record({ policy: ParityPolicy, allow: list(ParityAnswer) }),
  /** The checks that gate publishing, in the order they run on the test VM. */
  checks: list(PlannedCheck),
  regions: Regions,
  /** Tags of the gallery version, without the run's own. */
  tags: Tags,
  /** What publishing sets beside the regions; absent where the manifest asks for nothing of it. */
  release: record({
    /** Regions in which the version is not `latest` before their wave of the rollout. */
    laterRegions: list(z.string()),
    /** Counted from the publication, for example `180d`. */
    endOfLife: z.string().optional(),
    safety: Safety.unwrap().partial().readonly(),
    /** Of a gallery that is made for it. */
    softDelete: z.boolean().optional(),
    sharing: Sharing.optional(),
  }).optional(),
  /** Where the gallery lies that tested versions are copied into, and whether `refresh` copies them; absent where the manifest names none. */
  production: record({ resourceGroup: z.string(), location: z.string(), automatic: z.boolean() }).optional(),
  /** How the gallery that is used must be made to be shared as the manifest says; absent where roles alone, or nothing, is asked for. */
  sharing: record({ resourceGroup: z.string(), gallery: z.string(), location: z.string(), kind: SharingKind }).optional(),
  /** What the build and its versions will use, and cost where a price file says so; absent in plans that were made without it. */
  forecast: Forecast.optional(),
  /** SHA-256 (hex) over everything that shapes the image; equal digest = nothing to rebuild. Version, run and time are not in it. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  issues: list(Issue),
});
export type BuildPlan = z.infer<typeof BuildPlan>;

/** A plan that is still compared with others: its digest is not worked out, and no file names it. */
export type PlanDraft = Omit<BuildPlan, 'digest'>;
