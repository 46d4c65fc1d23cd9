import type { InstanceClass, VmSeries } from '../catalog/schema.ts';
import type { InstanceShape } from './instance-shape.ts';

export type VmSize = VmSeries['sizes'][number];

/** Memory may fall short by this part: EC2 families of 7.625 or 3.75 GiB per vCPU go onto 8 and 4, and the other way round. */
const ENOUGH_MEMORY = 0.95;

/** Cores may fall short by this part in high performance computing, where whole machines come in few sizes. */
const ENOUGH_CORES = 0.9;

/**
 * The smallest size of a series that holds the instance; undefined when the architectures differ or none is large enough. With an
 * accelerator its count decides, and vCPUs and memory choose among the sizes that have it. Counts of a substitute mean nothing: one GPU
 * is not one Trainium.
 */
export function chooseSize(series: VmSeries, shape: InstanceShape, { purpose, equivalence }: InstanceClass): VmSize | undefined {
  if (series.architecture !== shape.architecture) return undefined;
  const vcpus = shape.vcpus * (purpose === 'hpc' ? ENOUGH_CORES : 1);
  const large = series.sizes.filter((size) => size.vcpus >= vcpus && size.memoryGiB >= shape.memoryGiB * ENOUGH_MEMORY);
  if (equivalence === 'substitute') return smallest(large) ?? series.sizes.toSorted(bySize).at(-1);
  return shape.accelerator ? smallestWith(series, shape.accelerator.count, large) : smallest(large);
}

function smallestWith({ sizes }: VmSeries, count: number, large: readonly VmSize[]): VmSize | undefined {
  const enough = sizes.filter(({ accelerators = 0 }) => accelerators >= count);
  const fewest = Math.min(...enough.map(({ accelerators = 0 }) => accelerators));
  const fitting = enough.filter(({ accelerators }) => accelerators === fewest);
  return smallest(fitting.filter((size) => large.includes(size))) ?? fitting.toSorted(bySize).at(-1);
}

function smallest(sizes: readonly VmSize[]): VmSize | undefined {
  return sizes.toSorted(bySize)[0];
}

function bySize(a: VmSize, b: VmSize): number {
  return a.vcpus - b.vcpus || a.memoryGiB - b.memoryGiB || (a.name < b.name ? -1 : 1);
}
