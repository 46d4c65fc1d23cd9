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
const VALIDATED = { kind: 'ValidationReport', issues: [] };
const PUBLISHED = { kind: 'GalleryVersion', issues: [] };

/** Every report is worked out within its test: a fault that shows while this file is loaded would be noticed by no test of it. */
test.each<[string, () => ImageReport, ImageReport['outcome'], number]>([
  ['ready', () => report('render', aMatch(), aPlan()), 'ready', 0],
  ['built', () => report('build', aMatch(), aPlan(), aBuild()), 'built', 0],
  ['validated', () => report('validate', aMatch(), aPlan(), aBuild(), VALIDATED), 'validated', 0],
  ['published', () => report('publish', aMatch(), aPlan(), aBuild(), VALIDATED, PUBLISHED), 'published', 0],
  ['a question or problem of the plan', () => report('render', aMatch(), aPlan({ issues: [error] })), 'blocked', 2],
  ['only preflight has problems', () => report('render', aMatch(), aPlan(), preflight), 'blocked', 4],
  ['no base', () => report('match', unmatched), 'blocked', 2],
  ['plan and preflight both have problems', () => report('render', aMatch(), aPlan({ issues: [error] }), preflight), 'blocked', 2],
  ['a build that is not to be gone on with', () => report('build', aMatch(), aPlan(), { ...aBuild(), issues: [error] }), 'failed', 5],
  ['it does not fit the lock', () => held('LOCK_DRIFT'), 'blocked', 2],
  ['it cannot be planned as locked', () => held('LOCK_UNRESOLVED', new RegildError('AMI_NOT_FOUND', 'no AMI')), 'failed', 2],
  ['a check failed', () => report('validate', aMatch(), aPlan(), aBuild(), { kind: 'ValidationReport', issues: [error] }), 'failed', 6],
  ['a region failed', () => report('publish', aMatch(), aPlan(), aBuild(), { kind: 'GalleryVersion', issues: [error] }), 'failed', 7],
  ['no such AMI', () => failed(new RegildError('AMI_NOT_FOUND', 'no AMI'), 'analyze'), 'failed', 3],
  ['the build failed', () => failed(new RegildError('BUILD_FAILED', 'x')), 'failed', 5],
  ['out of time', () => failed(new RegildError('TIMED_OUT', 'x')), 'timed-out', 8],
  ['cancelled', () => failed(Object.assign(new Error('x'), { name: 'AbortError' })), 'cancelled', 130],
  ['a bug of ours', () => failed(new TypeError('x is not a function')), 'failed', 1],
])('%s', (_name, image, outcome, code) => {
  const made = image();
  expect({ outcome: made.outcome, code: exitCodeOf({ images: [made], issues: [] }) }).toEqual({ outcome, code });
});

