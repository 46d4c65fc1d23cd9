import type { Catalog, Release } from '../catalog/schema.ts';
import { type Inventory, type InventoryPackage, type InventorySource, isWithin, SCHEMA_VERSION, versionNumbers } from '../model/index.ts';
import type { InstanceReport } from '../ports.ts';
import { componentsByLists } from './collect/components.ts';
import { sortPackages } from './databases/dpkg.ts';

type Row = InstanceReport['information'];

/** Systems Manager tells of packages, and on Windows of services, roles and updates; of nothing else. */
const UNASKED = [
  ...['account *', 'sudo *', 'cron *', 'setting *', 'content *', 'container *', 'component *', 'driver *', 'task *'],
  ...[
    'init',
    'SELinux',
    'AppArmor',
    'FIPS',
    'locale',
    'time zone',
    'host name pattern',
    'edition',
    'installation type',
    'build',
    'language',
  ].map((name) => `system ${name}`),
  ...['pip', 'npm', 'gem', 'snap'].map((manager) => `package ${manager}:*`),
];

/**
 * The inventory of an instance as Systems Manager knows it: a weaker source, since it tells of packages only and of a machine that has lived since it was
 * made from its AMI. Fields by the names of the agent's gatherers (aws/amazon-ssm-agent, agent/plugins/inventory/model).
 */
export function instanceInventory(
  { id, information, entries }: InstanceReport,
  simulated: boolean,
  { components, releases }: Pick<Catalog, 'components' | 'releases'>,
): Inventory {
  const isWindows = information.PlatformType === 'Windows';
  const release = releaseOf(information, releases);
  const manager = isWindows ? 'program' : release?.packageManager === 'apt' ? 'deb' : 'rpm';
  const rows = (type: string) => entries[type] ?? [];
  const packages = sortPackages(rows('AWS:Application').flatMap((row) => toPackage(row, manager)));
  const source: InventorySource = { kind: 'instance', name: `${id} (Systems Manager)`, simulated };
  return {
    kind: 'Inventory',
    schemaVersion: SCHEMA_VERSION,
    source,
    system: systemOf(information, release),
    boot: { loaders: [], fileSystems: [], kernelArguments: [], initramfsDrivers: [], fstab: [], swap: [] },
    packages,
    containers: [],
    services: rows('AWS:Service').flatMap(toService),
    ...{ cron: [], accounts: [], sudo: [], settings: [], content: [], leaks: [] },
    components: componentsByLists(components, isWindows ? 'windows' : 'linux', { packages, accounts: [] }),
    ...(isWindows ? { windows: windowsOf(rows('AWS:WindowsRole'), rows('AWS:WindowsUpdate')) } : {}),
    unread: [{ place: 'files, accounts and settings', reason: "Systems Manager's inventory does not tell of them" }],
    unasked: isWindows ? UNASKED : [...UNASKED, 'service *'],
  };
}

function systemOf({ PlatformName, PlatformVersion }: Row, release: Release | undefined): Inventory['system'] {
  const named = [PlatformName, PlatformVersion].filter((part) => part !== undefined && part !== '').join(' ');
  return {
    family: release?.osFamily === 'windows' ? 'windows' : 'linux',
    id: release?.osReleaseIds[0] ?? release?.distro,
    version: release?.osFamily === 'windows' ? release.version : PlatformVersion || undefined,
    name: named || undefined,
    ...{ kernels: [], apparmor: false, fips: false },
  };
}

/** The release of that name: the agent tells NAME and VERSION_ID of os-release, and the product's name of Windows (`Microsoft Windows Server 2022 Datacenter`). */
function releaseOf({ PlatformName: name = '', PlatformVersion = '' }: Row, releases: readonly Release[]): Release | undefined {
  const windows = /Windows Server (\d{4}(?: R2)?)/.exec(name)?.[1];
  if (windows !== undefined) return releases.find(({ osFamily, version }) => osFamily === 'windows' && version === windows);
  const [first = ''] = name.toLowerCase().split(/[\s/]/, 1);
  const numbers = versionNumbers(PlatformVersion);
  const fitting = releases
    .filter(
      ({ osFamily, version, alsoVersions }) =>
        osFamily === 'linux' && [version, ...(alsoVersions ?? [])].some((each) => isWithin(numbers, versionNumbers(each))),
    )
    .filter(({ title, distro }) => title.toLowerCase().split(' ', 1)[0] === first || distro === first);
  return fitting.find(({ title }) => title.startsWith(name)) ?? fitting[0];
}

function toPackage(
  { Name, Version = '', Release: release = '', Epoch = '', Architecture, Publisher, InstalledTime }: Row,
  manager: InventoryPackage['manager'],
): readonly InventoryPackage[] {
  if (Name === undefined || Name === '') return [];
  const epoch = Epoch === '' || Epoch === '0' ? '' : `${Epoch}:`;
  const time = Date.parse(InstalledTime ?? '');
  return [
    {
      manager,
      name: Name,
      version: `${epoch}${Version}${release === '' ? '' : `-${release}`}`,
      architecture: Architecture || undefined,
      origin: Publisher || undefined,
      installed: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
    },
  ];
}

function toService({ Name, StartType }: Row): Inventory['services'] {
  if (Name === undefined || (StartType !== 'Automatic' && StartType !== 'Disabled')) return [];
  return [{ name: Name, state: StartType === 'Automatic' ? 'enabled' : 'disabled' }];
}

function windowsOf(roles: readonly Row[], updates: readonly Row[]): Inventory['windows'] {
  return {
    features: roles.flatMap(({ Name, Installed }) => (Name !== undefined && /^true$/i.test(Installed ?? '') ? [Name] : [])).sort(),
    hotfixes: updates.flatMap(({ HotFixId }) => HotFixId ?? []).sort(),
    ...{ drivers: [], tasks: [], sqlServer: [] },
  };
}
