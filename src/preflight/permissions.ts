import { type BuildPlan, RIGHTS, type Right, type RightCase } from '../model/index.ts';
import type { Grant } from '../ports.ts';
import type { Answer, AzureState } from './questions.ts';

/**
 * Actions that a build of this plan needs on the resource group of the gallery, or on the subscription, beyond those that planning has shown to be there.
 * Cases that nobody plans for, such as a failure, are not asked about.
 */
export function requiredActions(plan: BuildPlan, on: 'group' | 'subscription'): readonly string[] {
  const needed = RIGHTS.filter(
    (right) => right.on === on && right.duties.includes(plan.engine) && !right.duties.includes('plan') && isPlanned(right, plan),
  );
  return [...new Set(needed.map(({ action }) => action))];
}

function isPlanned({ only }: Right, plan: BuildPlan): boolean {
  const cases: Readonly<Record<RightCase, boolean>> = {
    'test-network': plan.test.subnet === undefined,
    'build-network': plan.build.subnet === undefined,
    'own-subnet': plan.build.subnet !== undefined || plan.test.subnet !== undefined,
    windows: plan.os.family === 'windows',
    'managed-image': plan.route === 'managed-image',
    'staging-definition': plan.route === 'staging-definition',
    'purchase-plan': plan.base.plan !== undefined,
    retention: false,
    production: false,
    sharing: false,
    'wave-check': false,
    'no-answer': false,
    cancelled: false,
    failed: false,
    'looked-after': false,
    died: false,
  };
  return only === undefined || cases[only];
}

/** The identity may do what the plan needs, there and in temporary groups; each missing action is named. */
export function permissionsSuffice(
  plan: BuildPlan,
  { permissions, subscriptionPermissions, resourceGroup }: AzureState,
): readonly Answer[] {
  if (!resourceGroup) return [];
  return [
    ...judge(`the resource group ${plan.resourceGroup}`, requiredActions(plan, 'group'), permissions),
    ...judge(`the subscription ${plan.subscription}`, requiredActions(plan, 'subscription'), subscriptionPermissions),
  ];
}

/** What is said of actions that an identity needs in a place: that it has them all, or each that it lacks. */
export function judge(
  where: string,
  actions: readonly string[],
  granted: AzureState['permissions'],
  lacking: { readonly status: 'fail' | 'warn'; readonly hint: string } = { status: 'fail', hint: HINT },
): readonly Answer[] {
  const title = 'permissions';
  if (!granted) return [{ id: 'permission', title, status: 'unknown', detail: `cannot read the permissions on ${where}`, hint: HINT }];
  const missing = lackingActions(actions, granted);
  if (missing.length === 0)
    return [{ id: 'permission', title, status: 'pass', detail: `all ${actions.length} actions on ${where} are allowed` }];
  return missing.map((action) => ({ id: 'permission', title, detail: `this identity lacks ${action} on ${where}`, ...lacking }));
}

/** Where the rights stand that are needed. */
export const HINT = 'docs/reference/permissions.md lists the least privileges and the commands that grant them';

/** The actions that none of the roles allows. */
export function lackingActions(actions: readonly string[], granted: readonly Grant[]): readonly string[] {
  const roles = granted.map(read);
  return actions.filter((action) => !roles.some((role) => allows(role, action)));
}

/** Whether a role allows an action. */
export function grants(grant: Grant, action: string): boolean {
  return allows(read(grant), action);
}

/** A role with its patterns as expressions. */
interface Role {
  readonly actions: readonly RegExp[];
  readonly notActions: readonly RegExp[];
}

function read({ actions, notActions }: Grant): Role {
  return { actions: actions.map(toExpression), notActions: notActions.map(toExpression) };
}

function allows({ actions, notActions }: Role, action: string): boolean {
  return actions.some((pattern) => pattern.test(action)) && !notActions.some((pattern) => pattern.test(action));
}

/** Azure role patterns: `*` stands for any characters, case does not matter. */
function toExpression(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i');
}
