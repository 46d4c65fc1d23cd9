import {
  type BuildPlan,
  buildNeed,
  misfits,
  type Quota,
  type SizeNeed,
  sizeNamed,
  testNeed,
  testRounds,
  type VmSize,
} from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

interface Use {
  readonly purpose: 'build' | 'test';
  readonly vmSize: string;
  /** Sizes for when there is no room for it. */
  readonly fallbackSizes: readonly string[];
  readonly need: SizeNeed;
  /** Trusted Launch would be used, and is not demanded. */
  readonly wishesTrustedLaunch: boolean;
  readonly zones: readonly string[];
}

function usesOf(plan: BuildPlan, sizes: readonly VmSize[]): readonly Use[] {
  const { build, test, security } = plan;
  return [
    {
      purpose: 'build',
      vmSize: build.vmSize,
      fallbackSizes: build.fallbackSizes ?? [],
      need: buildNeed(plan),
      wishesTrustedLaunch: false,
      zones: [],
    },
    ...test.shapes.map(
      (shape): Use => ({
        purpose: 'test',
        vmSize: shape.vmSize,
        fallbackSizes: shape.fallbackSizes ?? [],
        need: testNeed(plan, shape, sizes),
        wishesTrustedLaunch: security === 'TrustedLaunchSupported' && !shape.ordinary,
        zones: test.zones ?? [],
      }),
    ),
  ];
}

/** Every VM size of the plan is sold in the location and can run the image: architecture, generation, controller, Trusted Launch, zones. */
export function sizesFit(plan: BuildPlan, state: AzureState): readonly Answer[] {
  const { sizes } = state;
  if (sizes.length === 0) return [];
  return usesOf(plan, sizes).flatMap((use) => [judgeSize(plan, use, state), ...judgeFallback(use, sizes)]);
}

function judgeSize(plan: BuildPlan, use: Use, { sizes }: AzureState): Answer {
  const title = `${use.purpose} VM size`;
  const hint = `set \`${use.purpose}.vmSize\` for ${plan.image}; \`az vm list-skus --location ${plan.location}\` lists what is sold there`;
  const answer = (status: 'fail' | 'warn', detail: string): Answer => ({ id: 'size', title, status, detail, hint });
  const size = sizeNamed(sizes, use.vmSize);
  const [misfit] = size === undefined ? [`is not sold in ${plan.location}`] : misfits(size, use.need);
  if (misfit !== undefined) {
    const detail = `VM size ${size?.name ?? use.vmSize} ${misfit}`;
    const other = size === undefined || size.restriction !== undefined ? standIns(use, sizes)[0] : undefined;
    return other === undefined ? answer('fail', detail) : answer('warn', `${detail}: ${other.name} stands in (\`${keyOf(use)}\`)`);
  }
  const zoneless = size === undefined ? [] : use.zones.filter((zone) => !size.zones.includes(zone));
  if (zoneless.length > 0) {
    const detail = `VM size ${use.vmSize} is not offered in zone ${zoneless.join(', ')} of ${plan.location}`;
    return zoneless.length === use.zones.length ? answer('fail', detail) : answer('warn', `${detail}: the other zones are tried`);
  }
  if (use.wishesTrustedLaunch && size?.trustedLaunch === false) {
    // A TrustedLaunchSupported image also makes ordinary Gen2 VMs, so a size without Trusted Launch still tests something.
    return answer('warn', `VM size ${size.name} has no Trusted Launch: that shape is tested as an ordinary Gen2 VM`);
  }
  return { id: 'size', title, status: 'pass', detail: `${use.vmSize} fits` };
}

/** Which sizes stand in where there is no room for the first, in their order, and which cannot. */
function judgeFallback(use: Use, sizes: readonly VmSize[]): readonly Answer[] {
  if (use.fallbackSizes.length === 0) return [];
  const fitting = standIns(use, sizes).map(({ name }) => name);
  const unfit = use.fallbackSizes.flatMap((name) => {
    const size = sizeNamed(sizes, name);
    const [misfit] = size === undefined ? [`is not sold in ${use.need.location}`] : misfits(size, use.need);
    return misfit === undefined ? [] : [`${name} ${misfit}`];
  });
  const detail = `where there is no room for ${use.vmSize}: ${[fitting.join(', ') || 'no other size', ...unfit].join('; ')}`;
  const title = `${use.purpose} VM size, if there is no room`;
  if (fitting.length > 0) return [{ id: 'size', title, status: 'pass', detail }];
  return [{ id: 'size', title, status: 'warn', detail, hint: `name sizes that fit in \`${keyOf(use)}\`, or \`[]\`` }];
}

