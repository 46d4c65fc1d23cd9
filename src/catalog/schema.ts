import * as z from 'zod';
import { Verdict } from '../model/base-match.ts';
import { CheckSeverity, CheckStage } from '../model/check.ts';
import { Confidence } from '../model/confidence.ts';
import { Architecture, BootMode, Feature, Generation, GuestFamily, Licence, OsFamily, PurchasePlan } from '../model/machine.ts';
import { Phase } from '../model/phase.ts';
import { list, record } from '../model/schema.ts';
import { fact, optionalList } from './fact.ts';
import { ContentRule, LeakRule, PackageNames, ParityRule } from './inspect-schema.ts';
import { AwsRegion, DiskType, Geography, InstanceClass, VmSeries, VolumeType } from './machine-schema.ts';
import { Product } from './product-schema.ts';

export * from './inspect-schema.ts';
export * from './machine-schema.ts';
export * from './product-schema.ts';

/** What a pattern's group captured -> what it is called in this catalog, for example a code name -> its version. */
const Names = z.record(z.string(), z.string()).default({}).readonly();

/** A family of public AMIs: how to recognise one, and what it is. */
export const AmiFamily = record({
  id: z.string(),
  title: z.string(),
  osFamily: OsFamily.optional(),
  /** A distribution id; absent where the name decides (`distro` group of the pattern) or nothing is known. */
  distro: z.string().optional(),
  owners: list(z.string().regex(/^\d{12}$/)),
  /**
   * ECMAScript pattern over the AMI's name. Its named groups are findings: `version` (or a `codename`, looked up in `versionNames`), its `minor`, `versionSuffix`
   * (appended in capitals after a space: `12 SP5`, `2012 R2`), `arch`, `variant`, `distro`, `virtualization`, `sqlVersion`, `sqlEdition`,
   * `language` (of Windows);
   * `prerelease` marks a beta, daily or preview build; `date` is not read.
   */
  namePattern: z.string(),
  nameExamples: list(z.string()),
  /** Captured text (lower case) -> version, for every family of the same distribution; what is not listed is taken as captured. */
  versionNames: Names,
  /** Captured text (lower case) -> variant, or distribution id. */
  variantNames: Names,
  distroNames: Names,
  /** The version, where the whole family has one. */
  version: z.string().optional(),
  variant: z.string().optional(),
  /** Words that the whole family carries beside its variant, for example `deeplearning`. */
  also: optionalList(z.string()),
  licence: Licence.optional(),
  bootMode: record({ x86_64: BootMode.optional(), arm64: BootMode.optional() }).default({}),
  bootModeConfidence: Confidence.default('none'),
  usageOperations: optionalList(z.string()),
  /** AWS Marketplace product codes under which the family is sold, with the version where the code stands for one; copies inherit them. */
  productCodes: optionalList(record({ id: z.string(), version: z.string().optional() })),
  /** Public SSM parameters (path or path prefix ending in `/`) that resolve to this family. */
  ssmParameters: optionalList(z.string()),
  /**
   * Case-insensitive patterns over the free text of a customised AMI (name, description, tags): they speak for this family's distribution,
   * and their group `version` for a version. Low confidence always.
   */
  textHints: optionalList(z.string()),
  /** Set where the family is not an ordinary base for a VM. */
  verdict: Verdict.optional(),
  /** The Azure service or offer that does the job instead, where `verdict` says so. */
  instead: z.string().optional(),
  ...fact,
});
export type AmiFamily = z.infer<typeof AmiFamily>;

/** A Marketplace image. `generation`, `features` and `plan` are what was seen last; match asks ARM before it trusts them. */
export const Base = record({
  id: z.string(),
  publisher: z.string(),
  offer: z.string(),
  sku: z.string(),
  /** The point release that the image holds on to, for example `9.4`; absent where it follows the whole release. */
  version: z.string().optional(),
  variant: z.string(),
  /** Version of the product that the image carries beside the operating system, for example `2022` for SQL Server. */
  productVersion: z.string().optional(),
  architecture: Architecture,
  generation: Generation,
  licence: Licence,
  plan: PurchasePlan.optional(),
  features: list(Feature),
  osDiskSizeGB: z.number().int(),
  /** Root layout, where it differs within a release. */
  layout: z.enum(['plain', 'lvm']).optional(),
  /** How well attested the image is; absent = high. */
  confidence: Confidence.optional(),
  /** The base whose publisher's newer naming carries this image on; both may be sold side by side for years. */
  supersededBy: z.string().optional(),
  /** Set where its publisher takes it back: from which day on, and what it names instead. */
  deprecated: record({ from: z.iso.date().optional(), instead: z.string().optional() }).optional(),
  ...fact,
});
export type Base = z.infer<typeof Base>;

