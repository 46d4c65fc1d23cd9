import { EventEmitter } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { eventLine } from '../../src/adapters/console/event-line.ts';
import { createConsole } from '../../src/adapters/console/index.ts';
import { liveView } from '../../src/adapters/console/live-view.ts';
import { advance, type ConsoleState } from '../../src/adapters/console/state.ts';
import type { ProgressEvent } from '../../src/model/index.ts';
import { painter } from '../../src/terminal/paint.ts';
import { widthOf } from '../../src/terminal/width.ts';

const plain = painter(false);
const screen = { columns: 80, rows: 24 } as const;
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
    expect(liveView(state, 66_900, plain, screen)).toBe(
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
    expect(liveView(state, 100, plain, screen)).toBe('web\n  ⠙ build     100 ms  Azure does not answer\ndb\n  ✖ match     50 ms  no base');
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
    expect(liveView(state, 100, plain, screen)).toBe('web failed\n  ⠙ publish   100 ms  northeurope done, uksouth 40%, japaneast failed');
  });
});

/** A fleet in the middle of its work: some published, some failed, the others building. */
function fleetOf(published: number, failed: number, building: number): ConsoleState {
  const name = (kind: string, index: number) => `${kind}-${String(index + 1).padStart(2, '0')}`;
  const ended = (kind: string, outcome: string, count: number) =>
    Array.from({ length: count }, (_, index): readonly (readonly [number, ProgressEvent])[] => [
      [0, { kind: 'stage-started', image: name(kind, index), stage: 'build' }],
      [1000, { kind: 'stage-failed', image: name(kind, index), stage: 'build', milliseconds: 1000, message: 'no room' }],
      [1000, { kind: 'image-finished', image: name(kind, index), outcome }],
    ]).flat();
  const under = Array.from({ length: building }, (_, index): readonly [number, ProgressEvent] => [
    2000,
    { kind: 'stage-started', image: name('이미지', index), stage: 'build' },
  ]);
  return stateAfter(...ended('done', 'published', published), ...ended('bad', 'failed', failed), ...under);
}

describe('a fleet that is higher than the screen', () => {
  test('what is under way stands first, then what failed, and the rest is counted: fifty images', () => {
    const noted = advance(
      fleetOf(40, 2, 8),
      { kind: 'stage-note', image: '이미지-02', stage: 'build', text: 'Customizing '.repeat(9) },
      2100,
    );
    expect(liveView(noted, 3000, plain, { columns: 60, rows: 24 }).split('\n')).toEqual([
      '⠋ 이미지-01 build     1.0 s',
      '⠋ 이미지-02 build     1.0 s  Customizing Customizing Custom…',
      '⠋ 이미지-03 build     1.0 s',
      '⠋ 이미지-04 build     1.0 s',
      '⠋ 이미지-05 build     1.0 s',
      '⠋ 이미지-06 build     1.0 s',
      '⠋ 이미지-07 build     1.0 s',
      '⠋ 이미지-08 build     1.0 s',
      '✖ bad-01    build     1.0 s  no room',
      '✖ bad-02    build     1.0 s  no room',
      '40 published',
    ]);
  });

  test('more than a screenful under way: the rest of them is counted too', () => {
    const lines = liveView(fleetOf(3, 1, 46), 3000, plain, screen).split('\n');
    expect([lines.length, lines[0], lines.at(-2), lines.at(-1)]).toEqual([
      23,
      '⠋ 이미지-01 build     1.0 s',
      '⠋ 이미지-22 build     1.0 s',
      '3 published · 1 failed · 24 more under way',
    ]);
  });

  test.each([
    [80, 24],
    [40, 10],
    [20, 3],
  ])('no line is wider than the screen and no view higher, in colours too: %i × %i', (columns, rows) => {
    const long = advance(fleetOf(1, 1, 2), { kind: 'stage-note', image: '이미지-01', stage: 'build', text: '한국어 '.repeat(60) }, 2100);
    for (const state of [long, fleetOf(40, 2, 8), fleetOf(0, 0, 50)]) {
      const lines = liveView(state, 9e7, painter(true), { columns, rows }).split('\n');
      expect([lines.length <= rows - 1, Math.max(...lines.map(widthOf)) <= columns]).toEqual([true, true]);
    }
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

test('what is said while the live list is drawn stands above it, once, and the list is drawn again below', async () => {
  // A list in which a second has passed is drawn in other pieces.
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), { columns: 80, rows: 24, isTTY: true, write: (text: string) => written.push(text) > 0 });
  const progress = await createConsole({ stream: stream as unknown as NodeJS.WriteStream, mode: 'live', color: false });
  progress.emit({ kind: 'stage-started', image: 'web', stage: 'plan' });
  progress.say('run         1\n');
  progress.say('run         2\n');
  progress.close();
  const shown = written
    .map((text) => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9?;]*[a-zA-Z]`, 'g'), '').trim())
    .filter((text) => text !== '');
  expect(shown.filter((text) => text.startsWith('run'))).toEqual(['run         1', 'run         2']);
  expect(shown[0]).toBe('run         1');
  expect(
    shown
      .at(-1)
      ?.split('\n')
      .map((line) => line.trim().split(/\s+/).slice(0, 2).at(-1)),
  ).toEqual(['web', 'plan']);
  // Between the two the list was taken away: what is erased is never what was said.
  const first = written.findIndex((text) => text.startsWith('run         1'));
  const second = written.findIndex((text) => text.startsWith('run         2'));
  expect(written.slice(first + 1, second).join('')).toContain(`${String.fromCharCode(27)}[`);
});
