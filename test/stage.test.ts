import { expect, test } from 'vitest';
import * as z from 'zod';
import { reportedAnalysis } from '../src/model/index.ts';
import type { AnyArtifact } from '../src/stage.ts';
import { stageLimits, stagesOf } from '../src/stage.ts';
import { fakeContext, NOW } from './fakes/context.ts';
import { anInventory } from './fakes/inventory.ts';
import { anAnalysis, aPlan, aSpec } from './fakes/values.ts';

const LIMITS = stageLimits(aSpec());
const FRESH = { resume: false, limits: LIMITS };
const RESUMED = { resume: true, limits: LIMITS };

const Thing = z.object({ kind: z.string(), issues: z.array(z.any()), value: z.number() });

function folder(saved: Readonly<Record<string, unknown>> = {}, timeUp = false) {
  const written: AnyArtifact[] = [];
  const context = fakeContext({
    clock: { now: () => NOW, sleep: timeUp ? async () => {} : () => new Promise(() => {}) },
    artifacts: { save: async (_image, artifact) => void written.push(artifact as AnyArtifact), load: async (_image, kind) => saved[kind] },
  });
  return { context, written };
}

const thing = (kind: string, value: number, issues: readonly unknown[] = []) => ({ kind, value, issues: [...issues] });

test('what a stage works out is saved before the next one starts', async () => {
  const { context, written } = folder();
  const { run, walked } = stagesOf('web', context, FRESH);
  await run('analyze', Thing, async () => thing('Analysis', 1));
  await expect(run('match', Thing, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(written).toEqual([thing('Analysis', 1)]);
  expect(walked()).toMatchObject({ stage: 'match', artifacts: [thing('Analysis', 1)], timings: { analyze: 0, match: 0 } });
  expect(context.events.map(({ kind }) => kind)).toEqual(['stage-started', 'stage-finished', 'stage-started', 'stage-failed']);
});

test('a resumed run takes artifacts until the first that is missing, and works from there on', async () => {
  const { context, written } = folder({ Analysis: thing('Analysis', 1), Preflight: thing('Preflight', 3) });
  const { run } = stagesOf('web', context, RESUMED);
  const values = [
    await run('analyze', Thing, async () => thing('Analysis', 10)),
    await run('match', Thing, async () => thing('BaseMatch', 20)),
    await run('preflight', Thing, async () => thing('Preflight', 30)),
  ].map(({ value }) => value);
  expect(values).toEqual([1, 20, 30]);
  expect(written.map(({ kind }) => kind)).toEqual(['BaseMatch', 'Preflight']);
});

test('an artifact that blocked the last run is worked out again', async () => {
  const blocked = thing('Preflight', 1, [{ severity: 'error', code: 'PREFLIGHT_QUOTA', message: 'x' }]);
  const { run } = stagesOf('web', folder({ Preflight: blocked }).context, RESUMED);
  expect((await run('preflight', Thing, async () => thing('Preflight', 2))).value).toBe(2);
});

test('an artifact that cannot be read is named', async () => {
  const { run } = stagesOf('web', folder({ Analysis: { kind: 'Analysis' } }).context, RESUMED);
  await expect(run('analyze', Thing, async () => thing('Analysis', 1))).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: expect.stringContaining('the saved Analysis of web cannot be read: issues'),
  });
});

test('an artifact about something that is no longer there is worked out again, and so is what follows', async () => {
  const { run } = stagesOf(
    'web',
    folder({ BuildResult: thing('BuildResult', 1), ValidationReport: thing('ValidationReport', 2) }).context,
    RESUMED,
  );
  const gone = async () => false;
  expect((await run('build', Thing, async () => thing('BuildResult', 10), gone)).value).toBe(10);
  expect((await run('validate', Thing, async () => thing('ValidationReport', 20))).value).toBe(20);
});

/** A context whose clock goes on by a second with every look at it. */
function ticking(saved: Readonly<Record<string, unknown>> = {}) {
  let looks = 0;
  const { artifacts } = folder(saved).context.ports;
  return fakeContext({ artifacts, clock: { now: () => new Date(NOW.getTime() + 1000 * looks++), sleep: () => new Promise(() => {}) } });
}

