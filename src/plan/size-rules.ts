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
  readonly purpose: 'build' | 'test';
  readonly vmSize: string;
  readonly series: VmSeries | undefined;
}

/** Sizes that the user names and that cannot run the image, as far as the catalog knows them; preflight asks Azure about every size. */
export function forbiddenSizes(spec: ImageSpec, base: Candidate, series: readonly VmSeries[], wanted: Wanted): readonly Issue[] {
  const given = [
    { purpose: 'build', vmSize: spec.build.vmSize },
    ...[spec.test.vmSize, ...(spec.test.vmSizes ?? [])].map((vmSize) => ({ purpose: 'test', vmSize }) as const),
  ] as const;
  return given.flatMap(({ purpose, vmSize }) =>
    vmSize === undefined ? [] : judge({ purpose, vmSize, series: findSeries(vmSize, series) }, base, wanted),
  );
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
  const untagged = use.purpose === 'build' && !statesNvme(base) ? [`and ${formatUrn(base.urn)} is not tagged for them`] : [];
  const unclaimed = wanted.controllers.includes('NVMe') ? [] : ['and the definition does not claim NVMe'];
  return [...untagged, ...unclaimed].map((reason) =>
    refuse(use, 'SIZE_CONTROLLER', `has NVMe disks only, ${reason}`, `${DOCS}/nvme-overview`),
  );
}

function refuse({ purpose, vmSize }: Use, code: IssueCode, reason: string, source: string): Issue {
  return {
    severity: 'error',
    code,
    message: `\`${purpose}.vmSize\` ${vmSize} ${reason}`,
    hint: `leave \`${purpose}.vmSize\` out, or name a size that fits`,
    source,
  };
}
