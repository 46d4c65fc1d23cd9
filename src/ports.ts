import type { Catalog } from './catalog/schema.ts';
import type {
  Ami,
  AmiSource,
  BuildPlan,
  ClaimRef,
  Definition,
  DefinitionRef,
  ExistingDefinition,
  ExistingGallery,
  ExistingVersion,
  FolderFile,
  GalleryReader,
  GalleryRef,
  GallerySettings,
  ImageFacts,
  InstanceUse,
  Inventory,
  Leftover,
  ProgressEvent,
  PurchasePlan,
  Quota,
  RegionState,
  Run,
  SharingChange,
  Signing,
  Tags,
  TargetRegion,
  TemplateUse,
  TestShape,
  Urn,
  UserFile,
  VersionChange,
  VersionCopy,
  VersionRef,
  VersionUse,
  VmSize,
} from './model/index.ts';

/** Reads from Amazon EC2 (and public SSM parameters). */
export interface Ec2 {
  /** The AMI that a source names; undefined when there is none. A search takes the newest by creation date. */
  findAmi(source: AmiSource): Promise<Ami | undefined>;
  /** The same of many sources, in their order, in as few requests as EC2 allows; undefined also for what could not be asked, of which `findAmi` knows why. */
  findAmis(sources: readonly AmiSource[]): Promise<readonly (Ami | undefined)[]>;
  /** The AMIs with these ids that the account may see, in any order; unknown ids are left out. */
  describeAmis(ids: readonly string[], region: string): Promise<readonly Ami[]>;
  /** Ids and regions of all AMIs that an AMI was made from, nearest first, also those that the account may not read; undefined where EC2 does not tell. */
  lineage(id: string, region: string): Promise<readonly { readonly id: string; readonly region: string }[] | undefined>;
}

/** What an AWS account owns and uses, for a survey. Throws CLOUD_DENIED where the account may not ask. */
export interface AccountInventory {
  /** Every AMI of these owners (`self`, an account id or an alias) in a region, deprecated and disabled ones included. */
  listAmis(owners: readonly string[], region: string): Promise<readonly Ami[]>;
  /** The instances launched from these AMIs. */
  instances(imageIds: readonly string[], region: string): Promise<readonly InstanceUse[]>;
  /** Every launch template of the account, default and latest version. */
  launchTemplates(region: string): Promise<readonly TemplateUse[]>;
}

/** The git repository that a manifest lies in. Paths are relative to the manifest's folder, with `/`; one above it begins with `../`. Throws USAGE. */
export interface Repository {
  /**
   * The commit that HEAD and a ref have last in common, so that what others did since on a branch does not count as changed here. Throws
   * COMMIT_NOT_FOUND.
   */
  commonCommit(ref: string): Promise<string>;
  /** Every file that is not as it was in a commit: changed, deleted, or not committed yet. Ignored files are not seen. */
  changedSince(commit: string): Promise<readonly string[]>;
  /** Whether git leaves a path out, whether it exists or not. */
  ignores(path: string): Promise<boolean>;
  /** The text of a file in a commit; undefined where it was not there. */
  textAt(commit: string, path: string): Promise<string | undefined>;
}

export interface Marketplace {
  /** Version names in a location, newest first (compared part by part as numbers); empty when the image is not sold there. */
  versions(subscription: string, location: string, image: Omit<Urn, 'version'>): Promise<readonly string[]>;
  /** Facts of an exact version; undefined when it does not exist in the location. */
  facts(subscription: string, location: string, urn: Urn): Promise<ImageFacts | undefined>;
  /** Whether the subscription accepted the terms of a purchase plan; undefined when it may not ask. */
  termsAccepted(subscription: string, plan: PurchasePlan): Promise<boolean | undefined>;
}

export interface Wait<Update> {
  readonly signal?: AbortSignal | undefined;
  readonly onUpdate?: ((update: Update) => void) | undefined;
}

