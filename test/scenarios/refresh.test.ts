import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isToBeTriedAgain } from '../../src/exit-code.ts';
import { runFleet } from '../../src/fleet.ts';
import type { ImageReport, ImageSpec, Issue } from '../../src/model/index.ts';
import { type RefreshFleetOptions, refreshFleet } from '../../src/refresh.ts';
import { inSandbox, type ScenarioRun, scenarioSpec } from './walk.ts';

const FOLDER = join(import.meta.dirname, 'debian-12');
const READER = '7d0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';
const SHARED = { sharing: { readers: [READER] } };

/** What one refresh says of an image. */
async function refreshed(spec: ImageSpec, { context }: ScenarioRun, options: Partial<RefreshFleetOptions> = {}) {
  const walk: RefreshFleetOptions['walk'] = async (specs) => ({
    runId: context.run.id,
    images: await runFleet(specs, context, { until: 'publish', resume: false, force: true, concurrency: 1 }),
  });
  const { items } = await refreshFleet([spec], context, { concurrency: 1, dryRun: false, walk, ...options });
  return items.map(({ action, outcome, changes, issues }) => ({ action, outcome, changes, issues: issues.map(({ code }) => code) }));
}

/** A build that ends badly. */
const fails: RefreshFleetOptions['walk'] = async (specs) => ({
  runId: '20261121t081502-0001',
  images: specs.map(({ name: image }) => ({ image, outcome: 'failed', issues: [{ code: 'BUILD_FAILED' }] }) as unknown as ImageReport),
});

test('the refresh that builds the first version shares the gallery which that made; one whose build fails mends the versions there are', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    const { gallery } = run.context.ports;
    run.sandbox.change({ kind: 'rights-given', actions: ['*'] });
    const first = scenarioSpec(FOLDER, SHARED);
    const [built] = await refreshed(first, run);
    const grant = `${READER} has no role Reader on the gallery gal_golden, and the manifest names it`;
    expect([built?.action, built?.outcome, built?.changes]).toEqual(['rebuild', 'published', [grant]]);
    expect(await gallery.readers(first.target)).toEqual([{ principal: READER, ours: true }]);

    const regions = [...first.regions.map(({ name }) => name), 'uksouth'];
    const edited = scenarioSpec(FOLDER, { ...SHARED, regions, customize: [{ packages: ['nginx'] }] });
    const [version] = await gallery.versions(first.target);
    const added = `version ${version?.name} is not in uksouth, which the manifest names`;
    const placed = async () => (await gallery.versions(first.target)).map((each) => each.targetRegions.map(({ name }) => name));
    expect(await refreshed(edited, run, { walk: fails, reasons: ['recipe-changed'] })).toEqual([
      { action: 'rebuild', outcome: 'failed', changes: [], issues: ['BUILD_FAILED'] },
    ]);
    expect(await placed()).toEqual([first.regions.map(({ name }) => name)]);
    expect(await refreshed(edited, run, { walk: fails })).toEqual([
      { action: 'rebuild', outcome: 'failed', changes: [added], issues: ['BUILD_FAILED'] },
    ]);
    expect(await placed()).toEqual([regions]);
    expect(await refreshed(edited, run, { walk: fails })).toEqual([
      { action: 'rebuild', outcome: 'failed', changes: [], issues: ['BUILD_FAILED'] },
    ]);
  });
});

test('`--reason` mends what it names and nothing else', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    const first = scenarioSpec(FOLDER);
    run.sandbox.change({ kind: 'rights-given', actions: ['*'] });
    await refreshed(first, run);
    const [version] = await run.context.ports.gallery.versions(first.target);
    const regions = [...first.regions.map(({ name }) => name), 'uksouth'];
    const edited = scenarioSpec(FOLDER, { ...SHARED, regions, endOfLife: '180d', softDelete: true });
    const [life] = await refreshed(edited, run, { reasons: ['end-of-life-differs'] });
    expect(life?.changes).toEqual([`version ${version?.name} has no end of life, the manifest says 2027-05-20`]);
    const [shared] = await refreshed(edited, run, { reasons: ['sharing-differs'] });
    expect(shared?.changes).toEqual([`${READER} has no role Reader on the gallery gal_golden, and the manifest names it`]);
    expect((await run.context.ports.gallery.versions(first.target)).map(({ targetRegions }) => targetRegions.length)).toEqual([2]);
  });
});

test('an image that could not be planned is not unchanged: it waits and says why, and only a cloud that was away is a reason to try again', async () => {
  await inSandbox(FOLDER, {}, async (run) => {
    const spec = scenarioSpec(FOLDER);
    await refreshed(spec, run);
    const gone = scenarioSpec(FOLDER, { source: { ami: 'ami-0123456789abcdef0', region: 'eu-west-1' } });
    expect(await refreshed(gone, run)).toEqual([{ action: 'wait', outcome: 'waiting', changes: [], issues: ['AMI_NOT_FOUND'] }]);
  });
  const waiting = (code: Issue['code'], held?: string) => {
    const issues = [{ severity: 'warning', code, message: 'm' }] as const;
    const item = { image: 'web', action: 'wait', drifts: [], held, outcome: 'waiting', changes: [], issues } as const;
    return isToBeTriedAgain({ kind: 'RefreshReport', schemaVersion: 1, at: '2026-11-21T08:00:00.000Z', items: [item] });
  };
  const held = 'it could not be planned; its issues say why';
  expect([waiting('CLOUD_UNREACHABLE', held), waiting('CLOUD_DENIED', held), waiting('CLOUD_UNREACHABLE')]).toEqual([true, false, false]);
});
