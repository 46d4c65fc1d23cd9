import { type BuildPlan, placeOfShape, type Quota, sizeNamed, testRounds, togetherInRounds, type VmSize } from '../model/index.ts';
import type { Answer, AzureState, Room } from './questions.ts';
import { roomsOf, standIns, type Use, usesIn } from './uses.ts';

/**
 * The quota of each location leaves room for the build VM, or for its largest test VM: they do not run at the same time, and test VMs run side by side
 * only as far as there is room. A family that is used up is no end where every VM of it has a size of another family that may stand in.
 */
export function quotaSuffices(plan: BuildPlan, state: AzureState): readonly Answer[] {
  const answers = roomsOf(plan, state).flatMap(([place, room]) => quotasIn(plan, place, room));
  return [...answers, ...(answers.some(({ status }) => status !== 'pass') ? [] : rounds(plan, state))];
}

function quotasIn(plan: BuildPlan, place: string, { sizes, quotas }: Room): readonly Answer[] {
  const uses = usesIn(plan, place, sizes).flatMap((use) => {
    const size = sizeNamed(sizes, use.vmSize);
    return size === undefined ? [] : [{ use, size }];
  });
  const families = [...new Set(uses.map(({ size }) => size.family))];
  return [...families, ...(uses.length ? ['cores'] : [])].flatMap((name) => {
    const quota = quotas.find((item) => sameName(item.name, name));
    const counted = uses.filter(({ size }) => name === 'cores' || size.family === name);
    const most = Math.max(...counted.map(({ size }) => size.vcpus));
    return quota ? [judgeQuota(place, quota, most, name === 'cores' ? [] : othersWithRoom(counted, sizes, quotas))] : [];
  });
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

/** How the test VMs share the room that there is: those of other locations come after those of the build's. */
function rounds(plan: BuildPlan, state: AzureState): readonly Answer[] {
  const { shapes } = plan.test;
  if (shapes.length < 2 || state.quotas.length === 0) return [];
  const ofLocations = roomsOf(plan, state).map(([place, { sizes, quotas }]) =>
    testRounds(
      shapes.filter((shape) => placeOfShape(plan, shape).location === place),
      sizes,
      quotas,
    ),
  );
  const lengths = [...(ofLocations[0] ?? []), ...togetherInRounds(ofLocations.slice(1))].map(({ length }) => length);
  const detail =
    lengths.length === 1
      ? `all ${shapes.length} test VMs run side by side`
      : `${shapes.length} test VMs run in ${lengths.length} rounds (${lengths.join(', ')} at a time)`;
  return [{ id: 'quota', title: 'test VMs side by side', status: 'pass', detail }];
}

function judgeQuota(place: string, { name, used, limit }: Quota, needed: number, others: readonly string[]): Answer {
  const title = 'vCPU quota';
  const free = limit - used;
  if (free >= needed) return { id: 'quota', title, status: 'pass', detail: `${name}: ${needed} needed, ${free} of ${limit} free` };
  const detail = `the quota ${name} in ${place} has ${free} of ${limit} vCPUs free and ${needed} are needed`;
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