/** Azure Compute Gallery. Every write compares first, so that repeating it changes nothing. */
export interface Gallery {
  /** One that exists stays as it is, its settings too; one that is being changed is waited for, and one that was left failed is written again. */
  ensureGallery(ref: DefinitionRef, location: string, tags: Tags, settings?: GallerySettings): Promise<'created' | 'existed'>;
  /** How a gallery is set and shared; undefined when there is none. */
  settings(ref: GalleryRef): Promise<ExistingGallery | undefined>;
  setSettings(ref: GalleryRef, settings: Pick<ExistingGallery, 'softDelete'>): Promise<void>;
  /** Who has the role Reader on the gallery itself; undefined where that may not be asked. */
  readers(ref: GalleryRef): Promise<readonly GalleryReader[] | undefined>;
  /** Changes with whom a gallery is shared, and waits; one that was made already is fine. */
  share(ref: GalleryRef, change: SharingChange): Promise<void>;
  definition(ref: DefinitionRef): Promise<ExistingDefinition | undefined>;
  /** Every definition of a gallery; none when there is no such gallery. */
  definitions(ref: GalleryRef): Promise<readonly ExistingDefinition[]>;
  /** Whether there is a definition, once nothing works on it any more; one that was left failed is written again as it is. */
  settleDefinition(ref: DefinitionRef): Promise<boolean>;
  createDefinition(ref: DefinitionRef, definition: Definition, location: string, tags: Tags): Promise<void>;
  versions(ref: DefinitionRef): Promise<readonly ExistingVersion[]>;
  version(ref: VersionRef): Promise<ExistingVersion | undefined>;
  /** Sets the complete set of target regions and waits; a region that fails is in the answer, not an exception. */
  replicate(ref: VersionRef, regions: readonly TargetRegion[], wait: Wait<readonly RegionState[]>): Promise<readonly RegionState[]>;
  /** Changes what is given of a version and waits; tags are replaced, excluded regions are the complete set. */
  setVersion(ref: VersionRef, change: VersionChange): Promise<ExistingVersion>;
  /**
   * Creates a version from another one of the same subscription, in one region, and waits. One that was made from there already is waited for and
   * left alone. Throws BUILD_FAILED, also for a version of that name with another origin.
   */
  copyVersion(from: VersionRef, to: VersionRef, copy: VersionCopy, wait: Wait<readonly RegionState[]>): Promise<ExistingVersion>;
  /** Deletes a version; one that does not exist is fine. */
  removeVersion(ref: VersionRef): Promise<void>;
}

/** Where an image template lies. */
export interface TemplateRef {
  readonly subscription: string;
  readonly resourceGroup: string;
  /** Name of the image template resource. */
  readonly name: string;
}

/** Azure VM Image Builder. */
export interface ImageBuilder {
  /** Version of the service's API that templates are written for. */
  readonly api: string;
  /**
   * Creates the template, runs it and waits; a template of that name that is already running is waited for, not started again.
   * Returns the id of the gallery version it distributed. Throws BUILD_FAILED with the service's own words.
   */
  build(ref: TemplateRef, body: unknown, wait: Wait<string>): Promise<string>;
  /** What the last run wrote, if it failed: the output of Packer and of every step. Undefined where there is none. Throws CLOUD_DENIED. */
  buildLog(ref: TemplateRef): Promise<string | undefined>;
  /** Asks a running build to stop; returns when the service has taken the request. */
  cancel(ref: TemplateRef): Promise<void>;
  /** Deletes the template and with it the staging resource group. */
  remove(ref: TemplateRef): Promise<void>;
}

/** What a claim is made with. */
export interface Wanted {
  readonly location: string;
  readonly tags: Tags;
}

/** Claims: resources in Azure, one for each version that is being built, that say which run builds it. One of two that ask in the same moment gets it. */
export interface Claims {
  /**
   * Takes a claim that nobody holds, or whose tags say that it is free to be taken; gives the tags of the one that stands in the way, else undefined.
   * Throws CLOUD_DENIED.
   */
  take(ref: ClaimRef, wanted: Wanted, isFree: (tags: Tags) => boolean, signal?: AbortSignal): Promise<Tags | undefined>;
  /** Deletes a claim whose tags say that it is the caller's; one that is gone, or another's, stays as it is. */
  release(ref: ClaimRef, isOwn: (tags: Tags) => boolean): Promise<void>;
}

