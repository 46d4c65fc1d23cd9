import * as z from 'zod';
import { Confidence } from './confidence.ts';
import { Inventory } from './inventory.ts';
import { Issue } from './issue.ts';
import { Architecture, BootMode, Licence, OsFamily, Tags } from './machine.ts';
import { artifact, list, record } from './schema.ts';

/** One observation and what it says; observations that contradict the finding stay in the list. */
export const Evidence = record({
  /** Which field or call it was read from, for example `UsageOperation` or `OwnerId+Name`. */
  from: z.string(),
  /** What was seen there, as AWS returned it. */
  observed: z.string(),
  /** The value that this observation speaks for. */
  suggests: z.string(),
  confidence: Confidence,
  /** The catalog rule or document that connects the two. */
  source: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A finding: the value (absent = unknown), how sure, and every piece of evidence for and against. */
export function finding<Value extends z.ZodType>(value: Value) {
  return record({ value: value.optional(), confidence: Confidence, evidence: list(Evidence) });
}
export type Finding<Value> = {
  readonly value?: Value | undefined;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
};

/** One volume of the AMI. Sizes in GiB, throughput in MiB/s. */
export const AmiDisk = record({
  device: z.string(),
  snapshotId: z.string().optional(),
  sizeGiB: z.number().optional(),
  type: z.string().optional(),
  iops: z.number().optional(),
  throughput: z.number().optional(),
  encrypted: z.boolean().optional(),
  /** `ebs`, or `ephemeral` for instance store. */
  kind: z.enum(['ebs', 'ephemeral']),
  root: z.boolean(),
});
export type AmiDisk = z.infer<typeof AmiDisk>;

/** An AMI as EC2 describes it, in our own field names; every field that EC2 may omit is optional. */
export const Ami = record({
  /** Of a disk or an inventory in a file: its kind, path and digest (`disk:web.vhd@0123456789ab`). */
  id: z.string(),
  /** `local` for a disk or an inventory in a file. */
  region: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  ownerId: z.string().optional(),
  ownerAlias: z.string().optional(),
  location: z.string().optional(),
  created: z.string().optional(),
  deprecated: z.string().optional(),
  state: z.string().optional(),
  /** `i386 | x86_64 | arm64 | x86_64_mac | arm64_mac`, as EC2 spells it. */
  architecture: z.string().optional(),
  bootMode: z.string().optional(),
  virtualization: z.string().optional(),
  platform: z.string().optional(),
  platformDetails: z.string().optional(),
  usageOperation: z.string().optional(),
  tpm: z.string().optional(),
  ena: z.boolean().optional(),
  rootDevice: z.string().optional(),
  rootDeviceType: z.string().optional(),
  sourceImageId: z.string().optional(),
  sourceImageRegion: z.string().optional(),
  ssmParameter: z.string().optional(),
  public: z.boolean().optional(),
  productCodes: list(record({ id: z.string(), type: z.string() })),
  disks: list(AmiDisk),
  tags: Tags,
});
export type Ami = z.infer<typeof Ami>;

/** Whether a text is the id of an AMI; tags that should hold one are written by anybody. */
export function isAmiId(text: string | undefined): text is string {
  return /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(text ?? '');
}

/** Id of the snapshot that the root disk is made from; undefined where EC2 tells none. */
export function rootSnapshot({ disks }: Pick<Ami, 'disks'>): string | undefined {
  return disks.find(({ root }) => root)?.snapshotId;
}

/** What the AMI is, each finding with its evidence and confidence. */
export const Analysis = artifact('Analysis', {
  image: z.string(),
  ami: Ami,
  /** The AMIs it was made from, nearest first, as far as EC2 lets us see. */
  ancestry: list(Ami),
  /** The catalog family (`catalog/amis/`) that the AMI or its nearest known ancestor belongs to. */
  amiFamily: finding(z.string()),
  /** The vendor product (`catalog/products/`) that the AMI carries; absent when it is none of the catalog's. */
  product: finding(z.string()).optional(),
  osFamily: finding(OsFamily),
  /** A distribution id of `catalog/distros/`, for example `ubuntu` or `windows-server`. */
  distro: finding(z.string()),
  version: finding(z.string()),
  /** `server`, `minimal`, `core`, `ha`, `sap`, `sql-standard` …: what sets the image apart from the plain one. */
  variant: finding(z.string()),
  /** Of Windows, in small letters (`japanese`, `portuguese-brazil`); absent where no text names one. */
  language: finding(z.string()).optional(),
  architecture: finding(Architecture),
  bootMode: finding(BootMode),
  licence: finding(Licence),
  /** True when the image is the family's own public AMI, false when it was customised or copied. */
  stock: finding(z.boolean()),
  /** What is on its disk; absent where that was not read. */
  inventory: Inventory.optional(),
  issues: list(Issue),
});
export type Analysis = z.infer<typeof Analysis>;

/** What an analysis and its report agree on. */
export type AnalysisOutline = Omit<Analysis, 'inventory'>;
