import {
  type BuildPlan,
  type DiskController,
  misfits,
  type Quota,
  sizeNamed,
  statesNvme,
  testRounds,
  type VmSize,
} from '../model/index.ts';
import type { Answer, AzureState } from './questions.ts';

interface Use {
  readonly purpose: 'build' | 'test';
  readonly vmSize: string;
  /** Any of them will do. */
  readonly controllers: readonly DiskController[];
  readonly trustedLaunch: boolean;
}

function usesOf(plan: BuildPlan): readonly Use[] {
  return [
    { purpose: 'build', vmSize: plan.build.vmSize, controllers: buildControllers(plan), trustedLaunch: plan.security === 'TrustedLaunch' },
    ...plan.test.shapes.map(
      ({ vmSize, controller, ordinary }): Use => ({
        purpose: 'test',
        vmSize,
        controllers: [controller],
        trustedLaunch: plan.security !== 'Standard' && !ordinary,
      }),
    ),
  ];
}

/** A build VM boots from NVMe only where the base is tagged for it, and is captured only into a definition that is (nvme-overview). */
function buildControllers({ base, controllers }: BuildPlan): readonly DiskController[] {
  return statesNvme(base) && controllers.includes('NVMe') ? ['SCSI', 'NVMe'] : ['SCSI'];
}

/** Every VM size of the plan is sold in the location and can run the image: architecture, generation, controller, Trusted Launch. */
export function sizesFit(plan: BuildPlan, { sizes }: AzureState): readonly Answer[] {
  if (sizes.length === 0) return [];
  return usesOf(plan).map((use) => judgeSize(plan, use, sizeNamed(sizes, use.vmSize)));
}

function judgeSize(plan: BuildPlan, use: Use, size: VmSize | undefined): Answer {
  const title = `${use.purpose} VM size`;
  const hint = `set \`${use.purpose}.vmSize\` for ${plan.image}; \`az vm list-skus --location ${plan.location}\` lists what is sold there`;
  const fail = (detail: string): Answer => ({ id: 'size', title, status: 'fail', detail, hint });
  if (!size) return fail(`VM size ${use.vmSize} is not sold in ${plan.location}`);
  const { architecture, generation } = plan.base;
  const need = { location: plan.location, architecture, generation, controllers: use.controllers, trustedLaunch: false };
  const [misfit] = misfits(size, need);
  if (misfit !== undefined) return fail(`VM size ${size.name} ${misfit}`);
  if (use.trustedLaunch && !size.trustedLaunch) {
    // A TrustedLaunchSupported image also makes ordinary Gen2 VMs, so a size without Trusted Launch still tests something.
    const detail = `VM size ${size.name} has no Trusted Launch: that shape is tested as an ordinary Gen2 VM`;
    return plan.security === 'TrustedLaunch'
      ? fail(`VM size ${size.name} has no Trusted Launch`)
      : { id: 'size', title, status: 'warn', detail, hint };
  }
  return { id: 'size', title, status: 'pass', detail: `${size.name} fits` };
}

/**
 * The quota leaves room for the build VM, or for the largest test VM: they do not run at the same time, and test VMs run side by side only as far as
 * there is room.
 */
export function quotaSuffices(plan: BuildPlan, { sizes, quotas }: AzureState): readonly Answer[] {
  const needed = usesOf(plan).flatMap(({ vmSize }) => sizeNamed(sizes, vmSize) ?? []);
  const families = [...new Set(needed.map(({ family }) => family))];
  const answers = [...families, ...(needed.length ? ['cores'] : [])].flatMap((name) => {
    const quota = quotas.find((item) => item.name.toLowerCase() === name.toLowerCase());
    const most = Math.max(...needed.filter(({ family }) => name === 'cores' || family === name).map(({ vcpus }) => vcpus));
    return quota ? [judgeQuota(plan, quota, most)] : [];
  });
  return [...answers, ...(answers.some(({ status }) => status === 'fail') ? [] : rounds(plan, sizes, quotas))];
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

function judgeQuota(plan: BuildPlan, { name, used, limit }: Quota, needed: number): Answer {
  const title = 'vCPU quota';
  const free = limit - used;
  if (free >= needed) return { id: 'quota', title, status: 'pass', detail: `${name}: ${needed} needed, ${free} of ${limit} free` };
  return {
    id: 'quota',
    title,
    status: 'fail',
    detail: `the quota ${name} in ${plan.location} has ${free} of ${limit} vCPUs free and ${needed} are needed`,
    hint: 'ask for more in the portal under Quotas, or choose a size of another family',
  };
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