/** A blob: address of its container, and the path in it. */
export interface BlobRef {
  readonly container: string;
  readonly path: string;
}

/** Azure Blob Storage, as the identity that publishes. Throws CLOUD_DENIED, with the role that is needed. */
export interface Blobs {
  /** The text of a blob; undefined where there is none, or no such container. */
  read(ref: BlobRef): Promise<string | undefined>;
  /** Writes a blob of JSON that is not there yet; one that is stays as it is. */
  create(ref: BlobRef, content: string): Promise<'created' | 'existed'>;
}

/** Signs on behalf of whoever publishes. */
export interface Signer {
  /** The signature over these bytes, and what names the key where that is known. Throws SIGNING_FAILED. */
  sign(by: Signing, bytes: Uint8Array): Promise<{ readonly keyid?: string | undefined; readonly sig: Uint8Array }>;
}

/** Who runs the versions of definitions, from Azure Resource Graph. */
export interface VersionUsers {
  /**
   * Virtual machines and scale sets that were made from a version of these definitions, of all subscriptions that may be read; what was made within the
   * last minutes may be missing. Throws CLOUD_DENIED where it may not be asked.
   */
  of(definitions: readonly DefinitionRef[]): Promise<readonly VersionUse[]>;
}

/** What Packer is to build. */
export interface PackerBuild {
  /** Absolute path of the rendered folder. */
  readonly folder: string;
  /** The template's variables that differ from run to run, as `PKR_VAR_…`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Names of the template's steps in the order in which they begin. */
  readonly steps: readonly string[];
  /** The version that the template captures, and what it is like. */
  readonly captures: { readonly ref: VersionRef; readonly as: VersionCopy };
  /** After a failure Packer deletes what it made (`cleanup`), or leaves it standing (`abort`), then also after an interrupt. */
  readonly onError: 'cleanup' | 'abort';
}

/** HashiCorp Packer. */
export interface Packer {
  /** `simulated` where no program runs and no VM boots: a build makes the version that it should, and nothing is in it. */
  readonly kind: 'program' | 'simulated';
  /** Version of the program that answers to `packer`; throws PACKER_MISSING when that is not HashiCorp's, or too old. */
  version(): Promise<string>;
  /** The newest azure plugin that is installed; undefined where none is, and where no program runs. */
  plugin(): Promise<string | undefined>;
  /** Installs the plugins that a rendered folder asks for, where they are not there. Throws BUILD_FAILED or PACKER_MISSING. */
  init(folder: string, wait: Wait<string>): Promise<void>;
  /** Builds a rendered template and returns the artifact id. An abort sends one interrupt and waits for Packer's own cleanup. */
  build(request: PackerBuild, wait: Wait<string>): Promise<string>;
}

/** The administrator that Azure makes on a Linux machine, and the private key (PEM) that lets in. */
export interface AdministratorLogin {
  readonly user: string;
  readonly privateKey: string;
}

/** A command that is run on another machine as its administrator. */
export interface SshCommand {
  readonly login: AdministratorLogin;
  /** IPv4 address. */
  readonly address: string;
  /** 22 when absent. */
  readonly port?: number;
  readonly command: string;
}

/** The SSH client of the machine that runs regild. */
export interface Ssh {
  /** What the client says of itself; undefined when there is none. */
  version(): Promise<string | undefined>;
  /** What the command printed, or in a line why nobody got in or it failed. */
  run(command: SshCommand, signal?: AbortSignal): Promise<{ readonly stdout: string } | { readonly failure: string }>;
}

/** A VM booted from a staged version. */
export interface RunningVm {
  readonly name: string;
  /** Good on this machine alone, handed to nothing but a script that runs on it; absent on Windows. */
  readonly login?: AdministratorLogin | undefined;
  readonly secondsToReady: number;
  /** Runs a script in the guest as root or SYSTEM and returns what it printed (the service cuts it at 4,096 bytes). */
  run(script: string): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** Restarts the machine and waits for its agent. Throws VALIDATION_FAILED with the serial log when it does not come back. */
  restart(): Promise<void>;
  serialLog(): Promise<string | undefined>;
}

