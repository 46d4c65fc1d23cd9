import { type BuildPlan, type Issue, placeOfShape, placesOf, type TestShape, testNeed, vmName } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { type Made, replacedSize, searchOf, whereThereIsRoom } from '../room.ts';

const KEY = 'test.fallbackSizes';

/** Boots a shape in the first place for which Azure has room: its size and zone, or, `alone`, the further ones of the plan. What was tried is told while it happens. */
export function testWhereThereIsRoom<Result>(
  plan: BuildPlan,
  shape: TestShape,
  alone: boolean,
  { ports }: Context<'subscription' | 'progress'>,
  boot: (shape: TestShape, zone: string | undefined) => Promise<Result>,
): Promise<Made<Result>> {
  const { location, zones } = placeOfShape(plan, shape);
  const places = placesOf([shape.vmSize, ...(shape.fallbackSizes ?? [])], zones);
  const search = searchOf({ ...plan, location }, { stage: 'validate', key: KEY, need: (sizes) => testNeed(plan, shape, sizes) }, ports);
  return whereThereIsRoom(alone ? places : places.slice(0, 1), search, ({ vmSize, zone }) => boot({ ...shape, vmSize }, zone));
}

/** That a test VM was of another size than planned, or in another zone: what was to be proven of that size is not. */
export function replacedTestSize({ image }: BuildPlan, shape: TestShape, made: Made<unknown>): readonly Issue[] {
  return replacedSize(image, `the test VM ${vmName(shape)}`, made, KEY);
}
