import { describe, expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { exitCodeOf } from '../src/exit-code.ts';
import { runFleet } from '../src/fleet.ts';
import { blocks, type ImageReport } from '../src/model/index.ts';
import { readPlanned } from '../src/pipeline.ts';
import { aSpec } from './fakes/values.ts';
import { aWorld, LATER, type World } from './fakes/world.ts';

const OPTIONS = { until: 'publish', resume: true, force: false, concurrency: 4 } as const;

const run = (world: World, images: readonly string[] = ['web'], change: Parameters<World['context']>[0] = {}) =>
  runFleet(
    images.map((name) => aSpec({ name })),
    world.context(change),
    OPTIONS,
  );

const told = (reports: readonly ImageReport[]) =>
  reports.map(({ image, outcome, issues }) => [image, outcome, ...issues.filter(blocks).map(({ code }) => code)].join(' '));

const WHOLE = ['build web', 'boot Standard_D2s_v5', 'boot Standard_D2s_v6', 'replicate', 'promote'];

test('a planned image is built, validated and published', async () => {
  const world = aWorld(['web']);
  expect(told(await run(world))).toEqual(['web published']);
  expect(world.did).toEqual(WHOLE);
  expect(world.groups).toEqual(new Set());
});

describe('a verb that only continues', () => {
  const publish = (world: World, change = {}) => runFleet([aSpec(change)], world.context({}), { ...OPTIONS, continueOnly: true });

  test('goes on with what the run has staged', async () => {
    const world = aWorld(['web']);
    await runFleet([aSpec()], world.context({}), { ...OPTIONS, until: 'build' });
    expect([told(await publish(world)), world.did]).toEqual([['web published'], WHOLE]);
  });

  test('never builds', async () => {
    const world = aWorld(['web']);
    expect([told(await publish(world)), world.did]).toEqual([['web failed RUN_NOT_FOUND'], []]);
  });

  test('refuses an entry that was edited since', async () => {
    const world = aWorld(['web']);
    await runFleet([aSpec()], world.context({}), { ...OPTIONS, until: 'build' });
    const [report] = await publish(world, { customize: [{ kind: 'packages', names: ['nginx'] }] });
    expect(report?.issues.map(({ message }) => message)).toEqual(['run run-1 did not build web from the entry that the manifest has']);
    expect(world.did).toEqual(WHOLE.slice(0, 1));
  });
});

describe('an entry of the manifest', () => {
  const resumed = async (change: Parameters<typeof aSpec>[0]) => {
    const world = aWorld(['web']);
    await runFleet([aSpec()], world.context({}), { ...OPTIONS, until: 'build' });
    const reports = await runFleet([aSpec(change)], world.context({}), { ...OPTIONS, until: 'build' });
    return { outcomes: told(reports), did: world.did };
  };

  test('that only moved down a line is gone on with', async () => {
    expect(await resumed({ place: { file: 'images.yaml', line: 99, column: 5 } })).toEqual({ outcomes: ['web built'], did: ['build web'] });
  });

  test('that is given more time is gone on with', async () => {
    const timeouts = { read: 60, validate: 600, publish: 6000, operation: 240, replication: 1440 };
    expect(await resumed({ timeouts })).toEqual({ outcomes: ['web built'], did: ['build web'] });
  });

  test('that was edited is refused: the plan that the run has is of another wish', async () => {
    expect(await resumed({ customize: [{ kind: 'packages', names: ['nginx'] }] })).toEqual({
      outcomes: ['web failed RUN_NOT_FOUND'],
      did: ['build web'],
    });
  });
});

describe('a run that dies is continued, not restarted', () => {
  /** Dies at a point, is resumed a day later with another deadline, and tells what both did. */
  async function dieAndResume(point: string) {
    const world = aWorld(['web']);
    const killed = await run(world, ['web'], { dieAt: point });
    const before = world.did.splice(0);
    const resumed = await run(world, ['web'], { now: LATER });
    return { world, killed: told(killed), before, resumed: told(resumed), after: [...world.did] };
  }

  test('between build and its artifact: the staged version is taken', async () => {
    const { killed, before, resumed, after } = await dieAndResume('save BuildResult');
    expect([killed, before]).toEqual([['web failed INTERNAL'], WHOLE.slice(0, 1)]);
    expect([resumed, after]).toEqual([['web published'], WHOLE.slice(1)]);
  });

  test('between validation and its artifact: it is validated again', async () => {
    const { resumed, after } = await dieAndResume('save ValidationReport');
    expect([resumed, after]).toEqual([['web published'], WHOLE.slice(1)]);
  });

  test('between replication and promotion: it is only promoted', async () => {
    const { before, resumed, after } = await dieAndResume('promote');
    expect([before, resumed, after]).toEqual([WHOLE.slice(0, 4), ['web published'], ['promote']]);
  });

  test('between promotion and its artifact: nothing changes any more', async () => {
    const { world, before, resumed } = await dieAndResume('save GalleryVersion');
    expect([before, resumed]).toEqual([WHOLE, ['web published']]);
    expect(world.writes).toEqual(['2026.1121.0 staged', '2026.1121.0 replicated', '2026.1121.0 promoted']);
  });

  test('after everything: nothing is done at all', async () => {
    const world = aWorld(['web']);
    await run(world);
    world.did.splice(0);
    expect(told(await run(world, ['web'], { now: LATER }))).toEqual(['web published']);
    expect(world.did).toEqual([]);
  });
});

test('a version name that another run took between plan and build is refused before anything is built', async () => {
  const world = aWorld(['web']);
  world.stage('2026.1121.0', { 'regild-run': 'another' });
  const reports = await run(world);
  expect(told(reports)).toEqual(['web failed PREFLIGHT_FAILED']);
  expect(exitCodeOf({ images: reports, issues: [] })).toBe(4);
  expect(world.did).toEqual([]);
});

describe('a run folder is believed where the cloud agrees', () => {
  test('a staged version that was deleted meanwhile is built again', async () => {
    const world = aWorld(['web']);
    await run(world, ['web'], { dieAt: 'replicate' });
    world.drop('2026.1121.0');
    world.did.splice(0);
    expect([told(await run(world)), world.did]).toEqual([['web published'], WHOLE]);
  });

  test('so is a published one, when the run is continued after its end', async () => {
    const world = aWorld(['web']);
    await run(world);
    world.drop('2026.1121.0');
    world.did.splice(0);
    expect([told(await run(world)), world.did]).toEqual([['web published'], WHOLE]);
  });

  test('and a verb that only continues says that there is none', async () => {
    const world = aWorld(['web']);
    await run(world);
    world.drop('2026.1121.0');
    world.did.splice(0);
    const reports = await runFleet([aSpec()], world.context({}), { ...OPTIONS, continueOnly: true });
    expect([told(reports), world.did]).toEqual([['web failed RUN_NOT_FOUND'], []]);
  });

  test('a run that has ended well and whose version is there does nothing', async () => {
    const world = aWorld(['web']);
    await run(world);
    world.did.splice(0);
    expect([told(await run(world)), world.did]).toEqual([['web published'], []]);
  });
});

describe('a signal', () => {
  test('during validation cancels, leaves no resource group, and starts nothing more', async () => {
    const controller = new AbortController();
    const world = aWorld(['web', 'db']);
    const during = { signal: controller.signal, onBoot: () => controller.abort() };
    const reports = await run(world, ['web', 'db'], during);
    expect(told(reports)).toEqual(['web cancelled CANCELLED', 'db cancelled CANCELLED']);
    expect(exitCodeOf({ images: reports, issues: [] })).toBe(130);
    expect(world.groups).toEqual(new Set());
    expect(world.did.filter((step) => step === 'promote' || step === 'replicate' || step.endsWith('v6'))).toEqual([]);
  });

  test('during replication leaves the version staged, and a resumed run publishes it', async () => {
    const controller = new AbortController();
    const world = aWorld(['web']);
    const reports = await run(world, ['web'], { signal: controller.signal, onReplicate: () => controller.abort() });
    expect(told(reports)).toEqual(['web cancelled CANCELLED']);
    expect(world.did).not.toContain('promote');
    world.did.splice(0);
    expect(told(await run(world))).toEqual(['web published']);
    expect(world.did).toEqual(['promote']);
  });
});

test('a build that takes longer than it may is timed out, and a resumed run waits for it again', async () => {
  const world = aWorld(['web']);
  const reports = await run(world, ['web'], { slowBuild: true });
  expect(told(reports)).toEqual(['web timed-out TIMED_OUT']);
  expect(reports[0]?.issues.at(-1)?.message).toBe('the build of web took longer than 240 minutes');
  expect(exitCodeOf({ images: reports, issues: [] })).toBe(8);
  expect(world.did).toEqual(['build web']);
  expect(told(await run(world, ['web'], { now: LATER }))).toEqual(['web published']);
});

test('the deadline counts from when an image has its turn, and beyond what it may take', async () => {
  const world = aWorld(['web']);
  const day = 24 * 60;
  await run(world, ['web'], { now: LATER, started: world.started });
  const minutes = (Date.parse(world.deadlines[0] ?? '') - LATER.getTime()) / 60_000;
  expect(minutes).toBe(day + 240 + 2 * 30);
});

describe('trouble with one run folder stops no other image', () => {
  test('an artifact that is not JSON', async () => {
    const world = aWorld(['web', 'db']);
    const broken = new RegildError('ARTIFACT_INVALID', 'not JSON');
    expect(told(await run(world, ['web', 'db'], { loadFails: { web: broken } }))).toEqual(['web failed ARTIFACT_INVALID', 'db published']);
  });

  test('a report that cannot be written', async () => {
    const world = aWorld(['web', 'db']);
    const reports = await run(world, ['web', 'db'], { dieAt: 'save ImageReport' });
    expect(told(reports)).toEqual(['web failed INTERNAL', 'db published']);
  });
});

test('a plan that is gone from the run folder is said, not built without', async () => {
  await expect(readPlanned('web', { load: async () => undefined })).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: 'the plan of web is not in the run folder any more',
  });
});
