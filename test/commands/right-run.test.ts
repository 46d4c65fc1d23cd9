import { expect, test } from 'vitest';
import { type KnownRun, runToContinue, unfinishedImages, unfinishedRun } from '../../src/commands/right-run.ts';
import type { ImageReport } from '../../src/model/index.ts';

type End = readonly [ImageReport['outcome'], ImageReport['stage']];

/** A run of a day, and how each of its images ended; undefined = under way when the run was cut short. */
function aRun(day: number, ends: Readonly<Record<string, End | undefined>>): KnownRun {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  return {
    record: {
      kind: 'RunRecord',
      schemaVersion: 1,
      runId: `${date.replaceAll('-', '')}t080000-0000`,
      command: 'build',
      started: `${date}T08:00:00.000Z`,
      images: Object.keys(ends),
      clouds: { aws: 'AWS', azure: 'AzureCloud', simulated: false },
    },
    ended: new Map(Object.entries(ends).flatMap(([image, end]) => (end ? [[image, { outcome: end[0], stage: end[1] }] as const] : []))),
  };
}

test.each([
  ['none', [], undefined],
  ['the one that was killed', [aRun(1, { web: undefined })], 1],
  ['the one that failed in the tests', [aRun(1, { web: ['failed', 'validate'] })], 1],
  ['the one that was stopped on purpose', [aRun(1, { web: ['built', 'build'] })], 1],
  ['not one that failed before it wrote', [aRun(1, { web: ['failed', 'match'] })], undefined],
  ['not the later one that was blocked', [aRun(1, { web: undefined }), aRun(2, { web: ['blocked', 'render'] })], 1],
  ['not the later one of another image', [aRun(1, { web: undefined }), aRun(2, { db: undefined })], 1],
  ['the last of two', [aRun(1, { web: undefined }), aRun(2, { web: ['timed-out', 'build'] })], 2],
  ['none once a later one published', [aRun(1, { web: undefined }), aRun(2, { web: ['published', 'publish'] })], undefined],
  ['none once a later one found nothing to do', [aRun(1, { web: undefined }), aRun(2, { web: ['unchanged', 'render'] })], undefined],
] as const)('the run to continue is %s', (_, runs, day) => {
  expect(unfinishedRun(runs, 'web')?.started.slice(8, 10)).toBe(day === undefined ? undefined : `0${day}`);
});

test('for several images it is the newest that left one of them unfinished', () => {
  const runs = [aRun(1, { web: undefined, db: undefined }), aRun(2, { db: ['published', 'publish'] }), aRun(3, { other: undefined })];
  expect([runToContinue(runs, ['web', 'db'])?.started, runToContinue(runs, ['db'])]).toEqual(['2026-11-01T08:00:00.000Z', undefined]);
});

test('images that can be continued', () => {
  const images = [
    { image: 'web', outcome: 'cancelled', stage: 'build' },
    { image: 'db', outcome: 'published', stage: 'publish' },
    { image: 'app', outcome: 'blocked', stage: 'render' },
  ] as const;
  expect(unfinishedImages(images)).toEqual(['web']);
});