/** One release of a distribution with its Marketplace bases: adding a release is adding this file. */
export const Release = record({
  /** `<distro>-<version>`, for example `ubuntu-24.04`. */
  id: z.string(),
  distro: z.string(),
  version: z.string(),
  /** Other versions of the distribution that this release stands for, for example the yearly ones of Amazon Linux 1. */
  alsoVersions: list(z.string()).optional(),
  title: z.string(),
  /** What `ID` of os-release(5) may be, where that is not the distribution's id. */
  osReleaseIds: optionalList(z.string()),
  osFamily: OsFamily,
  packageManager: z.enum(['apt', 'dnf', 'yum', 'tdnf', 'zypper', 'none']),
  /** Which guest scripts change it; `none` where it is deployed as it is. */
  guest: GuestFamily,
  /** Last day of security updates that cost nothing more, a free maintenance phase included (`standard`), and of those paid for (`extended`). */
  support: record({ standard: z.iso.date().optional(), extended: z.iso.date().optional() }),
  /** No AMI from before this day (ISO date) can hold the release. Named for releases that are still supported. */
  notBefore: z.iso.date().optional(),
  /** Releases to propose when this one is past its end or has no base on Azure: best first, with what a team must expect. */
  successors: list(record({ release: z.string(), differences: list(z.string()), points: z.number().int() })),
  /** What a team must expect when it leaves this release, whichever successor it goes to. */
  leaving: list(z.string()).optional(),
  /** False for distributions that Azure does not sell, such as Amazon Linux. */
  onAzure: z.boolean(),
  bases: list(Base),
  ...fact,
});
export type Release = z.infer<typeof Release>;

/**
 * What a billing code says about the licence. A code of a single bit also stands for that bit: a combination without a file of its own is
 * read bit by bit (each of its four characters is a sum of 1, 2, 4, 8 and g = 16).
 */
export const BillingCode = record({
  /** `UsageOperation` as EC2 returns it, for example `RunInstances:0010`. */
  usageOperation: z.string(),
  platformDetails: z.string(),
  osFamily: OsFamily.optional(),
  licence: Licence.optional(),
  distro: z.string().optional(),
  /** What the code adds to the plain image, for example `ha` or `sql-standard`. */
  variant: z.string().optional(),
  /** Parts of the product the code stands for, for example `rhel-ha` or `sql-server-standard`. */
  products: optionalList(z.string()),
  ...fact,
});
export type BillingCode = z.infer<typeof BillingCode>;

/** A licence choice on Azure for one distribution or product: the options and what each one costs or changes. */
export const LicenceChoice = record({
  id: z.string(),
  /** The distribution it is about; absent for a product that is licensed on its own, whichever system it runs on. */
  distro: z.string().optional(),
  /** The word of a base's variant that brings the choice up, for example `pro` or `sql`; absent = every base of the distribution that is not free. */
  trait: z.string().optional(),
  text: z.string(),
  options: list(
    record({
      value: Licence,
      consequence: z.string(),
      /** `licenseType` to set on VMs at deployment. */
      deploymentLicenseType: z.string().optional(),
      /** The licence of the bases that `deploymentLicenseType` is for; absent = all. A base with another one is deployed without. */
      licenseTypeOnBase: Licence.optional(),
    }),
  ),
  ...fact,
});
export type LicenceChoice = z.infer<typeof LicenceChoice>;

/** A text that stands in a field of a table: a control character would end the field or its line, and pose as another row. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused; a class of Unicode properties is none of JSON Schema
const inTable = z.string().regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'holds a control character');

const textMatch = { files: list(inTable), pattern: inTable };

/**
 * Why an image may not have a leftover: boot = a machine may not start · provisioning = Azure may not set it up · login = nobody may get in · secret =
 * one would travel with it · rule = LISA or a page of Microsoft's refuses it. Whatever is none of these is told, and no more.
 */
const Refusal = z.enum(['boot', 'provisioning', 'login', 'secret', 'rule']);
export type Refusal = z.infer<typeof Refusal>;

