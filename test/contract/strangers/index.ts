import type { Sandbox } from '../../../src/sandbox/index.ts';
import { ask } from '../../sandbox/azure/ask.ts';
import type { ScenarioRun } from '../../scenarios/walk.ts';
import type { Flow } from '../record.ts';
import { DEPLOYED } from './deployed-machines.ts';
import { DISKS } from './disks.ts';
import { GALLERIES } from './galleries.ts';
import { IMAGE_BUILDER } from './image-builder.ts';
import { MARKETPLACE } from './marketplace.ts';
import { NETWORKS, networkSteps } from './networks.ts';
import { RESOURCES } from './resources.ts';
import type { Step, Stranger } from './stranger.ts';
import { MACHINES, SIZES } from './virtual-machines.ts';

/** What others ask of the sandbox, one recording per provider and version. */
export const STRANGERS: readonly Flow[] = [
  GALLERIES,
  MACHINES,
  DISKS,
  IMAGE_BUILDER,
  RESOURCES,
  NETWORKS,
  MARKETPLACE,
  SIZES,
  DEPLOYED,
].flatMap((stranger) => stranger.versions.map((version) => flow(stranger, version)));

function flow({ provider, steps }: Stranger, version: string): Flow {
  return {
    name: `a stranger speaks to ${provider} in ${version}`,
    scenario: 'golden',
    walk: async ({ sandbox }: ScenarioRun) => {
      const { subscription } = sandbox;
      if ([MACHINES.provider, DEPLOYED.provider].includes(provider))
        for (const step of networkSteps(subscription)) await take(sandbox, step, '2023-09-01');
      for (const step of steps(subscription)) await take(sandbox, step, version);
    },
  };
}

/** Sends a request, follows the links of its answer until the operation has ended, and lets a day pass in between. */
async function take(sandbox: Sandbox, [method, path, body]: Step, version: string): Promise<void> {
  const { headers } = await ask(sandbox, method, withVersion(path, version), { body });
  const links = [headers['azure-asyncoperation'], headers.location].flatMap((link) => (typeof link === 'string' ? [new URL(link)] : []));
  for (const { pathname, search } of links) await ask(sandbox, 'GET', `${pathname}${search}`);
  sandbox.clock.advance(86_400);
  for (const { pathname, search } of links) await ask(sandbox, 'GET', `${pathname}${search}`);
}

function withVersion(path: string, version: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}api-version=${version}`;
}