test('each stage is told with its time, its issues and whether it was taken from the run folder', async () => {
  const warning = { severity: 'warning', code: 'EOL_SOURCE', message: 'x' } as const;
  const context = ticking({ Analysis: thing('Analysis', 1, [warning]) });
  const { run, walked } = stagesOf('web', context, RESUMED);
  await run('analyze', Thing, async () => thing('Analysis', 10));
  await run('match', Thing, async () => thing('BaseMatch', 2));
  await expect(run('plan', Thing, () => Promise.reject('no reason'))).rejects.toBe('no reason');
  await expect(run('plan', Thing, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(context.events).toEqual([
    { kind: 'stage-started', image: 'web', stage: 'analyze' },
    { kind: 'stage-finished', image: 'web', stage: 'analyze', milliseconds: 2000, issues: [warning], resumed: true },
    { kind: 'stage-started', image: 'web', stage: 'match' },
    { kind: 'stage-finished', image: 'web', stage: 'match', milliseconds: 2000, issues: [], resumed: false },
    { kind: 'stage-started', image: 'web', stage: 'plan' },
    { kind: 'stage-failed', image: 'web', stage: 'plan', milliseconds: 2000, message: 'no reason' },
    { kind: 'stage-started', image: 'web', stage: 'plan' },
    { kind: 'stage-failed', image: 'web', stage: 'plan', milliseconds: 2000, message: 'broken' },
  ]);
  expect(walked()).toEqual({
    stage: 'plan',
    timings: { analyze: 1000, match: 1000, plan: 1000 },
    artifacts: [thing('Analysis', 1, [warning]), thing('BaseMatch', 2)],
  });
});

test('a clock that is put back meanwhile makes no time that is less than none', async () => {
  let now = NOW.getTime();
  const { artifacts } = folder().context.ports;
  const context = fakeContext({ artifacts, clock: { now: () => new Date(now), sleep: () => new Promise(() => {}) } });
  const { run, walked } = stagesOf('web', context, FRESH);
  await run('analyze', Thing, async () => {
    now -= 3_600_000;
    return thing('Analysis', 1);
  });
  expect(context.events.at(-1)).toEqual({
    ...{ kind: 'stage-finished', image: 'web', stage: 'analyze', milliseconds: 0, issues: [], resumed: false },
  });
  expect(walked().timings).toEqual({ analyze: 0 });
});

test('a run that is aborted starts no stage', async () => {
  const { context, written } = folder();
  const { run, walked } = stagesOf('web', { ...context, run: { ...context.run, signal: AbortSignal.abort() } }, FRESH);
  await expect(run('match', Thing, async () => thing('BaseMatch', 1))).rejects.toMatchObject({ name: 'AbortError' });
  expect([context.events, written, walked()]).toEqual([[], [], { stage: 'analyze', timings: {}, artifacts: [] }]);
});

test('a run that is not resumed takes nothing from the run folder', async () => {
  const { run } = stagesOf('web', folder({ Analysis: thing('Analysis', 1) }).context, FRESH);
  expect((await run('analyze', Thing, async () => thing('Analysis', 10))).value).toBe(10);
});

test('an artifact with a mere warning, about something that is still there, is taken', async () => {
  const warned = thing('BuildResult', 1, [{ severity: 'warning', code: 'EOL_SOURCE', message: 'x' }]);
  const { run } = stagesOf('web', folder({ BuildResult: warned }).context, RESUMED);
  const asked: unknown[] = [];
  const still = async (saved: unknown) => asked.push(saved) === 1;
  expect((await run('build', Thing, async () => thing('BuildResult', 2), still)).value).toBe(1);
  expect(asked).toEqual([warned]);
});

test('an artifact of another version says which of its fields it is about, and what to do', async () => {
  const { run } = stagesOf('web', folder({ BuildResult: { ...thing('BuildResult', 1), value: 'one' } }).context, RESUMED);
  await expect(run('build', Thing, async () => thing('BuildResult', 2))).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: 'the saved BuildResult of web cannot be read: value: Invalid input: expected number, received string',
    hint: 'it was written by another version or edited; start again without --resume',
    cause: { issues: [{ path: ['value'] }] },
  });
});

test('what was walked holds references to files, and what is saved and handed on the files', async () => {
  const Any = z.custom<AnyArtifact>();
  const [content, sha256] = ['exit 0\n', '28d3b9e880a77975493dc7e359144c0295a4f694cfe0af4f928c22307bc5c320'];
  const plan = aPlan({ guestFiles: [{ path: 'a.sh', content }] });
  const template = { kind: 'RenderedTemplate', issues: [], files: [{ path: 'a.sh', content }] };
  const analysis = anAnalysis({ inventory: anInventory() });
  const { context, written } = folder();
  const { run, walked } = stagesOf('web', context, FRESH);
  expect(await run('analyze', Any, async () => analysis)).toBe(analysis);
  expect(await run('plan', Any, async () => plan)).toBe(plan);
  expect(await run('render', Any, async () => template)).toBe(template);
  expect(written).toEqual([analysis, plan, template]);
  const reference = { path: 'a.sh', bytes: 7, sha256 };
  expect(walked().artifacts).toEqual([
    reportedAnalysis(analysis),
    { ...plan, guestFiles: [reference] },
    { ...template, files: [reference] },
  ]);
  expect(walked().artifacts[0]).not.toEqual(analysis);
});

test('a stage that never ends is timed out, and says what allows more', async () => {
  const { run } = stagesOf('web', folder({}, true).context, FRESH);
  const forEver = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  await expect(run('publish', Thing, forEver)).rejects.toMatchObject({
    code: 'TIMED_OUT',
    message: 'publish of web took longer than 1080 minutes',
    hint: 'go on with --resume: what was reached is kept; `timeouts` in images.yaml allows more',
  });
});

test('every stage has a limit of its own, the build what prepares it beside its own time', () => {
  const timeouts = { read: 10, validate: 20, publish: 30, operation: 5, replication: 60 };
  expect(stageLimits(aSpec({ timeouts, build: { timeoutMinutes: 100 } }))).toEqual({
    analyze: 10,
    match: 10,
    plan: 10,
    preflight: 10,
    render: 10,
    build: 110,
    validate: 20,
    publish: 30,
  });
  const elsewhere = { timeoutMinutes: 30, regions: [{ name: 'westeurope' }] };
  expect(stageLimits(aSpec({ timeouts, test: elsewhere })).validate).toBe(80);
});
