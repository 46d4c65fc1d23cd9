import { describe, expect, test } from 'vitest';
import { RegildError } from '../src/errors.ts';
import { exitCodeOf } from '../src/exit-code.ts';
import { imageReport } from '../src/image-report.ts';
import type { ImageReport, Issue } from '../src/model/index.ts';
import { aBuild, aMatch, aPlan, aSpec } from './fakes/values.ts';

const error: Issue = { severity: 'error', code: 'NO_CONTROLLER', message: 'x' };
const walked = (stage: ImageReport['stage'], ...artifacts: readonly { kind: string; issues: readonly Issue[] }[]) => ({
  stage,
  timings: {},
  artifacts,
});
const report = (...given: Parameters<typeof walked>) => imageReport(aSpec(), walked(...given), undefined, { force: false });
const failed = (failure: unknown, stage: ImageReport['stage'] = 'build') => imageReport(aSpec(), walked(stage), failure, { force: false });
const held = (code: Issue['code'], failure?: unknown) =>
  imageReport(aSpec(), walked('render', aMatch(), aPlan()), failure, { force: false, found: [{ ...error, code }] });
const preflight = { kind: 'Preflight', issues: [error] };
const unmatched = { ...aMatch(), chosen: undefined };

test.each([
  ['ready', report('render', aMatch(), aPlan()), 'ready', 0],
  ['built', report('build', aMatch(), aPlan(), aBuild()), 'built', 0],
  ['a question or problem of the plan', report('render', aMatch(), aPlan({ issues: [error] })), 'blocked', 2],
  ['only preflight has problems', report('render', aMatch(), aPlan(), preflight), 'blocked', 4],
  ['no base', report('match', unmatched), 'blocked', 2],
  ['plan and preflight both have problems', report('render', aMatch(), aPlan({ issues: [error] }), preflight), 'blocked', 2],
  ['a build that is not to be gone on with', report('build', aMatch(), aPlan(), { ...aBuild(), issues: [error] }), 'failed', 5],
  ['it does not fit the lock', held('LOCK_DRIFT'), 'blocked', 2],
  ['it cannot be planned as locked', held('LOCK_UNRESOLVED', new RegildError('AMI_NOT_FOUND', 'no AMI')), 'failed', 2],
  ['a check failed', report('validate', aMatch(), aPlan(), aBuild(), { kind: 'ValidationReport', issues: [error] }), 'failed', 6],
  ['a region failed', report('publish', aMatch(), aPlan(), aBuild(), { kind: 'GalleryVersion', issues: [error] }), 'failed', 7],
  ['no such AMI', failed(new RegildError('AMI_NOT_FOUND', 'no AMI'), 'analyze'), 'failed', 3],
  ['the build failed', failed(new RegildError('BUILD_FAILED', 'x')), 'failed', 5],
  ['out of time', failed(new RegildError('TIMED_OUT', 'x')), 'timed-out', 8],
  ['cancelled', failed(Object.assign(new Error('x'), { name: 'AbortError' })), 'cancelled', 130],
  ['a bug of ours', failed(new TypeError('x is not a function')), 'failed', 1],
])('%s', (_name, image, outcome, code) => {
  expect({ outcome: image.outcome, code: exitCodeOf({ images: [image], issues: [] }) }).toEqual({ outcome, code });
});

describe('a fleet', () => {
  const ami = failed(new RegildError('AMI_NOT_FOUND', 'x'));
  const build = failed(new RegildError('BUILD_FAILED', 'x'));
  const cancelled = failed(new RegildError('CANCELLED', 'x'));
  const away = failed(new RegildError('CLOUD_UNREACHABLE', 'x'));
  const built = report('build', aMatch(), aPlan(), aBuild());
  const ready = report('render', aMatch(), aPlan());

  test.each([
    ['all fine', [built, ready], 0],
    ['all failed alike', [ami, ami], 3],
    ['failed alike, and nothing was made', [ready, ami], 3],
    ['failed differently', [ami, build, ready], 1],
    ['some made, some failed', [built, ami], 9],
    ['some made, others failed differently', [ami, built, build], 9],
    ['a cloud is away', [away, away], 75],
    ['cancelled', [built, cancelled, build], 130],
  ])('%s', (_name, images, code) => expect(exitCodeOf({ images, issues: [] })).toBe(code));

  test('a problem of the whole manifest is wrong use', () => {
    expect(exitCodeOf({ images: [], issues: [error] })).toBe(2);
    expect(exitCodeOf({ images: [ready], issues: [{ ...error, severity: 'warning' }] })).toBe(0);
  });
});

test('an unchanged image is not built unless forced', () => {
  const unchanged = walked('render', aMatch(), aPlan({ issues: [{ severity: 'info', code: 'UNCHANGED', message: 'x' }] }));
  expect(imageReport(aSpec(), unchanged, undefined, { force: false }).outcome).toBe('unchanged');
  expect(imageReport(aSpec(), unchanged, undefined, { force: true }).outcome).toBe('ready');
});

test('what was reached before a failure stays in the report, with the place of the image on every issue', () => {
  const image = imageReport(
    aSpec(),
    walked('build', aMatch(), aPlan({ issues: [{ severity: 'warning', code: 'EOL_SOURCE', message: 'w' }] })),
    new RegildError('BUILD_FAILED', 'it broke', { hint: 'look' }),
    { force: false },
  );
  expect(image.plan?.image).toBe('web');
  expect(image.issues).toEqual([
    { severity: 'warning', code: 'EOL_SOURCE', message: 'w', image: 'web', place: aSpec().place },
    { severity: 'error', code: 'BUILD_FAILED', message: 'it broke', hint: 'look', image: 'web', place: aSpec().place },
  ]);
});
