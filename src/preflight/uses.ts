import { type BuildPlan, buildNeed, misfits, placeOfShape, type SizeNeed, sizeNamed, testNeed, type VmSize } from '../model/index.ts';
import type { AzureState, Room } from './questions.ts';

/** A VM that is to be made. */
export interface Use {
  readonly purpose: 'build' | 'test';
  readonly vmSize: string;
  /** Sizes for when there is no room for it. */
  readonly fallbackSizes: readonly string[];
  readonly need: SizeNeed;
  /** Trusted Launch would be used, and is not demanded. */
  readonly wishesTrustedLaunch: boolean;
  readonly zones: readonly string[];
}

/** What was read of the locations in which VMs are to stand, that of the build first. */
export function roomsOf({ location }: BuildPlan, { sizes, quotas, elsewhere }: AzureState): readonly (readonly [string, Room])[] {
  return [[location, { sizes, quotas }], ...Object.entries(elsewhere)];
}

/** Every VM of the plan that is to stand in a location, of which these sizes are known. */
export function usesIn(plan: BuildPlan, place: string, sizes: readonly VmSize[]): readonly Use[] {
  const { build, test, security } = plan;
  const all: readonly Use[] = [
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
        zones: placeOfShape(plan, shape).zones ?? [],
      }),
    ),
  ];
  return all.filter(({ need }) => need.location === place);
}

/** The further sizes of a use that can run the image, in their order. */
export function standIns({ fallbackSizes, need }: Use, sizes: readonly VmSize[]): readonly VmSize[] {
  return fallbackSizes.flatMap((name) => {
    const size = sizeNamed(sizes, name);
    return size !== undefined && misfits(size, need).length === 0 ? [size] : [];
  });
}

/** Where the further sizes of a use are named. */
export function keyOf({ purpose }: Use): string {
  return `${purpose}.fallbackSizes`;
}
