import { type Checkup, Engine, firstFew, RIGHTS } from '../model/index.ts';
import type { Grant, Subscription } from '../ports.ts';
import { HINT, lackingActions } from '../preflight/permissions.ts';
import { PROVIDERS } from '../preflight/providers.ts';
import { asked } from './asked.ts';
import type { Doctor, Places } from './places.ts';

type Target = Places['targets'][number];

/** That Azure knows who asks, and what the engines need of the subscription and of the resource group, for every target. */
export async function lookAtAzure({ targets, engines }: Places, { ports }: Doctor): Promise<readonly Checkup[]> {
  if (targets.length === 0) {
    const hint = 'set AZURE_SUBSCRIPTION_ID, or call it where the manifest is';
    return [{ id: 'azure', title: 'Azure', status: 'unknown', detail: 'no subscription is named to ask as', hint }];
  }
  const wanted = enginesOf(engines);
  return (await Promise.all(targets.map((target) => lookAtTarget(target, wanted, ports.subscription)))).flat();
}

/** Without a manifest, what either engine needs. */
function enginesOf(engines: Places['engines']): readonly Engine[] {
  return engines.length === 0 ? Engine.options : engines;
}

async function lookAtTarget(target: Target, engines: readonly Engine[], port: Subscription): Promise<readonly Checkup[]> {
  const { subscription } = target;
  const which = { id: 'azure', title: 'Azure' } as const;
  const found = await asked(which, () => port.locations(subscription));
  if ('failed' in found) return [found.failed];
  if (found.answer === undefined) {
    const hint = 'see which tenant and account `az account show` names';
    return [
      { ...which, status: 'fail', detail: `the subscription ${subscription} does not exist or is not visible to this identity`, hint },
    ];
  }
  const signedIn: Checkup = { ...which, status: 'pass', detail: `signed in, and the subscription ${subscription} is visible` };
  const rest = await Promise.all([
    groupExists(target, port),
    providersRegistered(subscription, engines, port),
    rightsSuffice(target, engines, port),
  ]);
  return [signedIn, ...rest.flat()];
}

async function groupExists({ subscription, resourceGroup }: Target, port: Subscription): Promise<readonly Checkup[]> {
  if (resourceGroup === undefined) return [];
  const which = { id: 'resource-group', title: 'resource group' } as const;
  const found = await asked(which, () => port.resourceGroup(subscription, resourceGroup));
  if ('failed' in found) return [found.failed];
  if (found.answer) return [{ ...which, status: 'pass', detail: `${resourceGroup} exists in ${found.answer.location}` }];
  const hint = `az group create --name ${resourceGroup} --location <location>`;
  return [{ ...which, status: 'fail', detail: `the resource group ${resourceGroup} does not exist`, hint }];
}

async function providersRegistered(subscription: string, engines: readonly Engine[], port: Subscription): Promise<readonly Checkup[]> {
  const which = { id: 'providers', title: 'resource providers' } as const;
  const names = [...new Set(engines.flatMap((engine) => PROVIDERS[engine]))];
  const found = await asked(which, () =>
    Promise.all(names.map(async (name) => ({ name, state: await port.provider(subscription, name) }))),
  );
  if ('failed' in found) return [found.failed];
  const missing = found.answer.filter(({ state }) => state !== 'Registered');
  if (missing.length === 0) return [{ ...which, status: 'pass', detail: `${names.join(', ')} are registered` }];
  const hint = missing.map(({ name }) => `az provider register --namespace ${name}`).join('; ');
  return [{ ...which, status: 'fail', detail: missing.map(({ name, state }) => `${name} is ${state}`).join(', '), hint }];
}

async function rightsSuffice(
  { subscription, resourceGroup }: Target,
  engines: readonly Engine[],
  port: Subscription,
): Promise<readonly Checkup[]> {
  const which = { id: 'rights', title: 'rights' } as const;
  const found = await asked(which, async () => ({
    subscription: await port.permissions(subscription),
    group: resourceGroup === undefined ? undefined : await port.permissions(subscription, resourceGroup),
  }));
  if ('failed' in found) return [found.failed];
  const { answer } = found;
  return [
    ...judge(`the subscription ${subscription}`, actionsOn('subscription', engines), answer.subscription),
    ...(resourceGroup === undefined ? [] : judge(`the resource group ${resourceGroup}`, actionsOn('group', engines), answer.group)),
  ];
}

/** Actions that every build needs; what special cases need is asked by the plan of each image. */
function actionsOn(on: 'group' | 'subscription', engines: readonly Engine[]): readonly string[] {
  const needed = RIGHTS.filter(
    (right) => right.on === on && right.only === undefined && engines.some((engine) => right.duties.includes(engine)),
  );
  return [...new Set(needed.map(({ action }) => action))];
}

/** Lines name so many actions that a terminal shows them. */
const NAMED = 3;

function judge(where: string, actions: readonly string[], granted: readonly Grant[] | undefined): readonly Checkup[] {
  const which = { id: 'rights', title: 'rights' } as const;
  if (granted === undefined) return [{ ...which, status: 'unknown', detail: `the rights on ${where} cannot be read`, hint: HINT }];
  const missing = lackingActions(actions, granted);
  if (missing.length === 0) return [{ ...which, status: 'pass', detail: `all ${actions.length} actions on ${where} are allowed` }];
  return [
    { ...which, status: 'fail', detail: `${missing.length} actions are not allowed on ${where}: ${firstFew(missing, NAMED)}`, hint: HINT },
  ];
}
