import type { Release } from '../catalog/schema.ts';
import { type Architecture, type BootMode, type Inventory, isWithin, type OsFamily, versionNumbers } from '../model/index.ts';
import { asList, type Clue } from './decide.ts';

/** Where evidence from the disk is said to come from, and from what is weaker than it. */
export const DISK = 'Disk';
const WEAKER = 'Weaker source';

/** What the disk itself says of an AMI, as clues that settle what they speak of. */
export interface OnDisk {
  readonly osFamily: readonly Clue<OsFamily>[];
  readonly distro: readonly Clue<string>[];
  readonly version: readonly Clue<string>[];
  readonly architecture: readonly Clue<Architecture>[];
  readonly bootMode: readonly Clue<BootMode>[];
  /** Words of `catalog/variants/` that the system itself shows. */
  readonly variant: readonly Clue<string>[];
}

const NOTHING: OnDisk = { osFamily: [], distro: [], version: [], architecture: [], bootMode: [], variant: [] };

/**
 * The clues of an inventory; none without one. The catalog's releases say which distribution an os-release names. A weaker source than the AMI's own disk
 * settles nothing.
 */
export function seenOnDisk(inventory: Inventory | undefined, releases: readonly Release[], isWeaker = false): OnDisk {
  if (inventory === undefined) return NOTHING;
  const clues = ownClues(inventory, releases);
  return isWeaker ? weakened(clues) : clues;
}

function weakened({ osFamily, distro, version, architecture, bootMode, variant }: OnDisk): OnDisk {
  return {
    osFamily: osFamily.map(weaker),
    distro: distro.map(weaker),
    version: version.map(weaker),
    architecture: architecture.map(weaker),
    bootMode: bootMode.map(weaker),
    variant: variant.map(weaker),
  };
}

function weaker<Value extends string>({ value, observed }: Clue<Value>): Clue<Value> {
  return { value, from: WEAKER, observed, confidence: 'medium' };
}

function ownClues(inventory: Inventory, releases: readonly Release[]): OnDisk {
  const { system, boot } = inventory;
  const named = [system.id, system.version].filter((part) => part !== undefined).join(' ');
  const release = releaseOf(system, releases);
  return {
    osFamily: named === '' ? [] : [seen(system.family, named)],
    distro: asList(release?.distro ?? system.id).map((distro) => seen(distro, named)),
    version: asList(versionOf(system.version, release)).map((version) => seen(version, named)),
    architecture: asList(system.architecture).map((architecture) => seen(architecture, `programs for ${architecture}`)),
    bootMode: bootModeOf(boot),
    variant: variantOf(inventory.windows),
  };
}

function seen<Value extends string>(value: Value, observed: string): Clue<Value> {
  return { value, from: DISK, observed, confidence: 'high', settles: true };
}

/** Several distributions share an id of os-release (CentOS and CentOS Stream): the one whose title the system calls itself by comes first. */
function releaseOf({ id, version = '', name = '' }: Inventory['system'], releases: readonly Release[]): Release | undefined {
  const numbers = versionNumbers(version);
  const fitting = releases
    .filter(({ distro, osReleaseIds }) => (osReleaseIds.length === 0 ? distro === id : id !== undefined && osReleaseIds.includes(id)))
    .filter((release) => [release.version, ...(release.alsoVersions ?? [])].some((each) => isWithin(numbers, versionNumbers(each))))
    .toSorted((a, b) => versionNumbers(b.version).length - versionNumbers(a.version).length);
  return fitting.find(({ title }) => name.startsWith(title)) ?? fitting.find(({ distro }) => distro === id) ?? fitting[0];
}

/** In the catalog's words where they are the same numbers: SLES calls itself 15.5, and the catalog `15 SP5`. */
function versionOf(version: string | undefined, release: Release | undefined): string | undefined {
  if (version === undefined || version === '' || release === undefined) return version || undefined;
  return versionNumbers(version).join('.') === versionNumbers(release.version).join('.') ? release.version : version;
}

const MODES = { bios: 'legacy-bios', uefi: 'uefi', both: 'uefi-preferred' } as const satisfies Record<string, BootMode>;

function bootModeOf({ mode, partitionTable, loaders }: Inventory['boot']): readonly Clue<BootMode>[] {
  if (mode === undefined || mode === 'none') return [];
  const starts = { bios: 'boot code for BIOS', uefi: 'a loader for UEFI', both: 'boot code for BIOS and a loader for UEFI' }[mode];
  return [seen(MODES[mode], [starts, partitionTable, ...loaders.slice(0, 2)].filter((part) => part !== undefined).join(', '))];
}

/** Releases of SQL Server by their major version (learn.microsoft.com/troubleshoot/sql/releases/download-and-install-latest-updates). */
const SQL_RELEASES: Readonly<Record<string, string>> = {
  11: '2012',
  12: '2014',
  13: '2016',
  14: '2017',
  15: '2019',
  16: '2022',
  17: '2025',
};

/** A server without a desktop, and the first instance of SQL Server. */
function variantOf(windows: Inventory['windows']): readonly Clue<string>[] {
  const [sql] = windows?.sqlServer ?? [];
  const release = SQL_RELEASES[sql?.version.split('.')[0] ?? ''];
  const [edition] = /^(?:Standard|Enterprise|Web|Express|Developer)/.exec(sql?.edition ?? '') ?? [];
  return [
    ...(windows?.installationType === 'Server Core' ? [seen('core', 'installation type Server Core')] : []),
    ...(sql === undefined || release === undefined || edition === undefined
      ? []
      : [seen(`sql-${release}-${edition.toLowerCase()}`, `SQL Server ${sql.edition} ${sql.version}`)]),
  ];
}

/** True where two boot modes do not exclude each other: a disk that starts both ways holds what EC2 was told of one. */
export function bootsAlike(one: string, other: string): boolean {
  return one === other || one === MODES.both || other === MODES.both;
}
