import {
  type BuildPlan,
  type ExistingVersion,
  type Issue,
  otherTestLocations,
  type TargetRegion,
  type TestShape,
  testRounds,
  togetherInRounds,
} from '../model/index.ts';
import type { Context } from '../ports.ts';
import { replicate, replicationIssue } from '../replication/index.ts';
import { failedRegions } from '../replication/regions.ts';
import { inRounds } from './side-by-side.ts';

/** How one shape is booted, and whether what was booted lets the image pass so far. */
interface Work<Answer> {
  readonly boot: (shape: TestShape, signal: AbortSignal, alone: boolean) => Promise<Answer>;
  readonly passes: (answers: readonly Answer[]) => boolean;
}

/** What the VMs answered, those of the build's own location first, and what kept a region from booting one. */
interface Booted<Answer> {
  readonly answers: readonly Answer[];
  readonly issues: readonly Issue[];
}

/**
 * Boots every shape: first where the version was built, then in the other locations, into which it is replicated for that; staged it stays, so that no
 * region has it as `latest`. A version that fails at home is replicated nowhere. Issues: REPLICATION_FAILED (error), REGION_UNTESTED (info).
 */
export async function hereThenElsewhere<Answer>(
  plan: BuildPlan,
  existing: ExistingVersion,
  context: Context<'gallery' | 'subscription' | 'progress'>,
  { boot, passes }: Work<Answer>,
): Promise<Booted<Answer>> {
  const inLocations = async (shapes: readonly TestShape[]) => inRounds(await roundsOf(plan, shapes, context), context.run.signal, boot);
  const here = await inLocations(plan.test.shapes.filter(({ location }) => location === undefined));
  const others = otherTestLocations(plan);
  if (others.length === 0) return { answers: here, issues: [] };
  if (!passes(here)) return { answers: here, issues: others.map((name) => untested(plan, name)) };
  const wanted = regionsToHold(plan, existing, others);
  const failed = failedRegions(wanted, await replicate(plan, existing, wanted, context));
  const isThere = (shape: TestShape) => shape.location !== undefined && !failed.some(({ name }) => name === shape.location);
  const elsewhere = await inLocations(plan.test.shapes.filter(isThere));
  return { answers: [...here, ...elsewhere], issues: failed.map((region) => replicationIssue(plan, existing, region, 'validate')) };
}

/** Azure takes complete sets only: a region that has the version already keeps it. */
function regionsToHold(
  { regions, location }: BuildPlan,
  { targetRegions }: ExistingVersion,
  others: readonly string[],
): readonly TargetRegion[] {
  const held = targetRegions.map(({ name }) => name);
  return regions.filter(({ name }) => name === location || others.includes(name) || held.includes(name));
}

/** What each location has room for at once, asked where there is more than one VM. */
async function roundsOf(
  { subscription: id, location }: BuildPlan,
  shapes: readonly TestShape[],
  { ports: { subscription } }: Context<'subscription'>,
): Promise<readonly (readonly TestShape[])[]> {
  const byLocation = Map.groupBy(shapes, (shape) => shape.location ?? location);
  const rounds = [...byLocation].map(async ([place, group]) => {
    if (group.length < 2) return testRounds(group, [], []);
    const [sizes, quotas] = await Promise.all([subscription.sizes(id, place), subscription.quotas(id, place)]);
    return testRounds(group, sizes, quotas);
  });
  return togetherInRounds(await Promise.all(rounds));
}

function untested({ image, location }: BuildPlan, name: string): Issue {
  return {
    severity: 'info',
    code: 'REGION_UNTESTED',
    message: `no VM was booted in ${name}: the version failed in ${location}, and is replicated nowhere`,
    hint: 'mend what failed, and build again',
    image,
  };
}
