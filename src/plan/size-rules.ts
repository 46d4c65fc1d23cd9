import type { VmSeries } from '../catalog/schema.ts';
import {
  type Candidate,
  type DiskController,
  formatUrn,
  type ImageSpec,
  type Issue,
  type IssueCode,
  parseVmSizeName,
  type SecurityType,
  statesNvme,
} from '../model/index.ts';

const DOCS = 'https://learn.microsoft.com/azure/virtual-machines';

/** The catalog's series that has a size of this name; Azure compares names without regard to case. */
export function findSeries(vmSize: string, series: readonly VmSeries[]): VmSeries | undefined {
  return series.find(({ sizes }) => sizes.some(({ name }) => name.toLowerCase() === vmSize.toLowerCase()));
}

interface Wanted {
  readonly security: SecurityType;
  readonly controllers: readonly DiskController[];
}

interface Use {
  /** The key that names the size. */
  readonly key: 'build.vmSize' | 'build.fallbackSizes' | 'test.vmSize' | 'test.vmSizes' | 'test.regions' | 'test.fallbackSizes';
  readonly vmSize: string;
  readonly series: VmSeries | undefined;
}

/** Sizes that the user names and that cannot run the image, as far as the catalog knows them; preflight asks Azure about every size. */
export function forbiddenSizes(spec: ImageSpec, base: Candidate, series: readonly VmSeries[], wanted: Wanted): readonly Issue[] {
  const { build, test } = spec;
  return [
    ...named('build.vmSize', build.vmSize),
    ...named('build.fallbackSizes', ...(build.fallbackSizes ?? [])),
    ...named('test.vmSize', test.vmSize),
    ...named('test.vmSizes', ...(test.vmSizes ?? [])),
    ...named('test.regions', ...(test.regions ?? []).map(({ vmSize }) => vmSize)),
    ...named('test.fallbackSizes', ...(test.fallbackSizes ?? [])),
  ].flatMap(({ key, vmSize }) => judge({ key, vmSize, series: findSeries(vmSize, series) }, base, wanted));
}

function named(key: Use['key'], ...sizes: readonly (string | undefined)[]): readonly Pick<Use, 'key' | 'vmSize'>[] {
  return sizes.flatMap((vmSize) => (vmSize === undefined ? [] : [{ key, vmSize }]));
}

function judge(use: Use, base: Candidate, wanted: Wanted): readonly Issue[] {
  const { vmSize, series } = use;
  const architecture = series?.architecture ?? parseVmSizeName(vmSize)?.architecture;
  if (architecture !== undefined && architecture !== base.architecture) {
    return [refuse(use, 'SIZE_ARCHITECTURE', `is ${architecture} and the base ${base.architecture}`, `${DOCS}/vm-naming-conventions`)];
  }
  if (!series) return [];
  return [
    ...(series.generations.includes(base.generation)
      ? []
      : [refuse(use, 'SIZE_GENERATION', `does not boot generation ${base.generation}, which the base is`, `${DOCS}/generation-2`)]),
    ...(series.trustedLaunch === false && wanted.security === 'TrustedLaunch'
      ? [refuse(use, 'SIZE_TRUSTED_LAUNCH', 'has no Trusted Launch, which `security: TrustedLaunch` asks for', `${DOCS}/trusted-launch`)]
      : []),
    ...controllerIssues(use, series, base, wanted),
  ];
}

/** A size with NVMe disks only boots only images that are tagged for them, and is captured only into a definition that is. */
function controllerIssues(use: Use, { controllers }: VmSeries, base: Candidate, wanted: Wanted): readonly Issue[] {
  if (controllers?.join() !== 'NVMe' || base.generation === 'V1') return [];
  const untagged = use.key.startsWith('build') && !statesNvme(base) ? [`and ${formatUrn(base.urn)} is not tagged for them`] : [];
  const unclaimed = wanted.controllers.includes('NVMe') ? [] : ['and the definition does not claim NVMe'];
  return [...untagged, ...unclaimed].map((reason) =>
    refuse(use, 'SIZE_CONTROLLER', `has NVMe disks only, ${reason}`, `${DOCS}/nvme-overview`),
  );
}

function refuse({ key, vmSize }: Use, code: IssueCode, reason: string, source: string): Issue {
  return {
    severity: 'error',
    code,
    message: `\`${key}\` ${vmSize} ${reason}`,
    hint: `leave ${/izes$/.test(key) ? 'it' : `\`${key}\``} out, or name a size that fits`,
    source,
  };
}