/** The further sizes of a use that can run the image, in their order. */
function standIns({ fallbackSizes, need }: Use, sizes: readonly VmSize[]): readonly VmSize[] {
  return fallbackSizes.flatMap((name) => {
    const size = sizeNamed(sizes, name);
    return size !== undefined && misfits(size, need).length === 0 ? [size] : [];
  });
}

function keyOf({ purpose }: Use): string {
  return `${purpose}.fallbackSizes`;
}

/**
 * The quota leaves room for the build VM, or for the largest test VM: they do not run at the same time, and test VMs run side by side only as far as
 * there is room. A family that is used up is no end where every VM of it has a size of another family that may stand in.
 */
export function quotaSuffices(plan: BuildPlan, { sizes, quotas }: AzureState): readonly Answer[] {
  const uses = usesOf(plan, sizes).flatMap((use) => {
    const size = sizeNamed(sizes, use.vmSize);
    return size === undefined ? [] : [{ use, size }];
  });
  const families = [...new Set(uses.map(({ size }) => size.family))];
  const answers = [...families, ...(uses.length ? ['cores'] : [])].flatMap((name) => {
    const quota = quotas.find((item) => sameName(item.name, name));
    const counted = uses.filter(({ size }) => name === 'cores' || size.family === name);
    const most = Math.max(...counted.map(({ size }) => size.vcpus));
    return quota ? [judgeQuota(plan, quota, most, name === 'cores' ? [] : othersWithRoom(counted, sizes, quotas))] : [];
  });
  return [...answers, ...(answers.some(({ status }) => status !== 'pass') ? [] : rounds(plan, sizes, quotas))];
}

/** For each of these VMs the first size of another family that may stand in and has quota; none where one of them has none. */
function othersWithRoom(
  counted: readonly { readonly use: Use; readonly size: VmSize }[],
  sizes: readonly VmSize[],
  quotas: readonly Quota[],
): readonly string[] {
  const others = counted.map(({ use, size }) =>
    standIns(use, sizes).find(
      (other) =>
        !sameName(other.family, size.family) &&
        quotas.every(({ name, used, limit }) => !sameName(name, other.family) || limit - used >= other.vcpus),
    ),
  );
  return others.every((other) => other !== undefined) ? [...new Set(others.map(({ name }) => name))] : [];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** How the test VMs share the room that there is. */
function rounds(plan: BuildPlan, sizes: readonly VmSize[], quotas: readonly Quota[]): readonly Answer[] {
  const { shapes } = plan.test;
  if (shapes.length < 2 || quotas.length === 0) return [];
  const rounds = testRounds(shapes, sizes, quotas).map(({ length }) => length);
  const detail =
    rounds.length === 1
      ? `all ${shapes.length} test VMs run side by side`
      : `${shapes.length} test VMs run in ${rounds.length} rounds (${rounds.join(', ')} at a time)`;
  return [{ id: 'quota', title: 'test VMs side by side', status: 'pass', detail }];
}

function judgeQuota(plan: BuildPlan, { name, used, limit }: Quota, needed: number, others: readonly string[]): Answer {
  const title = 'vCPU quota';
  const free = limit - used;
  if (free >= needed) return { id: 'quota', title, status: 'pass', detail: `${name}: ${needed} needed, ${free} of ${limit} free` };
  const detail = `the quota ${name} in ${plan.location} has ${free} of ${limit} vCPUs free and ${needed} are needed`;
  const hint = 'ask for more in the portal under Quotas, or choose a size of another family';
  return others.length === 0
    ? { id: 'quota', title, status: 'fail', detail, hint }
    : { id: 'quota', title, status: 'warn', detail: `${detail}: ${others.join(', ')} stands in`, hint };
}

/** Cores of Azure Container Instances that one isolated build takes. Source: image-builder-troubleshoot, isolated image builds. */
const BUILD_CORES = 4;

/** Image Builder's isolated builds run in a container group, which has a quota of its own. */
export function containersSuffice(plan: BuildPlan, { containerCores }: AzureState): readonly Answer[] {
  if (plan.engine !== 'image-builder' || containerCores === undefined) return [];
  const title = 'container quota';
  const free = containerCores.limit - containerCores.used;
  if (free >= BUILD_CORES)
    return [
      { id: 'quota', title, status: 'pass', detail: `StandardCores: ${BUILD_CORES} needed, ${free} of ${containerCores.limit} free` },
    ];
  return [
    {
      id: 'quota',
      title,
      status: 'fail',
      detail: `the quota StandardCores of Azure Container Instances in ${plan.location} has ${free} of ${containerCores.limit} free, and an isolated build takes ${BUILD_CORES}`,
      hint: 'ask for more in the portal under Quotas, or wait until other builds have ended',
    },
  ];
}
