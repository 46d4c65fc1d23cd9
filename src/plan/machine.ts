import type { DefaultSize } from '../catalog/schema.ts';
import type { Candidate, DiskController, ImageSpec, Issue, SecurityType, TestShape } from '../model/index.ts';

export interface Machine {
  readonly security: SecurityType;
  readonly controllers: readonly DiskController[];
  readonly buildSize: string;
  readonly shapes: readonly TestShape[];
  readonly issues: readonly Issue[];
}

/** Value of one Marketplace image feature, for example DiskControllerTypes; undefined when the image does not state it. */
export function featureOf(candidate: Pick<Candidate, 'features'>, name: string): string | undefined {
  return candidate.features.find((feature) => feature.name === name)?.value;
}

/** Chooses security type, disk controllers, and the VM sizes for building and testing. Wishes that Azure forbids become issues that name the rule. */
export function planMachine(spec: ImageSpec, base: Candidate, sizes: readonly DefaultSize[]): Machine {
  const security = spec.security === 'auto' ? securityOf(base) : spec.security;
  const controllers = spec.controllers === 'auto' ? controllersOf(base) : spec.controllers;
  const build = sizeFor(sizes, base, { purpose: 'build', controller: 'SCSI', trustedLaunch: security === 'TrustedLaunch' });
  const tests = controllers.map((controller) => ({
    controller,
    vmSize:
      (controller === controllers[0] ? spec.test.vmSize : undefined) ??
      sizeFor(sizes, base, { purpose: 'test', controller, trustedLaunch: security !== 'Standard' }) ??
      sizeFor(sizes, base, { purpose: 'test', controller, trustedLaunch: false }),
  }));
  const shapes = tests.flatMap(({ controller, vmSize }) => (vmSize ? [{ controller, vmSize }] : []));
  return {
    security,
    controllers,
    buildSize: spec.build.vmSize ?? build ?? '',
    shapes,
    issues: [
      ...forbidden(spec, base, security, controllers),
      ...(spec.build.vmSize || build ? [] : [noSize(spec, 'build')]),
      ...tests.filter(({ vmSize }) => !vmSize).map(({ controller }) => noSize(spec, 'test', controller)),
    ],
  };
}

function securityOf(base: Candidate): SecurityType {
  const stated = featureOf(base, 'SecurityType') ?? '';
  return base.generation === 'V2' && /TrustedLaunch/i.test(stated) ? 'TrustedLaunchSupported' : 'Standard';
}

function controllersOf(base: Candidate): readonly DiskController[] {
  const stated = featureOf(base, 'DiskControllerTypes') ?? 'SCSI';
  return base.generation === 'V2' && /NVMe/i.test(stated) ? ['SCSI', 'NVMe'] : ['SCSI'];
}

interface Need {
  readonly purpose: 'build' | 'test';
  readonly controller: DiskController;
  readonly trustedLaunch: boolean;
}

function sizeFor(sizes: readonly DefaultSize[], base: Candidate, need: Need): string | undefined {
  return sizes
    .filter((size) => size.purpose.includes(need.purpose) && size.architecture === base.architecture)
    .filter((size) => size.generations.includes(base.generation) && size.controllers.includes(need.controller))
    .filter((size) => size.trustedLaunch || !need.trustedLaunch)
    .toSorted((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))[0]?.name;
}

/** What no engine can make, as refusals (shared-image-galleries, generation-2, trusted-launch). What one engine cannot make is its own to say. */
function forbidden(spec: ImageSpec, base: Candidate, security: SecurityType, controllers: readonly DiskController[]): readonly Issue[] {
  const rules: readonly (readonly [boolean, string, string, string])[] = [
    [
      base.generation === 'V1' && security !== 'Standard',
      'SECURITY_NEEDS_GEN2',
      `security ${security} is impossible on a generation V1 base`,
      'set `generation: V2`, or `security: Standard`',
    ],
    [
      base.generation === 'V1' && controllers.includes('NVMe'),
      'NVME_NEEDS_GEN2',
      'disk controller NVMe is impossible on a generation V1 base',
      'set `generation: V2`, or `controllers: [SCSI]`',
    ],
    [
      base.architecture === 'arm64' && base.generation === 'V1',
      'ARM64_NEEDS_GEN2',
      'generation V1 is impossible on arm64',
      'set `generation: V2`',
    ],
    [controllers.length === 0, 'NO_CONTROLLER', 'the list of disk controllers is empty', 'set `controllers: [SCSI]`'],
  ];
  return rules.flatMap(([broken, code, message, hint]) =>
    broken ? [{ severity: 'error', code, message, hint, image: spec.name, place: spec.place } satisfies Issue] : [],
  );
}

function noSize(spec: ImageSpec, purpose: 'build' | 'test', controller: DiskController = 'SCSI'): Issue {
  return {
    severity: purpose === 'build' ? 'error' : 'warning',
    code: 'NO_DEFAULT_SIZE',
    message: `no default VM size for ${purpose} fits this base with ${controller} disks`,
    hint: `set \`${purpose}.vmSize\` for ${spec.name}`,
    image: spec.name,
    place: spec.place,
  };
}
