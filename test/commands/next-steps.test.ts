import { describe, expect, test } from 'vitest';
import {
  afterAction,
  afterLocalSweep,
  afterReading,
  afterRefresh,
  afterStatus,
  afterSurvey,
  afterSweep,
  afterWriting,
  command,
} from '../../src/commands/next-steps.ts';
import type { FleetStatus, ImageReport, RefreshReport, Report, Survey, SweepResult } from '../../src/model/index.ts';
import type { Sweep } from '../../src/sweep/index.ts';

const here = { manifest: 'images.yaml' };
const there = { manifest: "my 'images.yaml", sandbox: true };
const image = (name: string, outcome: ImageReport['outcome'], exitCode = 0, stage: ImageReport['stage'] = 'publish') =>
  ({ image: name, outcome, exitCode, stage, issues: [], timings: [] }) as unknown as ImageReport;
const report = (...images: readonly ImageReport[]) => ({ runId: '20261121t081502-3f9a', images }) as unknown as Report;

test('a command line takes along what the call before it was given, quoted for a shell', () => {
  expect([command(['status']), command(['status'], here), command(['plan', 'web'], there)]).toEqual([
    '`regild status`',
    '`regild status`',
    "`regild plan web -f 'my '\\''images.yaml' --sandbox`",
  ]);
});

test.each([
  ['analyze', report(image('web', 'ready')), '`regild match web`'],
  ['match', report(image('web', 'ready'), image('db', 'ready')), '`regild plan web db`'],
  ['plan', report(image('web', 'ready')), '`regild build web`'],
  ['render', report(image('web', 'ready')), '`regild build web`'],
  ['plan', report(image('web', 'ready'), image('db', 'blocked', 2)), '`regild plan db` again, once what is said of db is mended'],
  ['explain', report(image('ami-0123456789abcdef0', 'ready')), '`regild init ami-0123456789abcdef0` writes a manifest for it'],
  ['plan', report(), undefined],
] as const)('after %s', (verb, done, next) => {
  expect(afterReading(verb, done, here)).toBe(next);
});

test.each([
  [report(image('web', 'published')), '`regild use web` deploys it; `regild status web` shows how it stands'],
  [report(image('web', 'published'), image('db', 'unchanged')), '`regild status` shows how the images stand'],
  [
    report(image('web', 'failed', 5, 'build'), image('db', 'published')),
    '`regild build web --resume 20261121t081502-3f9a` goes on with the run',
  ],
  [report(image('web', 'built', 0, 'build')), '`regild build web --resume 20261121t081502-3f9a` goes on with the run'],
  [
    report(...['a', 'b', 'c', 'd', 'e'].map((name) => image(name, 'blocked', 2, 'match'))),
    '`regild build a b c d e` again, once what is said of a, b, c and 2 more is mended',
  ],
])('after a run that writes: %#', (done, next) => {
  expect(afterWriting(done, here)).toBe(next);
});

describe('after a look at many', () => {
  test('a survey leads to the first AMI that is moved, a status to what is due', () => {
    const amis = [
      { wave: 3, imageId: 'ami-3', region: 'eu-west-1' },
      { wave: 2, imageId: 'ami-2', region: 'eu-west-1' },
    ] as unknown as Survey['images'];
    const images = [
      { image: 'web', drifts: [{}] },
      { image: 'db', drifts: [{ held: 'blackout' }] },
    ] as unknown as FleetStatus['images'];
    expect([
      afterSurvey({ images: amis }),
      afterSurvey({ images: [] }),
      afterStatus({ images }, here),
      afterStatus({ images: [] }, here),
    ]).toEqual([
      '`regild init ami-2 --region eu-west-1` writes a manifest for the first of them',
      '`regild explain <ami> --region <region>` says why of any of them',
      '`regild refresh web` does what is due',
      'nothing is due',
    ]);
  });

  test('a refresh: what is due, what its runs left, or how it stands', () => {
    const due = { items: [{ image: 'web', outcome: 'due' }] } as unknown as RefreshReport;
    const left = report(image('web', 'failed', 5, 'build'));
    expect([
      afterRefresh({ report: due, runs: [], dryRun: true }, there),
      afterRefresh({ report: { ...due, items: [] }, runs: [], dryRun: true }, here),
      afterRefresh({ report: due, runs: [left], dryRun: false }, here),
      afterRefresh({ report: due, runs: [], dryRun: false }, here),
    ]).toEqual([
      "`regild refresh web -f 'my '\\''images.yaml' --sandbox` does it",
      'nothing is due',
      '`regild build web --resume 20261121t081502-3f9a`',
      '`regild status` shows how the images stand',
    ]);
  });

  test('an action, a sweep', () => {
    const items = (...outcomes: readonly string[]) => ({ items: outcomes.map((outcome) => ({ outcome })) }) as unknown as Sweep;
    expect([
      afterAction([], true, here),
      afterAction([], false, here),
      afterSweep(items('due'), true),
      afterSweep(items('kept'), false),
      afterSweep(items('deleted', 'failed'), false),
      afterSweep(items(), false),
    ]).toEqual([
      'the same without --dry-run does it',
      '`regild status` shows how the versions stand',
      'the same without --dry-run deletes what is due',
      'the same again after the deadlines: what is kept is not due yet',
      'the same again, once what is said of it is mended',
      'nothing is left to do',
    ]);
  });

  test('a sweep of run folders', () => {
    const items = (...outcomes: readonly string[]) =>
      ({ items: outcomes.map((outcome, index) => ({ outcome, run: `run-${index}` })) }) as unknown as SweepResult;
    expect([
      afterLocalSweep(items('due', 'kept'), true),
      afterLocalSweep(items('failed', 'kept'), false),
      afterLocalSweep(items('deleted', 'kept', 'kept'), false),
      afterLocalSweep(items(), true),
    ]).toEqual([
      'the same without --dry-run deletes what is due',
      'the same again, once what is said of it is mended',
      '`regild report run-2` shows what the last run did',
      'nothing is left to do',
    ]);
  });
});
