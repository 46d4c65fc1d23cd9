import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocks, type ImageReport } from '../../src/model/index.ts';
import type { Context } from '../../src/ports.ts';
import { inSandbox, type ScenarioRun, scenarioSpec, walk } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'golden');
const EVERYWHERE = scenarioSpec(FOLDER, { test: { regions: 'all' } });

/** Whether the version was `latest`, and where it was, at the moment when each test VM was made. */
function watching({ context }: ScenarioRun) {
  const seen: string[] = [];
  const testVm: Context['ports']['testVm'] = {
    withVm: async (request, wait, use) => {
      const [version] = await context.ports.gallery.versions(EVERYWHERE.target);
      const regions = version?.targetRegions.map(({ name }) => name).join(' ');
      seen.push(`${request.shape.location ?? 'here'}: ${version?.excludeFromLatest ? 'staged' : 'latest'} in ${regions}`);
      return context.ports.testVm.withVm(request, wait, use);
    },
  };
  return { seen, run: (run: ScenarioRun) => ({ ...run, context: { ...context, ports: { ...context.ports, testVm } } }) };
}

const placesOf = ({ validation }: ImageReport) => validation?.vms.map(({ location }) => location ?? 'here');

test('every region boots the version before it is latest in any', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    const { seen, run: watched } = watching(run);
    const report = await walk(EVERYWHERE, watched(run));
    expect([report.outcome, report.issues.filter(blocks), placesOf(report)]).toEqual([
      'published',
      [],
      ['here', 'here', 'westeurope', 'swedencentral'],
    ]);
    expect(seen.toSorted()).toEqual([
      'here: staged in northeurope',
      'here: staged in northeurope',
      'swedencentral: staged in northeurope westeurope swedencentral',
      'westeurope: staged in northeurope westeurope swedencentral',
    ]);
    expect(await run.context.ports.gallery.versions(EVERYWHERE.target)).toMatchObject([{ excludeFromLatest: false }]);
  });
});

test('a region that the version does not reach keeps it from being latest anywhere', async () => {
  const match = { method: 'PUT', path: '/**/galleries/*/images/*/versions/*' };
  const faults = [{ match, times: 20, effect: { kind: 'fail-region' as const, region: 'westeurope' } }];
  await inSandbox(FOLDER, { faults }, async (run) => {
    const report = await walk(EVERYWHERE, run);
    expect([report.outcome, placesOf(report)]).toEqual(['failed', ['here', 'here', 'swedencentral']]);
    expect(report.validation?.issues.filter(blocks).map(({ code }) => code)).toEqual(['REPLICATION_FAILED']);
    expect(await run.context.ports.gallery.versions(EVERYWHERE.target)).toMatchObject([{ excludeFromLatest: true }]);
  });
});
