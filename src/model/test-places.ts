import type { BuildPlan, TestShape } from './build-plan.ts';

/** Where a test VM stands. */
export interface ShapePlace {
  readonly location: string;
  /** Undefined = a network is made for it. */
  readonly subnet: string | undefined;
  /** Those that are tried in this order; undefined = Azure chooses. */
  readonly zones: readonly string[] | undefined;
}

/** Subnet and zones of a plan are of one location: they are for the VMs that stand where the version is built. */
export function placeOfShape({ location, test }: Pick<BuildPlan, 'location' | 'test'>, shape: TestShape): ShapePlace {
  return shape.location === undefined
    ? { location, subnet: test.subnet, zones: test.zones }
    : { location: shape.location, subnet: shape.subnet, zones: undefined };
}

/** The locations in which the image is booted beside the one of the build. */
export function otherTestLocations({ test }: Pick<BuildPlan, 'test'>): readonly string[] {
  return [...new Set(test.shapes.flatMap((shape) => shape.location ?? []))];
}
