import { type Architecture, compareText, type InventorySystem, type InventoryWindows } from '../../model/index.ts';
import type { Registry } from './registry.ts';

const VERSION = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const ARCHITECTURES: Readonly<Record<string, Architecture>> = { AMD64: 'x64', ARM64: 'arm64' };

/** What a Windows system says of itself. Throws Unreadable. */
export async function collectWindowsSystem(registry: Registry): Promise<InventorySystem> {
  const name = await registry.text(VERSION, 'ProductName');
  const build = await registry.text(VERSION, 'CurrentBuildNumber');
  const type = await registry.text(VERSION, 'InstallationType');
  const processor = await registry.text(`${CONTROL}\\Session Manager\\Environment`, 'PROCESSOR_ARCHITECTURE');
  const host = await registry.text(`${CONTROL}\\ComputerName\\ComputerName`, 'ComputerName');
  return {
    family: 'windows',
    ...releaseOf(name, { type, build, label: await registry.text(VERSION, 'DisplayVersion') }),
    name,
    architecture: ARCHITECTURES[processor ?? ''],
    kernels: [],
    apparmor: false,
    fips: (await registry.number(`${CONTROL}\\Lsa\\FipsAlgorithmPolicy`, 'Enabled')) === 1,
    locale: (await languagesOf(registry))[0],
    timeZone: await registry.text(`${CONTROL}\\TimeZoneInformation`, 'TimeZoneKeyName'),
    hostNamePattern: host?.replaceAll(/\d/g, '#'),
  };
}

/** Windows 11 still calls itself 10; its builds begin here (learn.microsoft.com/windows/release-health/windows11-release-information). */
const FIRST_BUILD_OF_11 = 22_000;

interface Named {
  readonly type: string | undefined;
  readonly build: string | undefined;
  /** For example `23H2`. */
  readonly label: string | undefined;
}

/** The release in the catalog's words: the year of a server, the label of one without a year, the number of a client. */
function releaseOf(name: string | undefined, { type, build, label }: Named): Pick<InventorySystem, 'id' | 'version'> {
  const [, year, r2] = /\bServer (\d{4})( R2)?/.exec(name ?? '') ?? [];
  if (year !== undefined) return { id: 'windows-server', version: r2 === undefined ? year : `${year}-r2` };
  if (name?.includes('Server') || type?.startsWith('Server')) return { id: 'windows-server', version: label?.toLowerCase() };
  const [, client] = /\bWindows (\d+(?:\.\d)?)/.exec(name ?? '') ?? [];
  if (client === undefined) return {};
  return { id: 'windows-client', version: client === '10' && Number(build) >= FIRST_BUILD_OF_11 ? '11' : client };
}

/** What only Windows has, beside its lists. Throws Unreadable. */
export async function collectEdition(
  registry: Registry,
): Promise<Pick<InventoryWindows, 'edition' | 'installationType' | 'build' | 'language' | 'imageState'>> {
  const build = await registry.text(VERSION, 'CurrentBuildNumber');
  const revision = await registry.number(VERSION, 'UBR');
  return {
    edition: await registry.text(VERSION, 'EditionID'),
    installationType: await registry.text(VERSION, 'InstallationType'),
    build: revision === undefined ? build : `${build}.${revision}`,
    language: (await languagesOf(registry)).join(', ') || undefined,
    imageState: await registry.text('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup\\State', 'ImageState'),
  };
}

/** Languages of the user interface that are installed, for example `en-US`. */
async function languagesOf(registry: Registry): Promise<readonly string[]> {
  const keys = await registry.below(`${CONTROL}\\MUI\\UILanguages`);
  return keys.map(({ name }) => name).toSorted(compareText);
}