/** Something AWS puts into a guest: how to see it, how to remove it, what does its job on Azure. */
export const Component = record({
  id: inTable,
  title: inTable,
  os: z.enum(['linux', 'windows']),
  kind: z.string(),
  /**
   * remove = do it · ask = a person must say so · review = show · report = never touched · unsupported = Azure has nothing that works with it: never
   * touched, and what it means in an image is what `leftover` says, unless somebody keeps it.
   */
  policy: z.enum(['remove', 'ask', 'review', 'report', 'unsupported']),
  phase: Phase,
  /** What it means when it is still there before capture: the image is refused · it is told · nothing. A secret in its files is the leak scan's. */
  leftover: z.union([z.enum(['warn', 'harmless']), record({ blocks: Refusal })]),
  detect: record({
    deb: list(inTable),
    rpm: list(inTable),
    snap: list(inTable),
    pip: list(inTable),
    services: list(inTable),
    paths: list(inTable),
    users: list(inTable),
    programs: list(inTable),
    registry: list(inTable),
    /** Text inside files: shell globs (a directory is searched below) and an extended regular expression per line. */
    contents: list(record(textMatch)).optional(),
    /** Windows: scheduled tasks, as path and name with wildcards. */
    tasks: list(inTable).optional(),
    /** Windows: device names with wildcards, for drivers and the ghost devices they leave. */
    drivers: list(inTable).optional(),
  }),
  /** `keep` where a package tells that the component may be there but belongs to the system; absent = packages go too. */
  packages: z.enum(['remove', 'keep']).optional(),
  /** The vendor's own way out, run before anything is deleted: absolute program and arguments, skipped when it is missing. */
  uninstallers: list(inTable).optional(),
  /** Linux: packages (globs) that the vendor's own way out takes along though the workload needs them. Where one is there, it is not run. */
  uninstallUnless: list(inTable).optional(),
  /** Lines to change in files that stay: without `replacement` a matching line goes, with it every match in the line is replaced. */
  edits: list(record({ ...textMatch, replacement: inTable.optional() })).optional(),
  /** Paths to delete after the packages are gone. */
  removePaths: list(inTable),
  /** The service or agent that does the job on Azure, its details after a semicolon; `none`, with the reason after a colon, where nothing has to. */
  azureEquivalent: z.string().optional(),
  /** Ids of `amis/` whose own AMIs are known to carry it. Others may carry it too: what is in a guest is seen there. */
  inFamilies: list(z.string()).optional(),
  notes: list(z.string()),
  ...fact,
});
export type Component = z.infer<typeof Component>;

/**
 * An agent of another vendor that registers its machine with a service: an image with a registered one makes every machine the same one to that service.
 */
export const Agent = record({
  id: z.string(),
  title: z.string(),
  vendor: z.string(),
  os: z.enum(['linux', 'windows']),
  /**
   * Where it keeps who it is: a glob, where needed with an extended regular expression over the file's lines. `secret` = a key or password of its own ·
   * `registered` = a name that the service gave it · `unsure` = the file holds what an image may have too, so a person must say.
   */
  identity: list(record({ path: z.string(), pattern: z.string().optional(), means: z.enum(['secret', 'registered', 'unsure']) })),
  /** How the vendor has it prepared for an image, in a few words. */
  preparation: z.string(),
  notes: optionalList(z.string()),
  ...fact,
});
export type Agent = z.infer<typeof Agent>;

/** An assertion about the image. The guest script of its operating system holds a function of the same id. */
export const Check = record({
  id: z.string(),
  title: z.string(),
  os: z.enum(['linux', 'windows']),
  stages: list(CheckStage),
  severity: CheckSeverity,
  /** Distributions it applies to; absent = all. */
  distros: list(z.string()).optional(),
  ...fact,
});
export type Check = z.infer<typeof Check>;

/**
 * A word of a variant (`sql-web` is two words): what an image that carries it is beside the plain one. plain = nothing · slight = the disk or the
 * channel · packages = fewer or more of them · shape = another system to work with · product = another product · edition = an edition of SQL Server · entitlement = the plain image with a
 * contract · language. A word without a file counts as a shape.
 */
export const VariantWord = record({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['plain', 'slight', 'packages', 'shape', 'product', 'edition', 'entitlement', 'language']),
  /** Other words of which the same is true. */
  alsoWords: optionalList(z.string()),
  /** What machines go without on a base that lacks the word. Where it stands, losing the word is a question. */
  without: z.string().optional(),
  /** An edition that is free of charge: none that is paid for takes its place. */
  free: z.boolean().default(false),
  /** Not licensed for production: it takes the place of nothing else. */
  testingOnly: z.boolean().default(false),
  /** The dearest edition: where the AMI has a third one, every other edition is nearer. */
  dearest: z.boolean().default(false),
  /** Words of the AMI beside which this word of a base says nothing more, for example `ha`, which Red Hat's SAP system always holds on AWS. */
  comesWith: optionalList(z.string()),
  /** Words of a base that come nearest to this one of an AMI. */
  servedBy: optionalList(z.string()),
  ...fact,
});
export type VariantWord = z.infer<typeof VariantWord>;

