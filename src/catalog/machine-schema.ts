import * as z from 'zod';
import { Confidence } from '../model/confidence.ts';
import { Architecture, DiskController, Generation } from '../model/machine.ts';
import { list, record } from '../model/schema.ts';
import { fact, optionalList } from './fact.ts';

/** A place where data may have to stay: a country, or several under one law. */
export const Geography = record({
  id: z.string(),
  title: z.string(),
  /** Azure locations in it, whether or not a subscription may use them. */
  locations: list(record({ name: z.string(), place: z.string(), zones: z.boolean() })),
  ...fact,
});
export type Geography = z.infer<typeof Geography>;

/** An AWS region and the Azure location that stands in for it. */
export const AwsRegion = record({
  /** As AWS spells it, for example `eu-west-1`. */
  id: z.string(),
  place: z.string(),
  /** Every cloud but `public` has accounts, endpoints and a catalog of its own on both sides. */
  cloud: z.enum(['public', 'us-government', 'china', 'eu-sovereign', 'isolated']),
  /** Absent where no public mapping exists. */
  azure: z.string().optional(),
  alternatives: list(record({ location: z.string(), remark: z.string() })),
  reason: z.string(),
  confidence: Confidence,
  ...fact,
});
export type AwsRegion = z.infer<typeof AwsRegion>;

/** What a machine is made for; one word of AWS's or Azure's own headings. */
export const MachinePurpose = z.enum([
  'general',
  'burstable',
  'compute',
  'memory',
  'high-memory',
  'storage',
  'gpu',
  'fpga',
  'accelerator',
  'hpc',
  'mac',
]);
export type MachinePurpose = z.infer<typeof MachinePurpose>;

/** Throughput in MB/s (10^6 bytes). */
const performance = { iops: z.number(), throughput: z.number() };

/** One series of Azure VM sizes: what its sizes share, and every size there is. */
export const VmSeries = record({
  id: z.string(),
  title: z.string(),
  purpose: MachinePurpose,
  architecture: Architecture,
  cpu: z.enum(['intel', 'amd', 'arm']),
  generations: list(Generation),
  /** Absent where no document says; the sizes API of the location does. */
  controllers: list(DiskController).optional(),
  /** Absent where no document says. */
  trustedLaunch: z.boolean().optional(),
  localDisk: z.boolean(),
  /** Made for high throughput to remote disks. */
  fastStorage: z.boolean().default(false),
  /** Made for a high clock frequency. */
  highFrequency: z.boolean().default(false),
  /** Model of the GPU or FPGA. */
  accelerator: z.string().optional(),
  /** The day on which Azure has announced to retire it. */
  retires: z.iso.date().optional(),
  sizes: list(
    record({
      name: z.string(),
      vcpus: z.number().int(),
      memoryGiB: z.number(),
      /** Counts GPUs; a part of one is a fraction. */
      accelerators: z.number().optional(),
      /** How many data disks, and what all disks do together without the host's cache or bursts; `fast` = with Ultra Disk and Premium SSD v2. Absent where it was not read. */
      remote: record({ disks: z.number().int(), ...performance, fast: record(performance).optional() }).optional(),
    }),
  ),
  notes: optionalList(z.string()),
  ...fact,
});
export type VmSeries = z.infer<typeof VmSeries>;

/** One family of EC2 instance types; what it leaves out follows from its class and from the letters of its name. */
const InstanceFamily = record({
  name: z.string(),
  sizes: list(z.string()),
  memoryPerVcpu: z.number().optional(),
  architecture: Architecture.optional(),
  localDisk: z.boolean().optional(),
  /** Model of the accelerator, the models on Azure nearest to it, and how many each size has (a part of one is a fraction). */
  accelerator: record({
    model: z.string(),
    nearest: optionalList(z.string()),
    count: z.record(z.string(), z.number()).readonly(),
  }).optional(),
});
export type InstanceFamily = z.infer<typeof InstanceFamily>;

/** The EC2 families that share the letters before the generation, for example `m` or `hpc`, and the Azure series to look at. */
export const InstanceClass = record({
  id: z.string(),
  title: z.string(),
  purpose: MachinePurpose,
  /** `similar`: the same job on other hardware; `substitute`: another machine does it after changes to the workload; `none`: nothing does. */
  equivalence: z.enum(['equivalent', 'similar', 'substitute', 'none']),
  /** GiB, for families that say nothing else. */
  memoryPerVcpu: z.number(),
  /** Size words that mean something else in this class than `large` = 2 vCPUs, `xlarge` = 4, `<n>xlarge` = 4n. */
  words: optionalList(record({ size: z.string(), vcpus: z.number(), memoryGiB: z.number() })),
  families: list(InstanceFamily),
  /** Types that do not follow their size word. */
  exact: optionalList(record({ type: z.string(), vcpus: z.number().int(), memoryGiB: z.number() })),
  /** Ids of Azure series to choose from, the first one preferred where the points are equal. */
  series: list(z.string()),
  notes: optionalList(z.string()),
  ...fact,
});
export type InstanceClass = z.infer<typeof InstanceClass>;

/** A type of Azure managed disk and what it can do. Sizes in GiB, throughput in MB/s (10^6 bytes). */
export const DiskType = record({
  id: z.string(),
  title: z.string(),
  /** `sku.name` of a managed disk. */
  sku: z.string(),
  osDisk: z.boolean(),
  minSizeGiB: z.number(),
  maxSizeGiB: z.number(),
  /** Largest OS disk, where it is smaller than the largest data disk. */
  maxOsDiskGiB: z.number().optional(),
  /** Performance that follows from the size: the smallest tier that holds the disk. `burst` is free and lasts half an hour. */
  tiers: optionalList(record({ name: z.string(), sizeGiB: z.number(), ...performance, burst: record(performance).optional() })),
  /** Performance that is set beside the size. */
  provisioned: record({
    baseIops: z.number(),
    baseThroughput: z.number(),
    iopsPerGiB: z.number(),
    maxIops: z.number(),
    throughputPerIops: z.number(),
    maxThroughput: z.number(),
  }).optional(),
  notes: optionalList(z.string()),
  ...fact,
});
export type DiskType = z.infer<typeof DiskType>;

/** A type of EBS volume (or the instance store), what it does when nothing is set, and the managed disks to choose from. Throughput in MiB/s. */
export const VolumeType = record({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['ebs', 'instance-store']),
  /** What the volume does when it was not told: so much per GiB, within limits. */
  performance: record({
    iopsPerGiB: z.number().default(0),
    minIops: z.number(),
    maxIops: z.number(),
    throughputPerTiB: z.number().default(0),
    /** Throughput that follows from the IOPS that were set: MiB/s per IOPS up to so many MiB/s, and a smaller share of all IOPS beyond that. */
    throughputPerIops: record({ share: z.number(), upTo: z.number(), beyond: z.number().default(0) }).optional(),
    minThroughput: z.number(),
    maxThroughput: z.number(),
  }).optional(),
  /** Ids of disk types for data, preferred first; the next one is taken when a limit is exceeded. */
  dataDisks: list(z.string()),
  osDisks: list(z.string()),
  /** A cheaper type, and when it does. */
  lighter: record({ disk: z.string(), when: z.string() }).optional(),
  reason: z.string(),
  ...fact,
});
export type VolumeType = z.infer<typeof VolumeType>;
