import * as z from 'zod';
import { Step } from '../guest/steps/index.ts';
import { AddedCheck } from './check.ts';
import { Place } from './issue.ts';
import { DiskController, Generation, Licence, Regions, SecurityType, Tags } from './machine.ts';
import { PlannedMeasurement } from './measurement.ts';
import { OnError } from './on-error.ts';
import { RecordsPolicy } from './records.ts';
import { artifact, list, record } from './schema.ts';
import { Sharing } from './sharing.ts';
import { Timeouts } from './timeouts.ts';

export const Engine = z.enum(['packer', 'image-builder']);
export type Engine = z.infer<typeof Engine>;

/**
 * Where the AMI is: by id; the newest of an owner's that matches a name; or what a public SSM parameter names. Or what is translated is no AMI but its
 * disk in a file, or an inventory that was taken before; paths are relative to the manifest.
 */
export const Source = z.discriminatedUnion('kind', [
  record({ kind: z.literal('ami'), id: z.string(), region: z.string() }),
  record({
    kind: z.literal('search'),
    owner: z.string(),
    name: z.string(),
    architecture: z.enum(['x86_64', 'arm64']).optional(),
    region: z.string(),
  }),
  record({ kind: z.literal('ssm'), parameter: z.string(), region: z.string() }),
  record({ kind: z.literal('disk'), path: z.string() }),
  record({ kind: z.literal('inventory'), path: z.string() }),
]);
export type Source = z.infer<typeof Source>;

/** A source that AWS is asked about. */
export type AmiSource = Extract<Source, { readonly region: string }>;

/** True where AWS is asked; false for what lies in a file. */
export function isInAws(source: Source): source is AmiSource {
  return 'region' in source;
}

export const Target = record({
  subscription: z.string(),
  resourceGroup: z.string(),
  gallery: z.string(),
  definition: z.string(),
  /** Location of the gallery, of the build and of the staged version. */
  location: z.string(),
});
export type Target = z.infer<typeof Target>;

/** How many ways the image is booted in for validation. */
export const TestShapes = z.enum(['claims', 'pairs']);
export type TestShapes = z.infer<typeof TestShapes>;

/** Where the administrator of a test VM logs in from: the VM itself, or also the machine that runs regild. */
export const TestLogin = z.enum(['loopback', 'network']);
export type TestLogin = z.infer<typeof TestLogin>;

/** A region beside the one of the build that boots the image before it is `latest` anywhere. */
export const TestRegion = record({ name: z.string(), subnet: z.string().optional(), vmSize: z.string().optional() });
export type TestRegion = z.infer<typeof TestRegion>;

/** What makes a rebuild due. */
export const RefreshCause = z.enum(['ami', 'base', 'recipe', 'age']);
export type RefreshCause = z.infer<typeof RefreshCause>;

/** When an image is rebuilt. Durations are written `30d`, `12h`. */
export const RefreshPolicy = record({
  every: z.string().optional(),
  on: list(RefreshCause),
  blackout: list(z.string()),
  /** IANA name; of blackouts and schedule. */
  timeZone: z.string(),
  /** Cron line: a rebuild waits for the next time it names, and catches up with the last one that was missed. */
  schedule: z.string().optional(),
  /** Spreads the images of a fleet over so much time after each time of the schedule. */
  jitter: z.string().optional(),
  /** How old a version of the base must be before it alone is a cause. */
  minimumBaseAge: z.string().optional(),
  /** Causes that pass a blackout. */
  urgent: list(z.enum([...RefreshCause.options, 'base-deprecated', 'revoked'])),
});
export type RefreshPolicy = z.infer<typeof RefreshPolicy>;

