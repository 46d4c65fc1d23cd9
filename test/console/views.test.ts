import { describe, expect, test } from 'vitest';
import { eventLine } from '../../src/adapters/console/event-line.ts';
import { painter } from '../../src/adapters/console/format.ts';
import { liveView } from '../../src/adapters/console/live-view.ts';
import { advance, type ConsoleState } from '../../src/adapters/console/state.ts';
import type { ProgressEvent } from '../../src/model/index.ts';

const plain = painter(false);
const stateAfter = (...events: readonly (readonly [number, ProgressEvent])[]) =>
  events.reduce<ConsoleState>((state, [now, event]) => advance(state, event, now), []);
const finished = (stage: 'analyze' | 'match' | 'build', milliseconds: number, issues: readonly string[] = []): ProgressEvent => ({
  kind: 'stage-finished',
  image: 'web',
  stage,
  milliseconds,
  resumed: stage === 'match',
  issues: issues.map((severity) => ({ severity: severity as 'warning', code: 'EOL_SOURCE', message: 'x' })),
});

describe('live list', () => {
  test('stages with their times, what runs and what it is at, warnings and problems', () => {
    const state = stateAfter(
      [0, { kind: 'stage-started', image: 'web', stage: 'analyze' }],
      [400, finished('analyze', 400, ['warning', 'warning'])],
      [400, { kind: 'stage-started', image: 'web', stage: 'match' }],
      [1900, finished('match', 1500, ['question'])],
      [1900, { kind: 'stage-started', image: 'web', stage: 'build' }],
      [2000, { kind: 'stage-note', image: 'web', stage: 'build', text: 'Customizing\u001b[2J' }],
    );
    expect(liveView(state, 66_900, plain)).toBe(
      [
        'web',
        '  ✔ analyze   400 ms  2 warnings',
        '  ✖ match     1.5 s  1 problem · from the run folder',
        '  ⠏ build     1m05s  Customizing [2J',
      ].join('\n'),
    );
  });

  test('what concerns every image stands beside the stages that are under way', () => {
    const state = stateAfter(
      [0, { kind: 'stage-started', image: 'web', stage: 'build' }],
      [0, { kind: 'stage-started', image: 'db', stage: 'match' }],
      [50, { kind: 'stage-failed', image: 'db', stage: 'match', milliseconds: 50, message: 'no base' }],
      [60, { kind: 'notice', text: 'Azure does not answer' }],
    );
    expect(liveView(state, 100, plain)).toBe('web\n  ⠙ build     100 ms  Azure does not answer\ndb\n  ✖ match     50 ms  no base');
  });

  test('regions one by one, and the outcome', () => {
    const state = stateAfter(
      [0, { kind: 'stage-started', image: 'web', stage: 'publish' }],
      [
        1,
        {
          kind: 'replication',
          image: 'web',
          regions: [
            { name: 'northeurope', state: 'Completed', progress: 100 },
            { name: 'uksouth', state: 'Replicating', progress: 39.6 },
            { name: 'japaneast', state: 'Failed', progress: 10 },
          ],
        },
      ],
      [2, { kind: 'image-finished', image: 'web', outcome: 'failed' }],
    );
    expect(liveView(state, 100, plain)).toBe('web failed\n  ⠙ publish   100 ms  northeurope done, uksouth 40%, japaneast failed');
  });
});

test('one event is one line with its time, whatever a cloud says', () => {
  const now = new Date('2026-11-21T08:15:02.500Z');
  const note: ProgressEvent = { kind: 'stage-note', image: 'web', stage: 'build', text: 'two\nlines\u001b[31m' };
  expect(eventLine(note, now)).toBe('08:15:02Z web build: two lines [31m');
  expect(eventLine({ kind: 'notice', text: 'Azure\nanswers again' }, now)).toBe('08:15:02Z Azure answers again');
  expect(eventLine(finished('match', 61_000, ['warning']), now)).toBe(
    '08:15:02Z web match done in 1m01s (from the run folder), 1 warning(s)',
  );
});
