import { RegildError } from '../errors.ts';
import { keptIssue } from '../kept.ts';
import { type BuildPlan, DEADLINE_TAG, type Issue, type Leftover, type TestedVm } from '../model/index.ts';
import type { Context } from '../ports.ts';

/** Whether a VM failed as a test of the image: it did not come up, or a check that blocks publication did not pass. */
export function failedIn(outcome: PromiseSettledResult<{ readonly vm: TestedVm }>): boolean {
  if (outcome.status === 'rejected') return outcome.reason instanceof RegildError && outcome.reason.code === 'VALIDATION_FAILED';
  return outcome.value.vm.checks.some(({ severity, status }) => severity === 'block' && (status === 'fail' || status === 'error'));
}

/** What stands of a test VM that stays, as it is in Azure, or by its name where that cannot be asked. */
export async function keptTestGroup(plan: BuildPlan, name: string, { ports, run }: Context<'leftovers'>): Promise<Issue> {
  const found = await ports.leftovers.ofRun(plan.subscription, run.id).catch(() => []);
  const group = found.find((one) => one.name === name) ?? byName(name, run.deadline);
  return keptIssue({ group }, plan, run.id);
}

function byName(name: string, deadline: Date): Leftover {
  const tags = { [DEADLINE_TAG]: deadline.toISOString() };
  return { kind: 'resource-group', id: '', name, tags, deleting: false, holds: ['Microsoft.Compute/virtualMachines'] };
}
