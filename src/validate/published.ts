import { RegildError } from '../errors.ts';
import type { BuildPlan, Issue, TestShape } from '../model/index.ts';
import type { Context } from '../ports.ts';
import { judged } from './judged.ts';
import { scriptsFor } from './scripts.ts';
import { inRounds } from './side-by-side.ts';
import { testShape } from './test-shape.ts';

/** What the VM said that was booted in a location. */
export interface LocationChecked {
  readonly location: string;
  readonly issues: readonly Issue[];
}

/**
 * Boots one VM from a version that is published in each of these locations, one after the other, and runs the planned checks on it. Nothing that failed
 * there passes. Throws what is no finding about the image: no room, no right, an outage.
 */
export async function checkPublished(
  plan: BuildPlan,
  versionId: string,
  locations: readonly string[],
  context: Context<'subscription' | 'testVm' | 'ssh' | 'leftovers' | 'assets' | 'artifacts' | 'progress' | 'operator'>,
): Promise<readonly LocationChecked[]> {
  const scripts = await scriptsFor(plan, context);
  const rounds = locations.map((location) => [{ location, shape: shapeIn(plan, location) }]);
  return inRounds(rounds, context.run.signal, async ({ location, shape }, signal, alone) => {
    const test = { plan, versionId, shape, scripts, checks: plan.checks, measuring: undefined, question: undefined };
    return { location, issues: judged(plan, [await testShape(test, context, { signal, alone })]) };
  });
}

function shapeIn({ test, location: home, image }: BuildPlan, location: string): TestShape {
  const shape = test.shapes.find((one) => (one.location ?? home) === location);
  if (shape) return shape;
  throw new RegildError('INTERNAL', `no test VM of ${image} is planned in ${location}`, { hint: 'report this' });
}
