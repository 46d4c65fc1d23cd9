import * as z from 'zod';
import { Architecture, OsFamily } from './machine.ts';
import { artifact, list, record } from './schema.ts';

const names = list(z.string());

/** Where an inventory was taken: from a snapshot of an AMI, from a disk in a file, from a folder that holds a root file system, inside a running machine, or from what Systems Manager knows of an
 * instance. */
export const InventorySource = record({
  kind: z.enum(['snapshot', 'disk', 'folder', 'machine', 'instance']),
  /** For example `ami-0abc… (snap-0def…)`, or the path of the file. */
  name: z.string(),
  /** True where the disk or the machine is the sandbox's. */
  simulated: z.boolean(),
});
export type InventorySource = z.infer<typeof InventorySource>;

/** What the inventory of an AMI's root snapshot calls its source. */
export function snapshotName({ ami, id }: { readonly ami: string; readonly id: string }): string {
  return `${ami} (${id})`;
}

/** What the machine is. A field that nothing was found for is absent. */
export const InventorySystem = record({
  family: OsFamily,
  /** `ID` and `VERSION_ID` of os-release (`amzn`, `2023`), or `windows-server` and its year. */
  id: z.string().optional(),
  version: z.string().optional(),
  name: z.string().optional(),
  architecture: Architecture.optional(),
  /** Releases of the kernels that are installed. */
  kernels: names,
  init: z.string().optional(),
  /** Mode of SELinux as configured: `enforcing`, `permissive`, `disabled`. */
  selinux: z.string().optional(),
  apparmor: z.boolean(),
  fips: z.boolean(),
  locale: z.string().optional(),
  timeZone: z.string().optional(),
  /** With digits as `#`, so that two machines of one kind are equal. */
  hostNamePattern: z.string().optional(),
});
export type InventorySystem = z.infer<typeof InventorySystem>;

/** A file system of the disk, or one that is mounted. Sizes in bytes. */
export const InventoryFileSystem = record({
  /** For example `partition 1` or `/dev/sda1`. */
  device: z.string(),
  /** `ext4`, `xfs`, `vfat`, or what stands there instead: `lvm`, `luks`, `swap`. */
  type: z.string(),
  mountPoint: z.string().optional(),
  usedBytes: z.number().optional(),
  totalBytes: z.number().optional(),
});
export type InventoryFileSystem = z.infer<typeof InventoryFileSystem>;

/** How the machine starts, seen on its disk. */
export const InventoryBoot = record({
  partitionTable: z.enum(['gpt', 'mbr', 'none']).optional(),
  /** What the disk can start from, by boot code and loaders; absent where the disk was not seen. */
  mode: z.enum(['bios', 'uefi', 'both', 'none']).optional(),
  /** Loaders on the EFI system partition, by path. */
  loaders: names,
  fileSystems: list(InventoryFileSystem),
  kernelArguments: names,
  /** Drivers that the configuration puts into the initramfs. */
  initramfsDrivers: names,
  fstab: list(record({ device: z.string(), mountPoint: z.string(), type: z.string(), options: z.string() })),
  swap: names,
});
export type InventoryBoot = z.infer<typeof InventoryBoot>;

export const PackageManagerName = z.enum(['deb', 'rpm', 'snap', 'pip', 'npm', 'gem', 'program']);
export type PackageManagerName = z.infer<typeof PackageManagerName>;

/** An installed package; `program` is an entry of Windows' installed programs. */
export const InventoryPackage = record({
  manager: PackageManagerName,
  name: z.string(),
  /** As the package manager writes it, with epoch and release. */
  version: z.string(),
  architecture: z.string().optional(),
  /** The repository or vendor that it came from. */
  origin: z.string().optional(),
  /** `manual` = a person asked for it, `dependency` = another package did; absent where nobody recorded it. */
  reason: z.enum(['manual', 'dependency']).optional(),
  /** True where it was named on a command line that the package manager logged. */
  asked: z.literal(true).optional(),
  /** True where the distribution counts it to its smallest system. */
  base: z.literal(true).optional(),
  /** When it was installed, or last upgraded, ISO time. */
  installed: z.iso.datetime().optional(),
});
export type InventoryPackage = z.infer<typeof InventoryPackage>;

/** A unit of the init system, or a service or task of Windows. */
export const InventoryService = record({
  name: z.string(),
  /** `masked` units cannot start; `disabled` is told only where an administrator said so against the vendor's preset. */
  state: z.enum(['enabled', 'disabled', 'masked']),
  /** What brings its file: a package, or nothing for what people made. */
  package: z.string().optional(),
});
export type InventoryService = z.infer<typeof InventoryService>;

/** A file with jobs of cron; what they run stays in the image, since commands hold secrets. */
export const CronFile = record({ path: z.string(), jobs: z.number().int(), sha256: z.string() });
export type CronFile = z.infer<typeof CronFile>;

/** An account; never a hash, never a key. */
export const InventoryAccount = record({
  name: z.string(),
  uid: z.number().int(),
  gid: z.number().int(),
  home: z.string(),
  shell: z.string(),
  /** How a password logs in: it cannot, it can, or none is asked for. */
  password: z.enum(['locked', 'set', 'empty']),
  /** Number of keys that may log in. */
  keys: z.number().int(),
});
export type InventoryAccount = z.infer<typeof InventoryAccount>;

