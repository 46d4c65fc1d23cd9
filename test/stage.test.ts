import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyArtifact } from '../src/stage.ts';
import { stagesOf } from '../src/stage.ts';
import { fakeContext } from './fakes/context.ts';

const Thing = z.object({ kind: z.string(), issues: z.array(z.any()), value: z.number() });

function folder(saved: Readonly<Record<string, unknown>> = {}) {
  const written: AnyArtifact[] = [];
  const context = fakeContext({
    artifacts: { save: async (_image, artifact) => void written.push(artifact as AnyArtifact), load: async (_image, kind) => saved[kind] },
  });
  return { context, written };
}

const thing = (kind: string, value: number, issues: readonly unknown[] = []) => ({ kind, value, issues: [...issues] });

test('what a stage works out is saved before the next one starts', async () => {
  const { context, written } = folder();
  const { run, walked } = stagesOf('web', context, false);
  await run('analyze', Thing, async () => thing('Analysis', 1));
  await expect(run('match', Thing, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(written).toEqual([thing('Analysis', 1)]);
  expect(walked()).toMatchObject({ stage: 'match', artifacts: [thing('Analysis', 1)], timings: { analyze: 0, match: 0 } });
  expect(context.events.map(({ kind }) => kind)).toEqual(['stage-started', 'stage-finished', 'stage-started', 'stage-failed']);
});

test('a resumed run takes artifacts until the first that is missing, and works from there on', async () => {
  const { context, written } = folder({ Analysis: thing('Analysis', 1), Preflight: thing('Preflight', 3) });
  const { run } = stagesOf('web', context, true);
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
  const { run } = stagesOf('web', folder({ Preflight: blocked }).context, true);
  expect((await run('preflight', Thing, async () => thing('Preflight', 2))).value).toBe(2);
});

test('an artifact that cannot be read is named', async () => {
  const { run } = stagesOf('web', folder({ Analysis: { kind: 'Analysis' } }).context, true);
  await expect(run('analyze', Thing, async () => thing('Analysis', 1))).rejects.toMatchObject({
    code: 'ARTIFACT_INVALID',
    message: expect.stringContaining('the saved Analysis of web cannot be read: issues'),
  });
});

test('an artifact about something that is no longer there is worked out again, and so is what follows', async () => {
  const { run } = stagesOf(
    'web',
    folder({ BuildResult: thing('BuildResult', 1), ValidationReport: thing('ValidationReport', 2) }).context,
    true,
  );
  const gone = async () => false;
  expect((await run('build', Thing, async () => thing('BuildResult', 10), gone)).value).toBe(10);
  expect((await run('validate', Thing, async () => thing('ValidationReport', 20))).value).toBe(20);
});
