import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/sandbox/clock.ts';

const START = new Date('2026-11-21T08:00:00.000Z');

test('on-poll time moves only while something is pending, and work is done in order of its due time, which it sees as now', () => {
  const clock = new VirtualClock({ kind: 'on-poll', step: 60 }, START);
  const done: string[] = [];
  clock.poll();
  expect(clock.now()).toEqual(START);
  clock.after(90, () => done.push('late'));
  clock.after(30, () => {
    done.push('early');
    clock.after(60, () => done.push(`follows at ${clock.now().toISOString()}`));
  });
  clock.poll();
  expect(done).toEqual(['early']);
  clock.poll();
  expect(done).toEqual(['early', 'late', 'follows at 2026-11-21T08:01:30.000Z']);
  expect(clock.now()).toEqual(new Date('2026-11-21T08:02:00.000Z'));
});

test('real time runs at its speed from the start that was given', () => {
  const machine = { now: 5_000 };
  const clock = new VirtualClock({ kind: 'real', speed: 60 }, START, () => machine.now);
  const done: string[] = [];
  clock.after(119, () => done.push('due'));
  machine.now += 1_000;
  clock.settle();
  expect([clock.now(), done]).toEqual([new Date('2026-11-21T08:01:00.000Z'), []]);
  machine.now += 1_000;
  clock.settle();
  expect([clock.now(), done]).toEqual([new Date('2026-11-21T08:02:00.000Z'), ['due']]);
});

test('a caller is asked to wait in its own seconds', () => {
  const seconds = (speed: number) => new VirtualClock({ kind: 'real', speed }, START).callerSeconds(30);
  expect([seconds(1), seconds(10), seconds(600)]).toEqual([30, 3, 0]);
  const atLeast = (speed: number) => new VirtualClock({ kind: 'real', speed, leastWait: 1 }, START).callerSeconds(30);
  expect([atLeast(10), atLeast(600)]).toEqual([3, 1]);
  expect(new VirtualClock({ kind: 'on-poll', step: 1 }, START).callerSeconds(30)).toBe(0);
});

test('time can be moved by hand', () => {
  const clock = new VirtualClock({ kind: 'on-poll', step: 60 }, START);
  const done: Date[] = [];
  clock.after(3600, () => done.push(clock.now()));
  clock.advance(7200);
  expect(done).toEqual([new Date('2026-11-21T09:00:00.000Z')]);
});

test('a request sees one moment, however long the machine takes for it', () => {
  const machine = { now: 0 };
  const clock = new VirtualClock({ kind: 'real', speed: 60 }, START, () => (machine.now += 1_000));
  const [first, second] = clock.still(() => [clock.now(), clock.now()]);
  expect(second).toEqual(first);
  expect(clock.now().getTime()).toBeGreaterThan(first?.getTime() ?? 0);
});

test('who calls lives in time that does not run faster: a date to come is one for him', () => {
  const machine = { now: 0 };
  const clock = new VirtualClock({ kind: 'real', speed: 60 }, START, () => machine.now);
  machine.now = 60_000;
  expect([clock.now(), clock.callerNow()]).toEqual([new Date(START.getTime() + 3_600_000), new Date(START.getTime() + 60_000)]);
  const still = new VirtualClock({ kind: 'on-poll', step: 60 }, START);
  still.advance(3600);
  expect(still.callerNow()).toEqual(still.now());
});
