import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoggedEvent, RegionState, Stage } from '../../src/model/index.ts';
import { historyOf } from '../../src/report/index.ts';
import { REPORT, rendered } from './fixture.ts';

const at = (minute: number, second = 0) => new Date(Date.UTC(2026, 10, 21, 8, minute, second)).toISOString();
const began = (image: string, stage: Stage, minute: number): LoggedEvent => ({ kind: 'stage-started', at: at(minute), image, stage });
const done = (image: string, stage: Stage, minute: number, resumed = false): LoggedEvent => ({
  kind: 'stage-finished',
  at: at(minute),
  image,
  stage,
  milliseconds: 1,
  resumed,
});
const region = (name: string, progress: number, state: RegionState['state'] = 'Replicating') => ({ name, progress, state });
const MINUTE = 60_000;

test('stages on one clock that begins with the run', () => {
  const events = [
    began('web', 'build', 0),
    began('db', 'build', 2),
    done('web', 'build', 20),
    began('web', 'validate', 20),
    { kind: 'stage-failed', at: at(25), image: 'db', stage: 'build', milliseconds: 1 },
    done('web', 'validate', 26),
  ] as const;
  expect(historyOf(events)).toEqual({
    length: 26 * MINUTE,
    images: [
      {
        image: 'web',
        spans: [
          { stage: 'build', from: 0, to: 20 * MINUTE, end: 'done' },
          { stage: 'validate', from: 20 * MINUTE, to: 26 * MINUTE, end: 'done' },
        ],
        regions: [],
      },
      { image: 'db', spans: [{ stage: 'build', from: 2 * MINUTE, to: 25 * MINUTE, end: 'failed' }], regions: [] },
    ],
  });
});

test('a run that was killed and continued an hour later: the pause takes no room, and what was cut short says so', () => {
  const events = [
    began('web', 'build', 0),
    { kind: 'replication', at: at(5), image: 'web', regions: [region('northeurope', 0)] },
    began('web', 'analyze', 65),
    done('web', 'analyze', 65, true),
    began('web', 'build', 65),
    done('web', 'build', 75),
  ] as const;
  expect(historyOf(events)).toEqual({
    length: 15 * MINUTE,
    images: [
      {
        image: 'web',
        spans: [
          { stage: 'build', from: 0, to: 5 * MINUTE, end: 'cut short' },
          { stage: 'analyze', from: 5 * MINUTE, to: 5 * MINUTE, end: 'from the run folder' },
          { stage: 'build', from: 5 * MINUTE, to: 15 * MINUTE, end: 'done' },
        ],
        regions: [{ name: 'northeurope', points: [{ at: 5 * MINUTE, progress: 0 }], state: 'Replicating' }],
      },
    ],
  });
});

test('each region with how far it was when it was seen', () => {
  const events = [
    began('web', 'publish', 0),
    { kind: 'replication', at: at(1), image: 'web', regions: [region('northeurope', 40), region('westeurope', 0)] },
    {
      kind: 'replication',
      at: at(3),
      image: 'web',
      regions: [region('northeurope', 100, 'Completed'), region('westeurope', 12, 'Failed')],
    },
    done('web', 'publish', 4),
  ] as const;
  expect(historyOf(events).images[0]?.regions).toEqual([
    {
      name: 'northeurope',
      points: [
        { at: MINUTE, progress: 40 },
        { at: 3 * MINUTE, progress: 100 },
      ],
      state: 'Completed',
    },
    {
      name: 'westeurope',
      points: [
        { at: MINUTE, progress: 0 },
        { at: 3 * MINUTE, progress: 12 },
      ],
      state: 'Failed',
    },
  ]);
});

test('a log without a stage has no picture', () => {
  expect(historyOf([])).toEqual({ length: 0, images: [] });
});

test('the page draws bars and curves from numbers alone, whatever an image or a region is called', () => {
  const hostile = '"><img src=x onerror=alert(1)>';
  const events: readonly LoggedEvent[] = [
    began(hostile, 'publish', 0),
    { kind: 'replication', at: at(1), image: hostile, regions: [region(hostile, 40)] },
    { kind: 'replication', at: at(3), image: hostile, regions: [region(hostile, 100, 'Completed')] },
    done(hostile, 'publish', 4),
  ];
  const page = rendered(REPORT, 'html', historyOf(events));
  expect([page.includes('<img'), /left: 0%; width: 100%" title="publish 4 min, from 0 ms"/.test(page)]).toEqual([false, true]);
  expect([...page.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path)).toEqual(['M0 98H0V59.6H100V2H100']);
});

test('however many stages ran at once or with pauses between, the clock counts each moment in which something ran once', () => {
  const stages = fc.array(fc.record({ from: fc.nat(40), minutes: fc.nat(8) }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(stages, (spans) => {
      const events = spans.flatMap(({ from, minutes }, index) => [
        began(`image-${index}`, 'build', from),
        done(`image-${index}`, 'build', from + minutes),
      ]);
      const ran = Array.from({ length: 60 }, (_, minute) => spans.some(({ from, minutes }) => minute >= from && minute < from + minutes));
      const before = (minute: number) => ran.slice(0, minute).filter(Boolean).length * MINUTE;
      const { length, images } = historyOf(events);
      expect([length, images.flatMap(({ spans: own }) => own.map(({ from, to }) => [from, to]))]).toEqual([
        before(60),
        spans.map(({ from, minutes }) => [before(from), before(from + minutes)]),
      ]);
    }),
  );
});