export interface TestVmRequest {
  readonly plan: BuildPlan;
  readonly shape: TestShape;
  /** Availability zone to boot in; Azure chooses where absent. */
  readonly zone?: string | undefined;
  readonly versionId: string;
  readonly runId: string;
  /** ISO time after which a sweep may delete what is left. */
  readonly deadline: string;
}

/** Where a test VM stands. */
export interface TestVmPlace {
  readonly group: string;
  readonly vm: string;
}

export interface TestWait<Result = unknown> extends Wait<string> {
  /** Asked when the VM has been used, or was not to be had: whether its group is to stay. Not asked after an abort. */
  readonly keeps?: ((place: TestVmPlace, outcome: PromiseSettledResult<Result>) => Promise<boolean>) | undefined;
  /** Told of the resource group that could not be deleted, and why. */
  readonly onLeft?: ((group: string, reason: string) => void) | undefined;
}

export interface TestVm {
  /** Boots a VM, waits for its agent, hands it over, and deletes everything it made, also after a failure or an abort, unless it is to stay; what could not be is told. */
  withVm<Result>(request: TestVmRequest, wait: TestWait<Result>, use: (vm: RunningVm) => Promise<Result>): Promise<Result>;
}

/** Reads about a subscription, for preflight. */
export interface Subscription {
  /** Locations the subscription can use; undefined when the subscription does not exist or is not visible. */
  locations(subscription: string): Promise<readonly string[] | undefined>;
  resourceGroup(subscription: string, name: string): Promise<{ readonly location: string } | undefined>;
  /** Those of its locations that have availability zones; undefined when Azure does not say. */
  zonalLocations(subscription: string): Promise<readonly string[] | undefined>;
  /** A subnet by its resource id; undefined when it does not exist, `unreadable` when it may not be looked at. */
  subnet(id: string): Promise<ExistingSubnet | 'unreadable' | undefined>;
  /**
   * A user-assigned identity by its resource id, with its rights on a resource group and, where one is named, in a virtual network; undefined when it does not exist,
   * `unreadable` when it may not be looked at.
   */
  identity(id: string, groupId: string, networkId?: string): Promise<ExistingIdentity | 'unreadable' | undefined>;
  /** What Azure Policy would deny of a resource, in a group or (without one) in a temporary group; undefined when it may not be asked. */
  policies(
    subscription: string,
    resourceGroup: string | undefined,
    resource: PlannedResource,
  ): Promise<readonly PolicyObjection[] | undefined>;
  /** Cores of Azure Container Instances, in which Image Builder's isolated builds run; undefined when it may not be asked. */
  containerCores(subscription: string, location: string): Promise<Quota | undefined>;
  /** Registration state of a resource provider, for example Registered. */
  provider(subscription: string, namespace: string): Promise<string>;
  sizes(subscription: string, location: string): Promise<readonly VmSize[]>;
  quotas(subscription: string, location: string): Promise<readonly Quota[]>;
  /** Allowed actions (with wildcards, minus notActions) on a resource group, or on the subscription; undefined when it may not be asked. */
  permissions(
    subscription: string,
    resourceGroup?: string,
  ): Promise<readonly { readonly actions: readonly string[]; readonly notActions: readonly string[] }[] | undefined>;
}

/** Actions that a role allows, with wildcards. */
export interface Grant {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** A user-assigned identity as preflight looks at it. */
export interface ExistingIdentity {
  readonly location: string;
  /** What it may do in the resource group of the gallery; undefined where that may not be asked. */
  readonly rights: readonly Grant[] | undefined;
  /** What it may do in the network that the build VM is to join; undefined where that may not be asked, or none is named. */
  readonly inNetwork?: readonly Grant[] | undefined;
  /** What the caller may do with it. */
  readonly toCaller: readonly Grant[] | undefined;
}

/** A resource that is to be made, as far as a policy may speak of it. */
export interface PlannedResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly location: string;
  readonly tags: Tags;
  readonly properties: object;
}

