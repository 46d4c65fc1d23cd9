import { type BuildPlan, buildNeed, type Issue, placesOf } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { type Made, replacedSize, searchOf, whereThereIsRoom } from '../room.ts';

const KEY = 'build.fallbackSizes';

/** Builds on the first of the plan's sizes for which Azure has room; `attempt` counts from 0. What was tried is told while it happens. */
export function buildWhereThereIsRoom<Result>(
  plan: BuildPlan,
  { ports }: Context<'subscription' | 'progress'>,
  build: (vmSize: string, attempt: number) => Promise<Result>,
): Promise<Made<Result>> {
  const places = placesOf([plan.build.vmSize, ...(plan.build.fallbackSizes ?? [])]);
  const search = searchOf(plan, { stage: 'build', key: KEY, need: () => buildNeed(plan) }, ports);
  return whereThereIsRoom(places, search, ({ vmSize }) =>
    build(
      vmSize,
      places.findIndex((place) => place.vmSize === vmSize),
    ),
  );
}

/** That the build VM was of another size than planned. */
export function replacedBuildSize({ image }: BuildPlan, made: Pick<Made<unknown>, 'place' | 'tried'>): readonly Issue[] {
  return replacedSize(image, 'the build VM', made, KEY);
}