export const SettingKind = z.enum([
  'sysctl',
  'limit',
  'module',
  'repository',
  'repository-key',
  'trust-anchor',
  'proxy',
  'ntp',
  'resolver',
  'sshd',
  'environment',
  'firewall',
]);
export type SettingKind = z.infer<typeof SettingKind>;

/** One setting. Passwords within a URL are left out. */
export const InventorySetting = record({ kind: SettingKind, name: z.string(), value: z.string(), path: z.string() });
export type InventorySetting = z.infer<typeof InventorySetting>;

/** A file that no package brought, one that was changed since its package brought it, or a tree that is too large for one line each. */
export const ContentItem = record({
  path: z.string(),
  kind: z.enum(['file', 'link', 'tree']),
  /** `generated` files are what the system makes by itself (catalog/content/). */
  origin: z.enum(['unowned', 'changed', 'generated']),
  /** The package whose file was changed. */
  package: z.string().optional(),
  bytes: z.number(),
  /** Files in a tree. */
  files: z.number().int().optional(),
  /** Of a file's bytes, hexadecimal; of a link's target; absent for a tree and above the limit of size. */
  sha256: z.string().optional(),
  /** Permission bits in octal, for example `0644`. */
  mode: z.string(),
  /** `uid:gid`. */
  owner: z.string(),
  /** Where a link points. */
  target: z.string().optional(),
});
export type ContentItem = z.infer<typeof ContentItem>;

/** An AWS component that was found, and the first places where. */
export const FoundComponent = record({ id: z.string(), found: names });
export type FoundComponent = z.infer<typeof FoundComponent>;

/** Something that must not travel in an image: where it lies and of what kind, never what it is. */
export const FoundLeak = record({ rule: z.string(), severity: z.enum(['block', 'warn']), path: z.string(), kind: z.string() });
export type FoundLeak = z.infer<typeof FoundLeak>;

/** What a Windows machine has beside programs and services, from its registry. */
export const InventoryWindows = record({
  /** `EditionID` and `InstallationType`, for example `ServerStandard` and `Server Core`. */
  edition: z.string().optional(),
  installationType: z.string().optional(),
  /** With the number of the last monthly update, for example `20348.2322`. */
  build: z.string().optional(),
  /** Languages of the user interface, for example `en-US`. */
  language: z.string().optional(),
  /** Roles and features, as `Get-WindowsFeature` names them. */
  features: names,
  /** Updates that are installed beside the monthly ones, for example `KB5034439`. */
  hotfixes: names.default([]),
  /** Drivers that Windows did not bring itself. */
  drivers: names,
  /** Scheduled tasks that are not Windows' own. */
  tasks: names,
  sqlServer: list(record({ instance: z.string(), edition: z.string(), version: z.string() })),
  /** `ImageState` of Windows Setup, for example IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE. */
  imageState: z.string().optional(),
});
export type InventoryWindows = z.infer<typeof InventoryWindows>;

/** What could not be read, and why: an inventory never pretends to be whole. */
export const Unread = record({ place: z.string(), reason: z.string() });
export type Unread = z.infer<typeof Unread>;

/** What lies on the disk of the AMI that an image was made from; `added` is what people had added to that one already, by its own evidence. */
export const AncestorContent = record({
  source: InventorySource,
  packages: list(record({ manager: PackageManagerName, name: z.string(), added: z.boolean().optional() })),
});
export type AncestorContent = z.infer<typeof AncestorContent>;

/** What is in an image, the same from a snapshot, from a file and from inside a machine. Every list is sorted. */
export const Inventory = artifact('Inventory', {
  source: InventorySource,
  system: InventorySystem,
  boot: InventoryBoot,
  packages: list(InventoryPackage),
  /** Container images by name. */
  containers: names,
  services: list(InventoryService),
  cron: list(CronFile),
  accounts: list(InventoryAccount),
  /** Rules of sudo, one each, with where they stand. */
  sudo: list(record({ path: z.string(), rule: z.string() })),
  settings: list(InventorySetting),
  content: list(ContentItem),
  components: list(FoundComponent),
  leaks: list(FoundLeak),
  windows: InventoryWindows.optional(),
  /** What it was made from, where that was read too. */
  ancestor: AncestorContent.optional(),
  unread: list(Unread),
  /** Items that this source does not tell of at all, as shell patterns over `kind name` (`setting repository *`): their absence says nothing. */
  unasked: names.default([]),
});
export type Inventory = z.infer<typeof Inventory>;

/** Patterns of `unasked` that stand in the inventory of a Linux system whose packages nobody knows. */
export const PACKAGES_UNASKED: readonly string[] = ['package deb:*', 'package rpm:*'];

/** False where no database or registry says which packages a system has, so that they cannot be compared. */
export function knowsPackages({ unasked }: Pick<Inventory, 'unasked'>): boolean {
  return !PACKAGES_UNASKED.every((pattern) => unasked.includes(pattern)) && !unasked.includes('package program:*');
}

/** False where an inventory says nothing of a kind at all, so that the kind's absence in it means nothing. */
export function tellsOf({ unasked }: Pick<Inventory, 'unasked'>, kind: string): boolean {
  return !unasked.includes(`${kind} *`);
}