/** What stays in the gallery. */
export const RetentionPolicy = record({
  keep: z.number().int().min(1),
  /** Younger versions are kept, for example `30d`. */
  minimumAge: z.string().optional(),
  /** Version names that are kept whatever else holds. */
  pinned: list(z.string()),
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

/** Regions in which a version becomes `latest` together. */
export const Wave = record({
  regions: list(z.string()),
  /** How long to wait before the next wave, for example `24h`. */
  pause: z.string().optional(),
  /** Whether the next wave waits for `regild promote`. */
  approval: z.boolean(),
  /** Whether a VM is booted in the regions of this wave, and the checks are run on it, before the next wave. */
  check: z.literal(true).optional(),
});
export type Wave = z.infer<typeof Wave>;

/** What Azure refuses for a version. */
export const Safety = record({
  blockDeletionBeforeEndOfLife: z.boolean(),
  /** Whether the version may be taken out of a region. */
  allowDeletionOfReplicatedLocations: z.boolean(),
});
export type Safety = z.infer<typeof Safety>;

/** Whether the AMI's disk is read: where it may be, without fail, or not at all. */
export const InspectPolicy = z.enum(['auto', 'require', 'never']);
export type InspectPolicy = z.infer<typeof InspectPolicy>;

/** What losses mean that nobody can say a reason for: a line of the report, a warning, or the end before publication. */
export const ParityPolicy = z.enum(['report', 'warn', 'block']);
export type ParityPolicy = z.infer<typeof ParityPolicy>;

/** A difference that somebody answers for: a shell pattern over `kind name` (`package deb:nginx`), and why. */
export const ParityAnswer = record({ item: z.string(), reason: z.string() });
export type ParityAnswer = z.infer<typeof ParityAnswer>;

/** What the user wants of one image, every default filled in. */
export const ImageSpec = artifact('ImageSpec', {
  name: z.string(),
  /** Where the entry stands in the manifest, for messages. */
  place: Place,
  source: Source,
  inspect: InspectPolicy,
  /** `auto` takes the one that can do the plan best. */
  engine: z.union([z.literal('auto'), Engine]),
  /** `auto` lets match choose; a URN fixes the base and match only checks it. */
  base: z.union([z.literal('auto'), z.string()]),
  generation: z.union([z.literal('auto'), Generation]),
  security: z.union([z.literal('auto'), SecurityType]),
  controllers: z.union([z.literal('auto'), list(DiskController)]),
  /** The user's answer to the licence question; absent = not answered. */
  licence: Licence.optional(),
  /** Changes that the user agrees to, so that they are no questions. */
  accept: record({
    /** Releases (ids of the catalog) that may take the place of the AMI's own; one of them is chosen before others. */
    successor: list(z.string()),
    /** Words of the AMI (`ha`, `sap`, `japanese`) that the base may lack. */
    without: list(z.string()),
    /** What speaks against the AMI as a source (`SOURCE_DOUBTS`) and is known. */
    source: list(z.string()),
    /** What may become of how a gallery is shared (`SHARING_ANSWERS`). */
    sharing: list(z.string()).optional(),
  }),
  target: Target,
  regions: Regions,
  build: record({
    vmSize: z.string().optional(),
    /** Sizes for when Azure has no room for it, in this order; absent = further default sizes where `vmSize` is one itself, else none. */
    fallbackSizes: list(z.string()).optional(),
    /** Resource id of the user-assigned identity that Image Builder runs as and that reads the secrets of steps. */
    identity: z.string().optional(),
    subnet: z.string().optional(),
    /** Percent of the room beyond the base that a volume of LVM gets, by its mount point; absent = the guest's own rule. */
    volumes: z.record(z.string(), z.number().int()).readonly().optional(),
    osDiskSizeGB: z.number().int().optional(),
    timeoutMinutes: z.number().int(),
  }),
  test: record({
    vmSize: z.string().optional(),
    fallbackSizes: list(z.string()).optional(),
    /** Availability zones to try in this order. */
    zones: list(z.string()).optional(),
    /** Sizes that machines made of the image will have. */
    vmSizes: list(z.string()).optional(),
    /** `claims`: what the definition claims and each size once; `pairs`: every pair of controller, Trusted Launch and size together. */
    shapes: TestShapes.optional(),
    login: TestLogin.optional(),
    /** Beside the location of the target, where all shapes are booted. */
    regions: list(TestRegion).optional(),
    subnet: z.string().optional(),
    timeoutMinutes: z.number().int(),
  }),
  timeouts: Timeouts,
  /** What becomes of a machine in which a build or a test failed; absent = it is deleted. */
  onError: OnError.optional(),
  customize: list(Step),
  /** Answers for AWS components whose removal is a question: component id -> what to do. */
  components: z.record(z.string(), z.enum(['remove', 'keep'])).readonly(),
  /** What is measured on the test VM. */
  measure: list(PlannedMeasurement).default([]),
  checks: record({
    /** The user's own. */
    add: list(AddedCheck),
    skip: list(z.string()),
    /** Globs of paths where the leak scan lets a finding pass, each with why. */
    allowLeaks: list(record({ path: z.string(), reason: z.string() })),
    /** Findings that somebody answers for: id of a check or a rule of the leak scan, glob over what it found, and why. */
    answers: list(record({ id: z.string(), item: z.string(), reason: z.string() })),
  }),
  parity: ParityPolicy,
  parityAllow: list(ParityAnswer),
  refresh: RefreshPolicy,
  retention: RetentionPolicy,
  /** The regions by waves in which a version becomes `latest`; absent = everywhere at once. */
  rollout: list(Wave).optional(),
  /** The gallery that tested versions are copied into, with regions and waves of its own; absent = the target is where they are used. */
  production: record({
    target: Target,
    regions: Regions,
    rollout: list(Wave).optional(),
    sharing: Sharing.optional(),
    automatic: z.boolean(),
  }).optional(),
  /** Set for the production half of an image: where its versions are made and tested, and whether `refresh` copies them. */
  copyOf: record({ target: Target, automatic: z.boolean() }).optional(),
  /** How long after its publication a version reaches its end of life, for example `180d`. */
  endOfLife: z.string().optional(),
  safety: Safety.unwrap().partial().readonly(),
  /** Whether the gallery in which versions are used keeps deleted ones for a time; absent = as it is. */
  softDelete: z.boolean().optional(),
  /** Who may make machines from the gallery in which versions are used; absent = as it is. */
  sharing: Sharing.optional(),
  /** What is kept of each version beside the run folder; absent = nothing. */
  records: RecordsPolicy.optional(),
  /** File of prices, relative to the manifest; absent = the forecast is without money. */
  prices: z.string().optional(),
  /** AMI tags to copy to the gallery version: `all`, or these names. */
  carryTags: z.union([z.literal('all'), list(z.string())]),
  tags: Tags,
});
export type ImageSpec = z.infer<typeof ImageSpec>;
