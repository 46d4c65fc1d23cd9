import type { TestShape } from './build-plan.ts';
import { type Quota, sizeNamed, type VmSize } from './vm-size.ts';

/**
 * The test VMs in rounds, those of one round side by side: as many as the free vCPUs of the location and of each size family have room for, in the
 * order of the shapes. A size that is not known, or larger than the room, has a round of its own: Azure decides.
 */
export function testRounds(
  shapes: readonly TestShape[],
  sizes: readonly VmSize[],
  quotas: readonly Quota[],
): readonly (readonly TestShape[])[] {
  const sizeOf = (name: string) => sizeNamed(sizes, name);
  const rounds: TestShape[][] = [];
  for (const shape of shapes) {
    const size = sizeOf(shape.vmSize);
    const open = rounds.find(
      (round) =>
        size !== undefined &&
        fits(
          [...round, shape].map(({ vmSize }) => sizeOf(vmSize)),
          quotas,
        ),
    );
    if (open) open.push(shape);
    else rounds.push([shape]);
  }
  return rounds;
}

/** Rounds of several locations as one row: the first of all side by side, then the second of all. Quotas count in each location for itself. */
export function togetherInRounds<Shape>(ofLocations: readonly (readonly (readonly Shape[])[])[]): readonly (readonly Shape[])[] {
  const longest = Math.max(0, ...ofLocations.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => ofLocations.flatMap((rounds) => rounds[index] ?? []));
}

function fits(sizes: readonly (VmSize | undefined)[], quotas: readonly Quota[]): boolean {
  const known = sizes.filter((size) => size !== undefined);
  if (known.length < sizes.length) return false;
  return quotas.every(({ name, used, limit }) => {
    const counted = known.filter(({ family }) => name === 'cores' || family.toLowerCase() === name.toLowerCase());
    return counted.reduce((sum, { vcpus }) => sum + vcpus, 0) <= Math.max(0, limit - used) || counted.length === 0;
  });
}
