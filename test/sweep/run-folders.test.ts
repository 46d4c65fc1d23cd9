import { expect, test } from 'vitest';
import type { RunRecord } from '../../src/model/index.ts';
import { type FoundRun, judgeRuns, type RunImage } from '../../src/sweep/run-folders.ts';

const NOW = new Date('2026-11-26T08:00:00.000Z');
const DAY = 86_400_000;

/** A run of so many days ago, in the real clouds. */
function aRun(days: number, change: Partial<FoundRun> = {}, images: readonly Partial<RunImage>[] = [], simulated = false): FoundRun {
  const started = new Date(NOW.getTime() - days * DAY);
  const id = `202611${String(30 - days).padStart(2, '0')}t080000-0000`;
  const record: RunRecord = {
    ...{ kind: 'RunRecord', schemaVersion: 1, runId: id, command: 'build', started: started.toISOString(), images: ['web'] },
    clouds: { aws: 'AWS', azure: 'AzureCloud', simulated },
  };
  const told = { record, images: images.map((image) => ({ image: 'web', outcome: 'published' as const, unfinished: false, ...image })) };
  return { id, started, bytes: 1, told, ...change };
}

const judged = (...runs: readonly FoundRun[]) =>
  judgeRuns([...runs, aRun(1)], { now: NOW, olderThanMilliseconds: 7 * DAY })
    .slice(0, -1)
    .map(({ action, reason }) => `${action}: ${reason}`);

test.each([
  ['one that is old', aRun(8, {}, [{}]), 'delete: it is old, and nothing stands on it'],
  ['one that failed before it made anything', aRun(8), 'delete: it is old, and nothing stands on it'],
  ['one of a second too late', aRun(7, { started: new Date(NOW.getTime() - 7 * DAY + 1) }), 'keep: it is not old enough'],
  ['one of exactly the age', aRun(7), 'delete: it is old, and nothing stands on it'],
  ['one in which somebody works', aRun(8, { heldBy: 'process 7 on ci' }), 'keep: process 7 on ci works in it'],
  ['one that tells nothing', aRun(8, { told: undefined }), 'keep: nothing in it tells what it did'],
  [
    'one that can be gone on with',
    aRun(8, {}, [{}, { image: 'db', unfinished: true }]),
    'keep: db can be gone on with: --resume 20261122t080000-0000',
  ],
  [
    'the only record of a version',
    aRun(8, {}, [{}, { image: 'db', onlyRecordOf: '2026.1118.0' }]),
    'keep: it is all that is kept of version 2026.1118.0 of db: no `records.container` has it',
  ],
  ['a record of a simulated version', aRun(8, {}, [{ onlyRecordOf: '2026.1118.0' }], true), 'delete: it is old, and nothing stands on it'],
])('%s', (_, run, expected) => {
  expect(judged(run)).toEqual([expected]);
});

test('the last run stays however old it is, and a folder that tells nothing is none', () => {
  const runs = [aRun(20), aRun(19), aRun(18, { told: undefined })];
  expect(judgeRuns(runs, { now: NOW, olderThanMilliseconds: DAY }).map(({ action }) => action)).toEqual(['delete', 'keep', 'keep']);
  expect(judgeRuns([], { now: NOW, olderThanMilliseconds: DAY })).toEqual([]);
});