/** A policy that would deny a resource, with the fields that it wants of it. */
export interface PolicyObjection {
  readonly policy: string;
  readonly fields: readonly string[];
}

/** A subnet as preflight looks at it. */
export interface ExistingSubnet {
  readonly location: string;
  /** Whether network policies for private link services are on, which Image Builder cannot work under. */
  readonly privateLinkServicePolicies: boolean;
  /** Services that it is delegated to, for example Microsoft.Web/serverFarms: nothing else may stand in it. */
  readonly delegatedTo: readonly string[];
  /** What the caller may do with it; undefined where that may not be asked. */
  readonly toCaller: readonly Grant[] | undefined;
}

/** What regild made and has not deleted, for a sweep. */
export interface Leftovers {
  /** Resource groups of a subscription that carry the tag of a run. */
  groups(subscription: string): Promise<readonly Leftover[]>;
  /** Image templates and claims of a subscription that carry the tag of a run. */
  resources(subscription: string): Promise<readonly Leftover[]>;
  /** Resource groups of a subscription that a run made, or that services made for it. */
  ofRun(subscription: string, run: string): Promise<readonly Leftover[]>;
  /** Versions of a definition that carry the tag of a run; none when there is no such definition. */
  versions(ref: DefinitionRef): Promise<readonly Leftover[]>;
  /**
   * Deletes one, a group with all that is in it; one that is gone is fine. Groups and templates: resolves when the service has taken the request.
   * Throws CLOUD_FAILED when it no longer carries the tags that it was listed with.
   */
  remove(leftover: Leftover, signal?: AbortSignal): Promise<void>;
}

/** The run folder. An artifact is parsed with its schema when it is loaded. */
export interface Artifacts {
  save(image: string, artifact: { readonly kind: string }): Promise<void>;
  /** The saved artifact of a kind as unchecked JSON; undefined when the run did not reach it. */
  load(image: string, kind: string): Promise<unknown>;
  /** Writes files below the image's folder and returns the folder's absolute path. */
  saveFiles(image: string, folder: string, files: readonly { readonly path: string; readonly content: string }[]): Promise<string>;
  log(image: string, name: string, text: string): Promise<void>;
}

/** Text that ships with regild (templates, guest scripts), and the files that a manifest names. */
export interface Assets {
  /** Throws FILE_NOT_FOUND; a missing file of our own is a broken installation. */
  own(path: string): Promise<string>;
  /**
   * What a function makes of such a file: made once for all images, since their files are the same. The function has to be the same one for all of them
   * too, and to look at nothing but the text and its path.
   */
  ownAs<Form>(path: string, made: (text: string, path: string) => Form): Promise<Form>;
  /** The same of many files, by their paths. */
  allOwnAs<Form>(paths: readonly string[], made: (text: string, path: string) => Form): Promise<ReadonlyMap<string, Form>>;
  /** Whether something lies there, relative to the manifest. */
  isThere(path: string): Promise<boolean>;
  /**
   * The text of a file below the folder of the manifest; undefined when it does not exist. Throws FILE_INVALID when it is not UTF-8 text or lies elsewhere,
   * SECRET_IN_FILE when it shows a secret.
   */
  user(path: string): Promise<string | undefined>;
  /** A file relative to the manifest, whatever is in it; undefined when it does not exist. */
  userFile(path: string): Promise<UserFile | undefined>;
  /**
   * The files below a folder relative to the manifest, by path with `/`, sorted; names that begin with a dot are left out. Undefined when there is no
   * such folder. Throws FILE_INVALID for a file that is not UTF-8 text: guests are handed text.
   */
  userFolder(path: string): Promise<readonly FolderFile[] | undefined>;
}

/** What EBS direct lists of a snapshot from some block on. */
export interface SnapshotPage {
  /** Bytes. */
  readonly volumeSize: number;
  readonly blockSize: number;
  /** Blocks that were written, in ascending order, each with what reads it. */
  readonly blocks: readonly { readonly index: number; readonly token: string }[];
  /** No block follows the last one here. */
  readonly isLast: boolean;
}

