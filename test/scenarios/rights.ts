import { join } from 'node:path';
import { runFleet } from '../../src/fleet.ts';
import { lookAt } from '../../src/look.ts';
import { type Duty, type ImageReport, testGroupName } from '../../src/model/index.ts';
import { lineage, promote, retire, revoke, rollback } from '../../src/published.ts';
import { actionOf, linkedActions } from '../../src/sandbox/azure/actions.ts';
import { azureRoutes } from '../../src/sandbox/azure/providers/index.ts';
import { findRoute } from '../../src/sandbox/azure/router.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { sweep } from '../../src/sweep/index.ts';
import { connectedTo } from '../adapters/azure/connected.ts';
import { type ScenarioRun, scenarioSpec, walk } from './walk.ts';

const GOLDEN = join(import.meta.dirname, 'golden');
const ROUTES = azureRoutes();

/** Actions that requests needed, by where: the resource group of the gallery, or elsewhere in the subscription. */
export interface Needed {
  readonly group: readonly string[];
  readonly subscription: readonly string[];
}

/** What the requests to Azure Resource Manager needed of the roles of who sent them. */
export function neededBy(exchanges: readonly Exchange[], group: string): Needed {
  const found = exchanges.flatMap(({ liveRequest: { method, url, body } }) => {
    const { pathname, searchParams } = new URL(url);
    const routed = findRoute(ROUTES, method, decodeURIComponent(pathname), searchParams.get('api-version') ?? '', 'nearest');
    if (routed.kind !== 'found') return [];
    const own = actionOf(routed.route.method, routed.route.path);
    const isIn = (id: string) => id.toLowerCase().includes(`/resourcegroups/${group}/`);
    const linked = linkedActions({ method, text: body === undefined ? '' : JSON.stringify(body) });
    return [
      ...(own === undefined ? [] : [{ action: own, inGroup: isIn(pathname) }]),
      ...linked.map(({ action, id }) => ({ action, inGroup: isIn(id) })),
    ];
  });
  const where = (wanted: boolean) => [...new Set(found.flatMap(({ action, inGroup }) => (inGroup === wanted ? [action] : [])))].toSorted();
  return { group: where(true), subscription: where(false) };
}

const scenario = (change: Readonly<Record<string, unknown>> = {}) => scenarioSpec(GOLDEN, change);

interface Flow {
  /** What is there before, made with every right. */
  readonly before?: (run: ScenarioRun) => Promise<unknown>;
  /** Gives what went wrong. */
  readonly act: (run: ScenarioRun) => Promise<readonly string[]>;
}

/** Everything that regild asks of Azure when nothing fails, by who does it. */
export const FLOWS: Readonly<Record<Duty, Flow>> = {
  plan: {
    act: async ({ context }) => {
      const options = { until: 'plan', resume: false, force: true, concurrency: 1 } as const;
      const engines = ['image-builder', 'packer'] as const;
      const reports = await Promise.all(engines.map((engine) => runFleet([scenario({ engine })], context, options)));
      // What a build would lack is an answer of the plan, not a failure of it.
      return reports
        .flat()
        .flatMap(problems)
        .filter((problem) => !/^PREFLIGHT_(?:PERMISSION|IDENTITY)/.test(problem));
    },
  },
  'image-builder': { act: async (run) => problems(await walk(scenario(), run)) },
  packer: { act: async (run) => problems(await walk(scenario({ engine: 'packer' }), run)) },
  published: {
    before: async (run) => {
      await walk(scenario(), run);
      await runFleet([scenario()], run.context, { until: 'publish', resume: false, force: true, concurrency: 1 });
    },
    act: async ({ context }) => {
      const spec = scenario({ retention: { keep: 1 } });
      const dryRun = false;
      const looked = await lookAt([spec], context, 1);
      const [newest] = await context.ports.gallery.versions(spec.target);
      const done = [
        await rollback(spec, context, { to: undefined, reason: 'test', dryRun }),
        await promote(spec, context, { version: newest?.name, dryRun }),
        await revoke(spec, [spec], context, { version: newest?.name ?? '', reason: 'test', cascade: true, dryRun }),
        await retire([scenario({ retention: { keep: 1 } })], context, { dryRun }),
      ];
      const found = await lineage([spec], context, { of: undefined, folderOf: () => ({ load: async () => undefined }) });
      const planned = looked
        .flatMap(({ issues }) => issues)
        .filter(({ code }) => code !== 'PREFLIGHT_PERMISSION' && code !== 'PREFLIGHT_IDENTITY');
      return [...planned, ...done.flatMap(({ issues }) => issues), ...found.issues].map(({ message }) => message);
    },
  },
  sweep: {
    before: async ({ sandbox, context }) => {
      const arm = await (await connectedTo(sandbox)).connection.arm();
      const tags = { 'regild-run': context.run.id, 'regild-deadline': '2026-01-01T00:00:00.000Z' };
      const group = testGroupName(context.run.id, 'golden', 'abcd');
      await arm.put(`/subscriptions/${sandbox.subscription}/resourcegroups/${group}`, '2022-09-01', { location: 'northeurope', tags });
    },
    act: async ({ context }) => {
      const { target } = scenario();
      const scope = { subscriptions: [target.subscription], definitions: [target] };
      const { items, issues } = await sweep(scope, { staged: true, dryRun: false }, context.ports, {});
      const left = items.filter(({ outcome }) => outcome !== 'deleted').map((item) => JSON.stringify(item));
      return [...left, ...issues.map(({ message }) => message)];
    },
  },
};

function problems({ issues }: ImageReport): readonly string[] {
  return issues.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);
}