/** A VM size that regild takes by itself when the user names none, tried in the order of the list. */
export const DefaultSize = record({
  id: z.string(),
  name: z.string(),
  purpose: list(z.enum(['build', 'test'])),
  architecture: Architecture,
  generations: list(Generation),
  controllers: list(z.enum(['SCSI', 'NVMe'])),
  trustedLaunch: z.boolean(),
  rank: z.number().int(),
  ...fact,
});
export type DefaultSize = z.infer<typeof DefaultSize>;

/** The kinds of facts, by their name in the catalog: the folder of their files, and the schema that one file of it gives. */
export const FOLDERS = {
  amis: { folder: 'amis', schema: AmiFamily },
  releases: { folder: 'distros', schema: Release },
  billingCodes: { folder: 'billing', schema: BillingCode },
  licenceChoices: { folder: 'licences', schema: LicenceChoice },
  variants: { folder: 'variants', schema: VariantWord },
  components: { folder: 'components', schema: Component },
  agents: { folder: 'agents', schema: Agent },
  checks: { folder: 'checks', schema: Check },
  products: { folder: 'products', schema: Product },
  sizes: { folder: 'sizes', schema: DefaultSize },
  regions: { folder: 'regions', schema: AwsRegion },
  geographies: { folder: 'geographies', schema: Geography },
  instances: { folder: 'instances', schema: InstanceClass },
  series: { folder: 'series', schema: VmSeries },
  volumes: { folder: 'volumes', schema: VolumeType },
  disks: { folder: 'disks', schema: DiskType },
  leakRules: { folder: 'leaks', schema: LeakRule },
  contentRules: { folder: 'content', schema: ContentRule },
  packageNames: { folder: 'package-names', schema: PackageNames },
  parityRules: { folder: 'parity', schema: ParityRule },
} as const;
export type FactKind = keyof typeof FOLDERS;
export const FACT_KINDS = Object.keys(FOLDERS) as readonly FactKind[];

/** Every fact, as the files have it. */
export type CatalogFacts = { readonly [Kind in FactKind]: readonly z.infer<(typeof FOLDERS)[Kind]['schema']>[] };

/** The kinds of facts that looking inside an image, comparing it and proposing what carries it over are decided by. */
export const INSIDE_KINDS = [
  'components',
  'leakRules',
  'contentRules',
  'packageNames',
  'parityRules',
] as const satisfies readonly FactKind[];
export type InsideFacts = Pick<CatalogFacts, (typeof INSIDE_KINDS)[number]>;

/** Patterns of an AMI family as regular expressions. */
export interface FamilyRule {
  readonly family: AmiFamily;
  readonly name: RegExp;
  readonly hints: readonly RegExp[];
}

/** The pattern of a product's names as a regular expression. */
export interface ProductRule {
  readonly product: Product;
  readonly name: RegExp;
}

/** What the names of AMIs are read by. */
export interface NameRules {
  readonly families: readonly FamilyRule[];
  readonly products: readonly ProductRule[];
  /** Account -> its families, for accounts that publish one distribution only. */
  readonly publishers: ReadonlyMap<string, readonly AmiFamily[]>;
  /** Languages other than English in which Windows is sold, in small letters. */
  readonly languages: readonly string[];
  /** Distribution -> what a pattern's group captured there (lower case) -> version. */
  readonly versionNames: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** What the words of variants mean, as `variants/` says. */
export interface Vocabulary {
  readonly words: ReadonlyMap<string, VariantWord>;
  /** The words of every base's variant. */
  readonly ofBases: ReadonlyMap<object, ReadonlySet<string>>;
}

/** Lines of the guest's table of components, by what becomes of the component. */
export type TableLines = Readonly<Record<'remove' | 'keep' | 'report', string>>;

/** What follows from the facts and is asked for again and again. */
export interface CatalogIndex {
  readonly names: NameRules;
  readonly vocabulary: Vocabulary;
  /** Distribution -> its releases, newest first. */
  readonly releases: ReadonlyMap<string, readonly Release[]>;
  /** For each base of a release, in its order: how many newer point releases the release offers for the same architecture. */
  readonly newerPoints: ReadonlyMap<Release, readonly number[]>;
  /** What the guest's table says of each component of Linux. */
  readonly tableLines: ReadonlyMap<Component, TableLines>;
}

/** Every fact, and what follows from them: made by `indexCatalog`, never put together by hand. */
export interface Catalog extends CatalogFacts {
  readonly index: CatalogIndex;
}