/** A snapshot of an EBS volume, read without an instance. */
export interface Snapshot {
  /** A page of its blocks, from an index on. */
  list(from: number): Promise<SnapshotPage>;
  /** The bytes of a block, its checksum compared. */
  block(index: number, token: string): Promise<Uint8Array>;
}

/** Snapshots of EBS volumes. */
export interface Snapshots {
  /**
   * The snapshot with an id, for example `snap-0123456789abcdef0`. Reading it throws SNAPSHOT_UNREADABLE, with what would help, for one that is public,
   * pending, archived or does not exist, and CLOUD_DENIED where the account may not read it.
   */
  open(id: string, region: string): Snapshot;
}

/** What Systems Manager's inventory holds of an instance, as it gives it: rows of texts. */
export interface InstanceReport {
  readonly id: string;
  /** The row of `AWS:InstanceInformation`. */
  readonly information: Readonly<Record<string, string>>;
  /** By type, for example `AWS:Application`; empty where nothing was collected. */
  readonly entries: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

/** Instances that Systems Manager manages. */
export interface ManagedInstances {
  /** The report of an instance, or of one of those made from an AMI; undefined where none reports. Throws CLOUD_DENIED. */
  report(of: { readonly kind: 'instance' | 'ami'; readonly id: string }, region: string): Promise<InstanceReport | undefined>;
}

/**
 * Where the content of an image is read: the root snapshot of an AMI, an instance (or one that was made from an AMI) as Systems Manager knows it, a disk in
 * a file, or an inventory that was saved. Paths are relative to the manifest.
 */
export type ContentPlace =
  | { readonly kind: 'instance' | 'ami'; readonly id: string; readonly region: string }
  | { readonly kind: 'snapshot'; readonly ami: string; readonly id: string; readonly region: string }
  | { readonly kind: 'disk'; readonly path: string }
  | { readonly kind: 'inventory'; readonly path: string };

/** What is in images, read without starting or mounting one. */
export interface Contents {
  /**
   * Throws SNAPSHOT_UNREADABLE and CLOUD_DENIED where a snapshot may not be read, INSTANCE_UNTOLD where Systems Manager knows nothing, FILE_NOT_FOUND and FILE_INVALID where there is no file, or nothing in
   * it that is read.
   */
  take(place: ContentPlace): Promise<Inventory>;
}

/** A disk image, or a block device, that is read by places. */
export interface DiskFile {
  /** Bytes. */
  readonly size: number;
  /** Exactly so many bytes. Throws FILE_INVALID when it became shorter than `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Disk images of this machine. */
export interface DiskFiles {
  /** Throws FILE_NOT_FOUND for one that is not there or may not be read. */
  open(path: string): Promise<DiskFile>;
}

export interface Clock {
  now(): Date;
  /** Resolves after a while, or rejects at once when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Whoever watches the run. */
export interface Operator {
  /** Asks a question that is answered with yes or no, one after the other. Undefined where nobody watches, or the run is cancelled meanwhile. */
  confirm(question: string): Promise<boolean | undefined>;
}

export interface Progress {
  emit(event: ProgressEvent): void;
}

export interface Ports {
  readonly ec2: Ec2;
  readonly contents: Contents;
  readonly marketplace: Marketplace;
  readonly gallery: Gallery;
  readonly claims: Claims;
  readonly imageBuilder: ImageBuilder;
  readonly packer: Packer;
  readonly testVm: TestVm;
  readonly ssh: Ssh;
  readonly subscription: Subscription;
  readonly leftovers: Leftovers;
  readonly versionUsers: VersionUsers;
  readonly blobs: Blobs;
  readonly signer: Signer;
  readonly artifacts: Artifacts;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly operator: Operator;
}

/** What a stage is handed beside earlier artifacts: the ports that it names, `Context<'ec2' | 'clock'>`; the whole walk has them all. */
export interface Context<Port extends keyof Ports = keyof Ports> {
  readonly ports: Pick<Ports, Port>;
  readonly catalog: Catalog;
  readonly run: Run;
}
