import { RegildError } from '../../errors.ts';
import { keptIssue, staysAfter, withKept } from '../../kept.ts';
import { type BuildPlan, type Leftover, onErrorOf, packerGroupName } from '../../model/index.ts';
import type { Context } from '../../ports.ts';
import { isNoRoom } from '../../room.ts';

type Ports = 'leftovers' | 'progress' | 'operator';

/**
 * The failure of a build with what became of its resource group, looked up in Azure: kept with a way into it, or deleted. Where Packer cleaned up after
 * itself, or never began, there is nothing to look for.
 */
export async function afterFailure(error: unknown, plan: BuildPlan, attempt: string, context: Context<Ports>): Promise<unknown> {
  if (!(error instanceof RegildError)) return error;
  const name = packerGroupName(plan.image, context.run.id, attempt);
  if (error.code === 'CANCELLED') return mayHaveLeft(error) ? cancelled(error, name, plan, context) : error;
  const left = onErrorOf(plan, context.run) !== 'cleanup' || context.run.signal.aborted;
  if (!left) return error;
  const group = await find(name, plan, context).catch(() => undefined);
  if (group === undefined) return error;
  // Where Azure had no room there is no machine, and perhaps another size to try.
  if (!isNoRoom(error) && (await staysAfter({ stage: 'build', what: 'the build failed' }, plan, context))) {
    return withKept(error, keptIssue({ group }, plan, context.run.id));
  }
  await context.ports.leftovers.remove(group).catch(() => undefined);
  return error;
}

function mayHaveLeft({ details }: RegildError): boolean {
  return details.left === 'unknown' || details.left === 'everything';
}

/** Says that nothing is left only where Azure says so. */
async function cancelled({ message, cause }: RegildError, name: string, plan: BuildPlan, context: Context<Ports>): Promise<RegildError> {
  const said = (what: string, hint?: string) =>
    new RegildError('CANCELLED', `${message}; ${what}`, { hint, details: { group: name }, cause });
  const sweep = '`regild sweep` deletes it when its deadline has passed; until then its machine costs by the hour';
  try {
    const group = await find(name, plan, context);
    if (group === undefined) return said(`Azure has no resource group ${name}: nothing is left`);
    await context.ports.leftovers.remove(group);
    return said(`Azure deletes its resource group ${name}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return said(`its resource group ${name} may still stand: ${reason}`, sweep);
  }
}

/** The group of this attempt. */
async function find(name: string, { subscription }: BuildPlan, { ports, run }: Context<Ports>): Promise<Leftover | undefined> {
  return (await ports.leftovers.ofRun(subscription, run.id)).find((group) => group.name === name);
}