describe('a fleet', () => {
  const ami = () => failed(new RegildError('AMI_NOT_FOUND', 'x'));
  const build = () => failed(new RegildError('BUILD_FAILED', 'x'));
  const cancelled = () => failed(new RegildError('CANCELLED', 'x'));
  const away = () => failed(new RegildError('CLOUD_UNREACHABLE', 'x'));
  const built = () => report('build', aMatch(), aPlan(), aBuild());
  const validated = () => report('validate', aMatch(), aPlan(), aBuild(), VALIDATED);
  const published = () => report('publish', aMatch(), aPlan(), aBuild(), VALIDATED, PUBLISHED);
  const ready = () => report('render', aMatch(), aPlan());

  test.each([
    ['all fine', [built, ready], 0],
    ['all failed alike', [ami, ami], 3],
    ['failed alike, and nothing was made', [ready, ami], 3],
    ['failed differently', [ami, build, ready], 1],
    ['some made, some failed', [built, ami], 9],
    ['some validated, some failed', [ami, validated], 9],
    ['some published, some failed', [published, ami], 9],
    ['none at all', [], 0],
    ['some made, others failed differently', [ami, built, build], 9],
    ['a cloud is away', [away, away], 75],
    ['cancelled', [built, cancelled, build], 130],
  ])('%s', (_name, images, code) => {
    expect(exitCodeOf({ images: images.map((image) => image()), issues: [] })).toBe(code);
  });

  test('a problem of the whole manifest is wrong use', () => {
    expect(exitCodeOf({ images: [], issues: [error] })).toBe(2);
    expect(exitCodeOf({ images: [ready()], issues: [{ ...error, severity: 'warning' }] })).toBe(0);
  });

  test.each<[Issue['code'], number]>([
    ['CLOUD_UNREACHABLE', 75],
    ['CANCELLED', 130],
    ['INTERNAL', 1],
  ])('a run that ends as a whole with %s ends as that failure does, though every image is fine', (code, exit) => {
    expect(exitCodeOf({ images: [built()], issues: [{ ...error, code }] })).toBe(exit);
  });

  test('a problem of the manifest beside an image that failed otherwise is just a failure', () => {
    expect(exitCodeOf({ images: [ami()], issues: [error] })).toBe(1);
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

describe('what preflight says again is told once', () => {
  const said = (...codes: readonly Issue['code'][]) => {
    const [first, ...rest] = codes.map((code): Issue => ({ ...error, code }));
    const stages = walked('render', aMatch(), aPlan({ issues: first ? [first] : [] }), { kind: 'Preflight', issues: rest });
    return imageReport(aSpec(), stages, undefined, { force: false }).issues.map(({ code }) => code);
  };

  test.each<[readonly Issue['code'][], readonly Issue['code'][]]>([
    [['TERMS_NOT_ACCEPTED', 'PREFLIGHT_TERMS'], ['TERMS_NOT_ACCEPTED']],
    [['TERMS_UNKNOWN', 'PREFLIGHT_TERMS'], ['TERMS_UNKNOWN']],
    [['SIZE_ARCHITECTURE', 'PREFLIGHT_SIZE'], ['SIZE_ARCHITECTURE']],
    [
      ['SIZE_ARCHITECTURE', 'PREFLIGHT_TERMS'],
      ['SIZE_ARCHITECTURE', 'PREFLIGHT_TERMS'],
    ],
    [
      ['TERMS_UNKNOWN', 'PREFLIGHT_SIZE'],
      ['TERMS_UNKNOWN', 'PREFLIGHT_SIZE'],
    ],
  ])('%j', (codes, told) => expect(said(...codes)).toEqual(told));
});

test('a bug of ours is said as such, with what it said itself and how to report it', () => {
  const told = (failure: unknown) => failed(failure).issues.map(({ code, message, hint }) => ({ code, message, hint }));
  const hint = 'this is a bug of regild; run again with -v and report it';
  expect(told(new TypeError('x is not a function'))).toEqual([
    { code: 'INTERNAL', message: 'unexpected failure: x is not a function', hint },
  ]);
  expect(told('text')).toEqual([{ code: 'INTERNAL', message: 'unexpected failure: text', hint }]);
});

test('an issue keeps the place that it names itself', () => {
  const place = { file: 'images.yaml', line: 99, column: 7 };
  const { issues } = report('render', aMatch(), aPlan({ issues: [{ ...error, place }] }));
  expect(issues).toEqual([{ ...error, image: 'web', place }]);
});

test('every stage that was walked stands in the report under its own name', () => {
  const stages = walked('publish', aMatch(), aPlan(), aBuild(), VALIDATED, PUBLISHED);
  expect(imageReport(aSpec(), { ...stages, timings: { build: 12 } }, undefined, { force: false })).toEqual({
    kind: 'ImageReport',
    schemaVersion: 1,
    image: 'web',
    outcome: 'published',
    exitCode: 0,
    stage: 'publish',
    match: aMatch(),
    plan: aPlan(),
    build: aBuild(),
    validation: VALIDATED,
    published: PUBLISHED,
    timings: { build: 12 },
    issues: [],
  });
});

test('what no stage makes stands in the report under its kind', () => {
  const other = { kind: 'Other', issues: [] };
  expect(report('render', aMatch(), aPlan(), other)).toMatchObject({ plan: aPlan(), Other: other });
});

test('of several that hold an image the first stage that was held tells how it ends', () => {
  const warned = { kind: 'Preflight', issues: [{ ...error, severity: 'warning' as const }, error] };
  const ends = [report('render', aMatch(), aPlan(), warned), report('render', { ...unmatched, issues: [] }, aPlan(), preflight)];
  expect(ends.map(({ outcome, exitCode }) => [outcome, exitCode])).toEqual([
    ['blocked', 4],
    ['blocked', 4],
  ]);
});

test('an unchanged image is one that says so, among whatever else it says', () => {
  const note: Issue = { severity: 'info', code: 'EOL_SOURCE', message: 'x' };
  const outcome = (...issues: readonly Issue[]) => report('render', aMatch(), aPlan({ issues: [...issues] })).outcome;
  expect([outcome(note), outcome(note, { ...note, code: 'UNCHANGED' }), outcome()]).toEqual(['ready', 'unchanged', 'ready']);
});

test('a refusal of this machine is told as one', () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write '/runs/a'"), {
    code: 'ENOSPC',
    syscall: 'write',
    path: '/runs/a',
  });
  expect(failed(full).issues).toEqual([
    {
      severity: 'error',
      code: 'SYSTEM_REFUSED',
      message: 'could not write /runs/a: the disk is full (ENOSPC)',
      hint: 'make room, then go on with --resume',
      image: 'web',
      place: aSpec().place,
    },
  ]);
});

test('a signal is told as a cancelled run', () => {
  const aborted = Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });
  expect(failed(aborted).issues).toEqual([
    { severity: 'error', code: 'CANCELLED', message: 'the run was cancelled', image: 'web', place: aSpec().place },
  ]);
});

test('an image without a base is blocked, whatever was reached before', () => {
  const { outcome, exitCode } = report('match', { kind: 'Analysis', issues: [] }, unmatched);
  expect([outcome, exitCode]).toEqual(['blocked', 2]);
});
